import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** Smart Glocal's hosts (/docs/reference/format). */
const HOSTS = new Map([
	['demo', 'https://demo.smart-glocal.com'],
	['live', 'https://proxy.smart-glocal.com'],
]);

/**
 * The address that a credential's requests go to.
 *
 * @param credentials the decrypted fields of the credential `smartGlocalApi`
 * @returns an absolute URL without a slash at its end
 * @throws {Error} with a sentence when the environment is `custom` and its base URL is unusable
 */
export function resolveBaseUrl(credentials: ICredentialDataDecryptedObject): URL {
	const environment = String(credentials.environment ?? 'demo');
	const host = HOSTS.get(environment);
	if (host !== undefined) return new URL(host);
	if (environment !== 'custom') {
		throw new Error("The field 'Environment' must be Demo, Live or Custom. Choose one of them.");
	}

	const typed = String(credentials.baseUrl ?? '').trim();
	if (typed === '') {
		throw new Error(
			"The field 'Base URL' is empty. Enter the address that the sandbox or your proxy prints, e.g. http://127.0.0.1:4010.",
		);
	}
	const base = parseUrl(typed);
	if (!base || !/^https?:$/.test(base.protocol) || /[?#]/.test(typed)) {
		throw new Error(
			"The text in 'Base URL' is not a web address. Enter one that begins with https:// or http:// and ends before /api, without ? or #.",
		);
	}
	if (base.username !== '' || base.password !== '') {
		throw new Error("The address in 'Base URL' holds a user name. Remove it.");
	}
	base.pathname = base.pathname.replace(/\/+$/, '').replace(/\/api(\/v\d+)?$/, '');
	return base;
}

/**
 * Gives a request its full address, and guards it: a signature is only ever made for the
 * credential's own host, so that a mistyped or smuggled-in URL cannot collect signed payouts.
 *
 * @returns the properties of the request that hold its address
 * @throws {Error} with a sentence when the request is for another host
 */
export function resolveTarget(
	base: URL,
	request: IHttpRequestOptions,
): Pick<IHttpRequestOptions, 'url' | 'baseURL'> {
	// n8n's HTTP Request node calls it `uri`.
	const requested = request.url ?? (request as { uri?: string }).uri ?? '';
	const prefix = request.baseURL ?? base.href.replace(/\/+$/, '');
	const url = parseUrl(requested) ?? parseUrl(`${prefix}/${requested.replace(/^\/+/, '')}`);
	if (url?.origin !== base.origin) {
		throw new Error(
			`This credential signs requests to ${base.origin} only, and this one is for ${url?.origin ?? 'an unreadable address'}. Nothing was sent. Correct the URL, or the environment in the credential.`,
		);
	}
	return { url: url.href, baseURL: undefined };
}

function parseUrl(value: string): URL | undefined {
	try {
		return new URL(value);
	} catch {
		return undefined;
	}
}
