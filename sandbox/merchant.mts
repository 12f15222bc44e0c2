import { createSign } from 'node:crypto';
import axios, { type AxiosRequestConfig } from 'axios';
import { makeKeyPair, type Sandbox } from './server.mts';

/** What came back for a request. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	text: string;
	/** The parsed JSON; undefined when the text is not JSON. */
	json: Record<string, unknown> | undefined;
}

/** How to send a request other than properly. */
export interface SendOptions {
	key?: string;
	/** Headers on top of the usual ones; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
	/** The bytes to send instead of the ones that were signed. */
	sendInstead?: Buffer;
	timeoutMs?: number;
}

/** Plays a merchant for the sandbox's own tests: it signs, sends and reads answers. */
export interface Merchant {
	readonly privateKey: string;
	/** Sends a body to a method, for example `v1/session/status`; a Buffer is sent as it is. */
	post(method: string, body: object | Buffer, options?: SendOptions): Promise<Reply>;
}

function parsed(text: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Adds a project with a key pair of its own to a sandbox.
 *
 * @param sandbox a running sandbox
 * @param project the project's id
 * @returns a client that sends as this project; it throws what the network throws, and no error for
 *   any HTTP status
 */
export async function joinAsMerchant(sandbox: Sandbox, project = 'shop'): Promise<Merchant> {
	const { privateKey, publicKey } = await makeKeyPair();
	sandbox.addProject(project, publicKey);
	return {
		privateKey,
		async post(method, body, { key, headers = {}, sendInstead, timeoutMs = 0 } = {}) {
			const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
			const request: AxiosRequestConfig<Buffer> = {
				method: 'POST',
				url: `${sandbox.url}/api/${method}`,
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
			return { status, headers: { ...received }, text: data, json: parsed(data) };
		},
	};
}

/** What an example order may differ in. */
export interface OrderOptions {
	reference?: unknown;
	amount?: unknown;
	currency?: string;
	version?: 'v1' | 'v2';
}

/**
 * Makes the order of the reference's example: a payout to a bank account in Belgium.
 *
 * @param options what differs; amounts are minor units
 * @returns the body of `session/init/payout`
 */
export function belgianOrder(options: OrderOptions = {}): Record<string, unknown> {
	const { reference = 'INV-1', amount = 1000, currency = 'usd', version = 'v1' } = options;
	return {
		[version === 'v1' ? 'payment_method' : 'payout_details']: {
			type: 'bank_account',
			bank_account: {
				system_type: 'global',
				global: { iban: 'BE68539007547034', description: 'purpose of remittance' },
			},
		},
		amount_details: { amount, currency },
		participant_details: {
			recipient: {
				bank_name: 'All Banks Belgium / EUR / Payment System: SEPA',
				currency: 'eur',
				country_iso3: 'BEL',
				first_name: 'John',
				last_name: 'Johnson',
			},
			sender: {
				company_name: 'Company name',
				registration_number: '1234567890',
				country_iso3: 'USA',
				code: '1234567890',
			},
		},
		metadata: reference,
	};
}

/**
 * Makes an order to a bank card.
 *
 * @param number the card number
 * @returns the body of `session/init/payout` in v1
 */
export function cardOrder(number: string): Record<string, unknown> {
	return {
		payment_method: { type: 'card', card: { type: 'bank_card', bank_card: { number } } },
		amount_details: { amount: 3290, currency: 'eur' },
		participant_details: { recipient: { full_name: 'John Johnson' }, sender: {} },
		metadata: { reference: 'CARD-1' },
	};
}
