import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { resolveBaseUrl, resolveTarget } from './hosts';
import type { AddressedRequest } from './hosts';
import { serializeBody } from './requestBody';
import { loadSigningKey, signBody } from './signing';

/** The name under which n8n knows the credential; saved in users' workflows. */
export const CREDENTIAL_TYPE = 'smartGlocalApi';

/** The signature of a body, in requests and in webhooks (/docs/reference/format). */
export const SIGNATURE_HEADER = 'X-PARTNER-SIGN';

/**
 * Headers of a request that are not passed on: those that are set here, and those that could send the
 * signed body elsewhere or cut it differently, underway or on the server (RFC 9110, sections 7 and 8,
 * RFC 9112, section 6, RFC 7239, and what frameworks have added).
 */
const REPLACED_HEADERS =
	/^(x-partner-(project|sign|submerchant)|host|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|(x-)?forwarded(-.*)?|x-host|x-original-.*|x-rewrite-.*|x-http-method.*|x-method-override)$/i;

/** What of `agentOptions` is passed on. Others, as `host` or `lookup`, choose another server. */
const TLS_OPTIONS = ['ca', 'cert', 'key', 'passphrase', 'pfx', 'rejectUnauthorized'];

/**
 * Every name under which n8n's ways of sending look for redirects (n8n-core 2.41: `httpRequest`, and
 * the older `request` of the HTTP Request node).
 */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

/** A request of n8n's newer or older form. */
type N8nRequest = AddressedRequest & { agentOptions?: object };

/**
 * Addresses and signs one request with a Smart Glocal credential, and keeps it to the credential's
 * host: no redirect is followed, and nothing in the request can send it elsewhere.
 *
 * The body becomes the very string that was signed, so that nothing serialises it again after
 * signing; calling this twice gives the same request. A request without a body is sent as `{}`. Other
 * headers stay, `Authorization` and cookies included, which a gateway of one's own may ask for.
 *
 * @param request a relative `url` is resolved against the credential's host
 * @returns a copy with absolute URL, string body and the X-PARTNER headers (/docs/reference/format)
 * @throws {Error} with a sentence, before anything is sent
 */
export async function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	try {
		return await addressAndSign(credentials, request);
	} catch (failure) {
		// n8n wraps it like an error of a request that was sent (n8n 2.41).
		throw Object.assign(failure as Error, { isUnsigned: true });
	}
}

/** Whether an error is from before the request was signed, so that nothing was sent. */
export function isUnsigned(failure: object): boolean {
	return 'isUnsigned' in failure && failure.isUnsigned === true;
}

async function addressAndSign(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const project = readHeaderValue(credentials.partnerProject, 'Partner Project');
	if (project === '') {
		throw new Error(
			"The field 'Partner Project' is empty. Enter the project identifier that Smart Glocal gave you.",
		);
	}
	const submerchant = readHeaderValue(credentials.submerchant, 'Submerchant');
	const key = loadSigningKey(text(credentials.privateKey), text(credentials.passphrase));
	const url = resolveTarget(resolveBaseUrl(credentials), request);
	if (!/^post$/i.test(request.method ?? 'POST')) {
		throw new Error(
			"Smart Glocal takes requests with the method POST only. Nothing was sent. Set 'Method' to POST.",
		);
	}
	const body = serializeBody(request);

	const signed: N8nRequest = { ...request, ...NO_REDIRECTS, method: 'POST', url, body };
	signed.baseURL = undefined;
	delete signed.uri;
	// Would log in, with digest authentication even by sending the payout a second time.
	delete signed.auth;
	if (signed.agentOptions) {
		signed.agentOptions = pick(signed.agentOptions, (name) => TLS_OPTIONS.includes(name));
	}
	signed.headers = {
		...pick(request.headers ?? {}, (name) => !REPLACED_HEADERS.test(name.trim())),
		'Content-Type': 'application/json',
		'X-PARTNER-PROJECT': project,
		[SIGNATURE_HEADER]: await signBody(body, key),
		...(submerchant !== '' && { 'X-PARTNER-SUBMERCHANT': submerchant }),
	};
	return signed;
}

function pick(fields: object, isKept: (name: string) => boolean): object {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => isKept(name)));
}

function readHeaderValue(value: unknown, field: string): string {
	const trimmed = text(value).trim();
	if (!/^[\x20-\x7e]*$/.test(trimmed)) {
		throw new Error(
			`The field '${field}' holds a character that cannot be sent. Type it again by hand.`,
		);
	}
	return trimmed;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
