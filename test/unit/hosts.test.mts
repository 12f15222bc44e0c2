import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { authenticateRequest } from '../../credentials/authenticateRequest';
import { resolveBaseUrl } from '../../credentials/hosts';
import { opensslPem } from '../support/openssl.mts';

const privateKey = opensslPem(['genrsa', '2048']);
const demo: ICredentialDataDecryptedObject = {
	environment: 'demo',
	partnerProject: 'shop',
	privateKey,
};

function custom(baseUrl: string): ICredentialDataDecryptedObject {
	return { ...demo, environment: 'custom', baseUrl };
}

type Request = Partial<IHttpRequestOptions> & { uri?: string };

/** Where the HTTP client would go with the signed request. */
async function addressOf(request: Request, credentials = demo): Promise<string> {
	const signed = await authenticateRequest(credentials, request as IHttpRequestOptions);
	expect(signed.baseURL).toBeUndefined();
	return signed.url;
}

test.each([
	['demo', 'https://demo.smart-glocal.com/api/v1/session/status'],
	['live', 'https://proxy.smart-glocal.com/api/v1/session/status'],
])('sends to the host of %s', async (environment, address) => {
	const url = '/api/v1/session/status';
	expect(await addressOf({ url }, { ...demo, environment })).toBe(address);
});

test('takes the demo host when no environment was ever chosen', async () => {
	const untouched = { partnerProject: 'shop', privateKey };
	expect(await addressOf({ url: '/x' }, untouched)).toBe('https://demo.smart-glocal.com/x');
});

test.each(['', 'production', 'Demo', 'constructor', '__proto__'])(
	'refuses the environment %p',
	(environment) => {
		expect(() => resolveBaseUrl({ environment })).toThrow(
			"The field 'Environment' must be Demo, Live or Custom",
		);
	},
);

test('does not read the base URL of another environment', async () => {
	const credentials = { ...custom('https://evil.example'), environment: 'live' };
	expect(await addressOf({ url: '/x' }, credentials)).toBe('https://proxy.smart-glocal.com/x');
});

test.each([
	['http://127.0.0.1:4010', 'http://127.0.0.1:4010/api/v1/x'],
	['http://127.0.0.1:4010/', 'http://127.0.0.1:4010/api/v1/x'],
	['  http://127.0.0.1:4010///  ', 'http://127.0.0.1:4010/api/v1/x'],
	['http://127.0.0.1:4010/api', 'http://127.0.0.1:4010/api/v1/x'],
	['http://127.0.0.1:4010/api/v1', 'http://127.0.0.1:4010/api/v1/x'],
	['http://127.0.0.1:4010/api/v2/', 'http://127.0.0.1:4010/api/v1/x'],
	['https://proxy.example/glocal', 'https://proxy.example/glocal/api/v1/x'],
	['https://proxy.example/glocal/api/v1/', 'https://proxy.example/glocal/api/v1/x'],
	['HTTPS://Proxy.Example:443', 'https://proxy.example/api/v1/x'],
	['http://[::1]:4010', 'http://[::1]:4010/api/v1/x'],
])('reads the base URL %p', async (baseUrl, address) => {
	expect(await addressOf({ url: '/api/v1/x' }, custom(baseUrl))).toBe(address);
});

test.each([
	['', "'Base URL' is empty"],
	['   ', "'Base URL' is empty"],
	['localhost', 'not a web address'],
	['localhost:4010', 'not a web address'],
	['127.0.0.1:4010', 'not a web address'],
	['ftp://proxy.example', 'not a web address'],
	['file:///etc/passwd', 'not a web address'],
	['https://', 'not a web address'],
	['https://proxy.example/?key=1', 'not a web address'],
	['https://proxy.example/#x', 'not a web address'],
	['https://proxy.example/?', 'not a web address'],
	['https://proxy.example/#', 'not a web address'],
	['https://user:secret@proxy.example', 'holds a user name'],
	['https://user@proxy.example', 'holds a user name'],
])('refuses the base URL %p with a sentence', async (baseUrl, phrase) => {
	const refusal = addressOf({ url: '/api/v1/x' }, custom(baseUrl));
	await expect(refusal).rejects.toThrow(phrase);
	await expect(refusal).rejects.not.toThrow('secret');
});

test.each<[string, Request]>([
	['a path', { url: '/api/v1/x' }],
	['a path without a slash', { url: 'api/v1/x' }],
	['the full address', { url: 'https://demo.smart-glocal.com/api/v1/x' }],
	['the host in other case', { url: 'https://DEMO.Smart-Glocal.com/api/v1/x' }],
	['the port of https', { url: 'https://demo.smart-glocal.com:443/api/v1/x' }],
	['a base URL', { baseURL: 'https://demo.smart-glocal.com', url: '/api/v1/x' }],
	['a base URL with a slash', { baseURL: 'https://demo.smart-glocal.com/', url: 'api/v1/x' }],
	['`uri`, as n8n’s HTTP Request node says', { uri: 'https://demo.smart-glocal.com/api/v1/x' }],
])('signs for its own host, given as %s', async (_name, request) => {
	const address = await addressOf(request);
	expect(address.replace('.com//', '.com/')).toBe('https://demo.smart-glocal.com/api/v1/x');
});

const OWN = 'https://demo.smart-glocal.com';

test.each<[string, Request]>([
	['another host', { url: 'https://evil.example/api/v1/x' }],
	['the live host', { url: 'https://proxy.smart-glocal.com/api/v1/x' }],
	['a host that begins alike', { url: `${OWN}.evil.example/x` }],
	['a host that ends alike', { url: 'https://evil-demo.smart-glocal.com/x' }],
	['a subdomain', { url: 'https://a.demo.smart-glocal.com/x' }],
	['the host with a dot at its end', { url: `${OWN}./x` }],
	['another port', { url: `${OWN}:8443/x` }],
	['http instead of https', { url: 'http://demo.smart-glocal.com/x' }],
	['the host as a user name', { url: `${OWN}@evil.example/x` }],
	['the host as a user name with a password', { url: `${OWN}:443@evil.example/x` }],
	['a backslash before the host', { url: 'https:\\\\evil.example/x' }],
	['a backslash behind a user name', { url: `https://evil.example\\@demo.smart-glocal.com/x` }],
	['an address without slashes', { url: 'https:evil.example/x' }],
	['another scheme', { url: 'file://demo.smart-glocal.com/x' }],
	['a look-alike letter', { url: 'https://demo.smart-gl\u043ecal.com/x' }],
	['spaces before the address', { url: ' https://evil.example/x' }],
	['line ends in the address', { url: 'ht\ntps://evil.example/x' }],
	['another base URL', { baseURL: 'https://evil.example', url: '/x' }],
	['a base URL with the host as user name', { baseURL: `${OWN}@evil.example`, url: '/x' }],
	['a base URL that begins alike', { baseURL: `${OWN}.evil.example`, url: '/x' }],
	['a base URL that is no address', { baseURL: '//evil.example', url: '/x' }],
	['an empty base URL', { baseURL: '', url: 'evil.example/x' }],
	['an address that its base URL hides', { baseURL: OWN, url: 'https://evil.example/x' }],
	['`uri` for another host', { uri: 'https://evil.example/x' }],
])('does not sign for %s', async (_name, request) => {
	await expect(addressOf(request)).rejects.toThrow(`signs requests to ${OWN} only`);
});

test.each<[string, Request]>([
	['a protocol-relative address', { url: '//evil.example/x' }],
	['three slashes', { url: '///evil.example/x' }],
	['backslashes', { url: '\\\\evil.example\\x' }],
	['slash and backslash', { url: '/\\evil.example/x' }],
	['an at sign', { url: '@evil.example/x' }],
	['a dot', { url: '.evil.example/x' }],
	['a port', { url: ':444@evil.example/x' }],
	['steps upwards', { url: '/../../evil.example/x' }],
	['a base URL that the path would change', { baseURL: OWN, url: '.evil.example/x' }],
	['a base URL that the path makes a user name', { baseURL: OWN, url: '@evil.example/x' }],
])('stays on its own host with a path that begins with %s', async (_name, request) => {
	const address = await addressOf(request).catch(() => OWN);
	expect(new URL(address).origin).toBe(OWN);
	expect(new URL(address).username).toBe('');
});
