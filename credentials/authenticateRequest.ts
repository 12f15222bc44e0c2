import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { asText, parseJson } from '../nodes/payout/json/jsonObject';
import { toJson } from '../nodes/payout/json/readJson';
import { findBeyond, readGuardRails } from './guardRails';
import { loadSigningKey, readVerificationKeys } from './keys';

type Credentials = ICredentialDataDecryptedObject;
/** The name under which n8n knows the credential; saved in users' workflows. */
export const CREDENTIAL_TYPE = 'smartGlocalApi';
/** The signature of a body, in requests and in webhooks (/docs/reference/format). */
export const SIGNATURE_HEADER = 'X-PARTNER-SIGN';
/** Marks the test of a credential, in which every field must be right. It is not sent. */
export const TEST_HEADER = 'X-CREDENTIAL-TEST';

/** Smart Glocal's hosts (/docs/reference/format). */
const HOSTS = new Map([
	['demo', 'https://demo.smart-glocal.com'],
	['live', 'https://proxy.smart-glocal.com'],
]);

/** This computer and private networks. Not link-local IPv4, where clouds have their metadata services. */
const PRIVATE_HOSTS = [
	// Loopback (RFC 1122) and private (RFC 1918); loopback, unique local and link-local (RFC 4193, RFC 4291).
	/^(?:(?:10|127)\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+$/,
	/^\[(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/,
	// Names that public DNS never answers (RFC 6761, RFC 6762, RFC 8375; ICANN has reserved `internal`).
	/^(?:.+\.)?(?:localhost|local|internal|home\.arpa)\.?$/,
	// Services of Docker Compose and Kubernetes.
	/^[^.[]+\.?$/,
];

/** Headers that are set here, and those that could send the signed body elsewhere or cut it otherwise. */
const REPLACED_HEADERS =
	/^(x-partner-(project|sign|submerchant)|x-credential-test|host|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|(x-)?forwarded(-.*)?|x-host|x-original-.*|x-rewrite-.*|x-http-method.*|x-method-override)$/i;

/** What of `agentOptions` is passed on. Others, as `host` or `lookup`, choose another server. */
const TLS_OPTIONS = ['ca', 'cert', 'key', 'passphrase', 'pfx', 'rejectUnauthorized'];

/** Every name under which n8n's ways of sending look for redirects (n8n-core 2.41). */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

/** A request of n8n's newer form, or of the older one of its HTTP Request node. */
type N8nRequest = IHttpRequestOptions & {
	uri?: string;
	form?: unknown;
	formData?: unknown;
	agentOptions?: object;
};

const REFUSALS = {
	environment: "The field 'Environment' must be Demo, Live or Custom. Choose one of them.",
	invalidUrl:
		"The field 'Base URL' must be a web address that begins with https:// or http:// and ends before /api, without ?, # or a user name. Enter the one that the sandbox or your proxy prints, e.g. http://127.0.0.1:4010.",
	unencrypted:
		"The address in 'Base URL' begins with http://, so others on the way could read every payout. Write https:// instead. Plain http:// is only for this computer and for private networks.",
	emptyProject:
		"The field 'Partner Project' is empty. Enter the project identifier that Smart Glocal gave you.",
	login:
		'The URL holds a user name or a password, which Smart Glocal does not take. Nothing was sent. Remove what stands before the @ sign.',
	method:
		"Smart Glocal takes requests with the method POST only. Nothing was sent. Set 'Method' to POST.",
	notJson:
		'Smart Glocal takes JSON only: one object, from { to }. Nothing was sent. Set the body content type to JSON, and send one request for each payout.',
	invalidJson:
		'The body is not valid JSON, or holds a value that JSON cannot hold, such as a function or an infinite number. Nothing was signed or sent. Check its quotation marks, commas and braces, and write such a value as text.',
};

/**
 * Addresses and signs a copy of one request, and keeps it to the credential's host and guard rails, or
 * throws a sentence. Nothing in it, and no redirect, can send it elsewhere. The body becomes the very
 * string that was signed; to call this twice gives the same. A gateway's own headers stay.
 */
export async function authenticateRequest(credentials: Credentials, request: IHttpRequestOptions) {
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

async function addressAndSign(credentials: Credentials, request: IHttpRequestOptions) {
	const project = readHeaderValue(credentials.partnerProject, 'Partner Project');
	if (project === '') throw new Error(REFUSALS.emptyProject);
	const submerchant = readHeaderValue(credentials.submerchant, 'Submerchant');
	const key = loadSigningKey(asText(credentials.privateKey), asText(credentials.passphrase));
	const guardRails = readGuardRails(credentials);
	const base = resolveBaseUrl(credentials);
	const url = resolveTarget(base, request);
	if (!/^post$/i.test(request.method ?? 'POST')) throw new Error(REFUSALS.method);
	const body = serializeBody(request);
	const query = JSON.stringify((request as { qs?: object }).qs ?? {}).slice(1, -1);
	const path = url.replace(withoutSlashes(base.href), '') + query;
	const problem = findBeyond(guardRails, path, body);
	if (problem !== undefined) throw new Error(`${problem} Nothing was sent.`);

	const signed: N8nRequest = { ...request, ...NO_REDIRECTS, method: 'POST', url, body };
	signed.baseURL = undefined;
	delete signed.uri;
	// Would log in, with digest authentication even by sending the payout a second time.
	delete signed.auth;
	const isKept = (name: string) => TLS_OPTIONS.includes(name);
	if (signed.agentOptions) signed.agentOptions = pick(signed.agentOptions, isKept);
	const hasWebhookKey = asText(credentials.webhookPublicKey).trim() !== '';
	if (request.headers?.[TEST_HEADER] && hasWebhookKey) readVerificationKeys(credentials);
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
	const trimmed = asText(value).trim();
	if (/^[\x20-\x7e]*$/.test(trimmed)) return trimmed;
	const problem = `The field '${field}' holds a character that cannot be sent.`;
	throw new Error(`${problem} Type it again by hand.`);
}

/** The address of a credential: https://, or http:// to a private host. Throws a sentence without one. */
export function resolveBaseUrl(credentials: Credentials): URL {
	const environment = String(credentials.environment ?? 'demo');
	const host = HOSTS.get(environment);
	if (host !== undefined) return new URL(host);
	if (environment !== 'custom') throw new Error(REFUSALS.environment);

	const typed = String(credentials.baseUrl ?? '').trim();
	const base = parseUrl(typed);
	const isClear = base && /^https?:$/.test(base.protocol) && !/[?#]/.test(typed);
	if (!isClear || base.username + base.password !== '') throw new Error(REFUSALS.invalidUrl);
	if (base.protocol === 'http:' && !PRIVATE_HOSTS.some((host) => host.test(base.hostname))) {
		throw new Error(REFUSALS.unencrypted);
	}
	base.pathname = withoutSlashes(base.pathname).replace(/\/api(\/v\d+)?$/, '');
	return base;
}

/** Gives the absolute address of a request. Throws a sentence for another host, or a login in the URL. */
export function resolveTarget(base: URL, request: N8nRequest): string {
	const requested = String(request.url ?? request.uri ?? '');
	const prefix = request.baseURL ?? withoutSlashes(base.href);
	const url = parseUrl(requested) ?? parseUrl(`${prefix}/${requested.replace(/^\/+/, '')}`);
	const other = url && url.origin !== 'null' ? url.origin : 'an unreadable address';
	const problem = `This credential signs requests to ${base.origin} only, and this one is for ${other}. Nothing was sent. Correct the URL, or the environment in the credential.`;
	if (url?.origin !== base.origin) throw new Error(problem);
	if (url.username + url.password !== '') throw new Error(REFUSALS.login);
	return url.href;
}

function withoutSlashes(text: string): string {
	// The look-behind keeps it linear for a text of many slashes.
	return text.replace(/(?<!\/)\/+$/, '');
}

function parseUrl(value: string) {
	return URL.canParse(value) ? new URL(value) : undefined;
}

/** The body as it is signed and sent: one JSON object, `{}` for none, a text as it stands but for its ends. */
function serializeBody(request: N8nRequest): string {
	const body: unknown = request.body ?? {};
	const isText = typeof body === 'string';
	const prototype = Object.getPrototypeOf(body) as object | null;
	// Forms, streams, bytes, dates and lists have a class.
	const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
	const isForm = 'form' in request || 'formData' in request;
	if (isForm || !(isText || isPlain)) throw new Error(REFUSALS.notJson);
	const written = isText ? body.trim() || '{}' : toJson(body);
	// Half of a character would be replaced on its way.
	const isWhole =
		!isText || (parseJson(written ?? '') !== undefined && !/\p{Surrogate}/u.test(body));
	if (written === undefined || !isWhole) throw new Error(REFUSALS.invalidJson);
	if (!written.startsWith('{')) throw new Error(REFUSALS.notJson);
	return written;
}

/** Signs in the thread pool: RSA (PKCS#1 v1.5) with SHA-256, as base64 (/docs/reference/format). */
export async function signBody(body: string | Buffer, key: KeyObject): Promise<string> {
	return await new Promise((resolve, reject) => {
		sign('RSA-SHA256', Buffer.from(body), key, (failure, signature) => {
			if (failure) reject(failure);
			else resolve(signature.toString('base64'));
		});
	});
}
