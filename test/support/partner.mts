import { createSign } from 'node:crypto';
import axios from 'axios';
import type { AxiosRequestConfig } from 'axios';
import { makeKeyPair } from '../../sandbox/server.mts';
import type { Sandbox } from '../../sandbox/server.mts';

/** A response as it arrived. */
export interface PartnerResponse {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	text: string;
	/** The parsed JSON; undefined when the text is not JSON. */
	json: Record<string, unknown> | undefined;
}

/** How a request differs from a proper one. */
export interface PostOptions {
	/** The idempotency key. */
	key?: string;
	/** Headers on top of the usual ones; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
	/** The bytes to send instead of those that were signed. */
	sendInstead?: Buffer;
	timeoutMs?: number;
}

/** A project of the sandbox: it signs and sends requests. */
export interface Partner {
	/**
	 * Sends a body to a method, for example `v1/session/status`. No HTTP status is an error.
	 *
	 * @param body a Buffer is sent as it is
	 */
	post(method: string, body: object | Buffer, options?: PostOptions): Promise<PartnerResponse>;
}

function parseJson(text: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Adds a project with a key pair of its own to a running sandbox. */
export async function addPartner(sandbox: Sandbox, project = 'partner'): Promise<Partner> {
	const { privateKey, publicKey } = await makeKeyPair();
	sandbox.addProject(project, publicKey);
	return connectPartner(sandbox.url, privateKey, project);
}

/** Sends as a project that the sandbox at a URL knows; the private key is in PEM. */
export function connectPartner(url: string, privateKey: string, project = 'partner'): Partner {
	return {
		async post(method, body, { key, headers = {}, sendInstead, timeoutMs = 0 } = {}) {
			const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
			const request: AxiosRequestConfig<Buffer> = {
				method: 'POST',
				url: `${url}/api/${method}`,
				data: sendInstead ?? bytes,
				headers: {
					'Content-Type': 'application/json',
					'X-PARTNER-PROJECT': project,
					'X-PARTNER-SIGN': createSign('RSA-SHA256').update(bytes).sign(privateKey, 'base64'),
					...(key !== undefined && { 'X-PARTNER-IDEMPOTENCY-KEY': key }),
					...headers,
				},
				responseType: 'text',
				transformResponse: (text: string) => text,
				validateStatus: () => true,
				proxy: false,
				timeout: timeoutMs,
			};
			const { status, headers: received, data } = await axios.request<string>(request);
			return { status, headers: { ...received }, text: data, json: parseJson(data) };
		},
	};
}
