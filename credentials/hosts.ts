import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** Smart Glocal's hosts (/docs/reference/format). */
const HOSTS = new Map([
	['demo', 'https://demo.smart-glocal.com'],
	['live', 'https://proxy.smart-glocal.com'],
]);

/**
 * This computer and private networks, where plain http:// is acceptable, as the URL parser writes
 * them. Link-local IPv4 (169.254.0.0/16) is not: no gateway has such an address, but the metadata
 * services of clouds do.
 */
const PRIVATE_HOSTS = [
	// Loopback (RFC 1122) and private (RFC 1918).
	/^(?:(?:10|127)\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+$/,
	// Loopback, unique local (RFC 4193) and link-local (RFC 4291).
	/^\[(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/,
	// Names that public DNS never answers: RFC 6761 (localhost), RFC 6762 (local), RFC 8375 (home.arpa),
	// and `internal`, which ICANN has reserved, as in `host.docker.internal`.
	/^(?:.+\.)?(?:localhost|local|internal|home\.arpa)\.?$/,
	// Services of Docker Compose and Kubernetes.
	/^[^.[]+\.?$/,
];

const REFUSALS = {
	environment: "The field 'Environment' must be Demo, Live or Custom. Choose one of them.",
	empty:
		"The field 'Base URL' is empty. Enter the address that the sandbox or your proxy prints, e.g. http://127.0.0.1:4010.",
	noAddress:
		"The text in 'Base URL' is not a web address. Enter one that begins with https:// or http:// and ends before /api, without ? or #.",
	login: "The address in 'Base URL' holds a user name. Remove it.",
	readable:
		"The address in 'Base URL' begins with http://, so others on the way could read every payout. Write https:// instead. Plain http:// is only for this computer and for private networks.",
};

/**
 * The address that a credential's requests go to: https://, or http:// to a private host.
 *
 * @throws {Error} with a sentence when there is none
 */
export function resolveBaseUrl(credentials: ICredentialDataDecryptedObject): URL {
	const environment = String(credentials.environment ?? 'demo');
	const host = HOSTS.get(environment);
	if (host !== undefined) return new URL(host);
	if (environment !== 'custom') throw new Error(REFUSALS.environment);

	const typed = String(credentials.baseUrl ?? '').trim();
	if (typed === '') throw new Error(REFUSALS.empty);
	const base = parseUrl(typed);
	if (!base || !/^https?:$/.test(base.protocol) || /[?#]/.test(typed)) {
		throw new Error(REFUSALS.noAddress);
	}
	if (base.username !== '' || base.password !== '') throw new Error(REFUSALS.login);
	if (base.protocol === 'http:' && !PRIVATE_HOSTS.some((host) => host.test(base.hostname))) {
		throw new Error(REFUSALS.readable);
	}
	base.pathname = withoutSlashes(base.pathname).replace(/\/api(\/v\d+)?$/, '');
	return base;
}

/** A request of n8n's newer form, or of the older one of its HTTP Request node. */
export type N8nRequest = IHttpRequestOptions & {
	uri?: string;
	form?: unknown;
	formData?: unknown;
	agentOptions?: object;
};

/**
 * Gives the absolute address of a request. Throws a sentence when it is for another host than the
 * credential's own, or logs in there: no mistyped or smuggled-in URL may collect signed payouts.
 */
export function resolveTarget(base: URL, request: N8nRequest): string {
	const requested = String(request.url ?? request.uri ?? '');
	const prefix = request.baseURL ?? withoutSlashes(base.href);
	const url = parseUrl(requested) ?? parseUrl(`${prefix}/${requested.replace(/^\/+/, '')}`);
	if (url?.origin !== base.origin) {
		throw new Error(
			`This credential signs requests to ${base.origin} only, and this one is for ${url && url.origin !== 'null' ? url.origin : 'an unreadable address'}. Nothing was sent. Correct the URL, or the environment in the credential.`,
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw new Error(
			'The URL holds a user name or a password, which Smart Glocal does not take. Nothing was sent. Remove what stands before the @ sign.',
		);
	}
	return url.href;
}

function withoutSlashes(text: string): string {
	// The look-behind keeps it linear for a text of many slashes.
	return text.replace(/(?<!\/)\/+$/, '');
}

function parseUrl(value: string): URL | undefined {
	return URL.canParse(value) ? new URL(value) : undefined;
}
