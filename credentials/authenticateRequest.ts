import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { resolveBaseUrl, resolveTarget } from './hosts';
import { loadSigningKey, signBody } from './signing';
import { markUnsigned } from './unsigned';

const PROJECT_HEADER = 'X-PARTNER-PROJECT';
const SUBMERCHANT_HEADER = 'X-PARTNER-SUBMERCHANT';
/** The signature of a body, in requests and in webhooks (/docs/reference/format). */
export const SIGNATURE_HEADER = 'X-PARTNER-SIGN';

const OWN_HEADERS = new Set(
	['Content-Type', PROJECT_HEADER, SIGNATURE_HEADER, SUBMERCHANT_HEADER].map((name) =>
		name.toLowerCase(),
	),
);

/**
 * Addresses and signs one request with a Smart Glocal credential.
 *
 * The body becomes the very string that was signed, so that nothing serialises it again after
 * signing; calling this twice gives the same request. A request without a body is sent as `{}`.
 *
 * @param credentials the decrypted fields of the credential `smartGlocalApi`
 * @param request the request; a relative `url` is resolved against the credential's host
 * @returns a copy of the request with absolute URL, string body and the X-PARTNER headers
 *   (/docs/reference/format)
 * @throws {Error} with a sentence, before anything is sent: unusable key, missing project, a host
 *   that is not the credential's, a body that is not JSON
 */
export async function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	try {
		return await addressAndSign(credentials, request);
	} catch (failure) {
		throw markUnsigned(failure);
	}
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
	const target = resolveTarget(resolveBaseUrl(credentials), request);

	const body = serialize(request);
	const headers: IDataObject = {};
	for (const [name, value] of Object.entries(request.headers ?? {})) {
		if (!OWN_HEADERS.has(name.toLowerCase())) headers[name] = value;
	}
	headers['Content-Type'] = 'application/json';
	headers[PROJECT_HEADER] = project;
	headers[SIGNATURE_HEADER] = await signBody(body, key);
	if (submerchant !== '') headers[SUBMERCHANT_HEADER] = submerchant;

	return { ...request, ...target, headers, body };
}

/**
 * The body as it goes over the wire. A string is trimmed, because the HTTP client underneath n8n
 * trims string bodies, too (axios 1.x), and what is signed must be what is sent.
 */
function serialize(request: IHttpRequestOptions): string {
	const { body } = request;
	if (isForm(body) || 'form' in request || 'formData' in request) {
		throw new Error('Smart Glocal takes JSON only. Set the body content type to JSON.');
	}
	const isText = typeof body === 'string' || Buffer.isBuffer(body);
	const text = isText ? body.toString().trim() : JSON.stringify(body ?? {});
	return text === '' ? '{}' : text;
}

/** URLSearchParams, FormData, and the form-data package's own. */
function isForm(body: IHttpRequestOptions['body']): boolean {
	return typeof (body as { append?: unknown } | undefined)?.append === 'function';
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
