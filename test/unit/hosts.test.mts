import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import {
	authenticateRequest,
	resolveBaseUrl,
	resolveTarget,
} from '../../credentials/authenticateRequest';
import { findSlowGrowth, textsOf } from '../support/growth.mts';
import { opensslPem } from '../support/openssl.mts';

const OWN = 'https://demo.smart-glocal.com';
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
	'',
	'   ',
	'localhost',
	'localhost:4010',
	'127.0.0.1:4010',
	'ftp://proxy.example',
	'file:///etc/passwd',
	'https://',
	'https://proxy.example/?key=1',
	'https://proxy.example/#x',
	'https://proxy.example/?',
	'https://proxy.example/#',
	'https://user:secret@proxy.example',
	'https://user@proxy.example',
])('refuses the base URL %p with a sentence', async (baseUrl) => {
	const refusal = addressOf({ url: '/api/v1/x' }, custom(baseUrl));
	await expect(refusal).rejects.toThrow("'Base URL' must be a web address");
	await expect(refusal).rejects.not.toThrow('secret');
});

test.each(
	`127.0.0.1 127.255.255.254 127.1 2130706433 0x7f000001 0177.0.0.1 10.0.0.0 10.255.255.255
	172.16.0.1 172.31.255.255 192.168.0.1 0xC0A80001 [::1] [0:0:0:0:0:0:0:1] [fc00::1]
	[fdff:ffff::1] [fe80::1] [febf::1]
	localhost LOCALHOST localhost. api.localhost sandbox smart-glocal-sandbox
	host.docker.internal sandbox.railway.internal printer.local
	sandbox.default.svc.cluster.local gateway.home.arpa`.split(/\s+/),
)('accepts plain http:// for the private host %p', async (host) => {
	const address = new URL(await addressOf({ url: '/x' }, custom(`http://${host}:4010`)));
	expect([address.protocol, address.port, address.pathname]).toEqual(['http:', '4010', '/x']);
});

test.each(
	`demo.smart-glocal.com proxy.smart-glocal.com example.com 8.8.8.8 134744072 0x8.8.8.8
	126.255.255.255 128.0.0.1 9.255.255.255 11.0.0.0 172.15.255.255 172.32.0.0 192.167.255.255
	192.169.0.0 169.254.169.254 [::ffff:169.254.169.254] 0.0.0.0 0 100.64.0.1 224.0.0.1
	255.255.255.255 [::] [::2] [fd::1] [fb00::1] [fec0::1] [ff02::1] [2001:db8::1]
	[::ffff:8.8.8.8] [::ffff:127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1]
	[2002:7f00:1::] localhost.evil.example 127.0.0.1.evil.example 127.0.0.1.nip.io
	10.evil.example evillocalhost.com notlocal.example mylocal.io internal.example
	home.arpa.example evilhome.arpa x.test ⓔvil.example evil。example`.split(/\s+/),
)('refuses plain http:// for the public host %p, and takes https://', async (host) => {
	const refusal = addressOf({ url: '/x' }, custom(`http://${host}`));
	await expect(refusal).rejects.toThrow("'Base URL' begins with http://");
	expect(new URL(await addressOf({ url: '/x' }, custom(`https://${host}`))).protocol).toBe(
		'https:',
	);
});

test('accepts just the private IPv4 addresses, however they are written', async () => {
	// Written independently: as ranges of 32-bit numbers.
	const ranges = [
		[0x0a000000, 0x0affffff],
		[0x7f000000, 0x7fffffff],
		[0xac100000, 0xac1fffff],
		[0xc0a80000, 0xc0a8ffff],
	] as const;
	const edges = ranges.flatMap(([from, to]) => [from - 1, from, to, to + 1]);
	const forms: Array<(address: number) => string> = [
		String,
		(address) => `0x${address.toString(16)}`,
		(address) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.'),
		(address) => `0${(address >>> 24).toString(8)}.${address & 0xffffff}`,
	];
	fc.assert(
		fc.property(
			fc.oneof(fc.constantFrom(...edges), fc.nat(0xffffffff)),
			fc.constantFrom(...forms),
			(address, write) => {
				const isPrivate = ranges.some(([from, to]) => address >= from && address <= to);
				const resolve = () => resolveBaseUrl(custom(`http://${write(address)}/`));
				if (isPrivate) expect(resolve().protocol).toBe('http:');
				else expect(resolve).toThrow("'Base URL' begins with http://");
			},
		),
		{ numRuns: 1_000 },
	);
});

test('reads addresses of many slashes in a time that grows with their length only', async () => {
	const slowness = await findSlowGrowth(
		(slashes) => addressOf({ url: `${slashes}x` }, custom(`https://proxy.example${slashes}x`)),
		textsOf('/'),
	);
	expect(slowness).toBeUndefined();
});

test.each([
	`https://user@demo.smart-glocal.com/api/v1/x`,
	`https://:secret@demo.smart-glocal.com/api/v1/x`,
	`https://evil.example%2f@demo.smart-glocal.com/api/v1/x`,
	`\thttps:user:secret@demo.smart-glocal.com/x`,
])('refuses the address %p, which logs in', async (url) => {
	for (const request of [{ url }, { uri: url }]) {
		await expect(addressOf(request)).rejects.toThrow('holds a user name or a password');
		await expect(addressOf(request)).rejects.not.toThrow('secret');
	}
});

test('goes to its own origin or nowhere, whatever the address', async () => {
	const parts = fc.constantFrom(
		'https:',
		'http:',
		'HTTPS:',
		'//',
		'/',
		'\\',
		'@',
		':',
		'.',
		'?',
		'#',
		'%',
		'\t',
		'\n',
		' ',
		'demo.smart-glocal.com',
		'evil.example',
		':443',
		':444',
		'%2e',
		'。',
		'..',
		'api/v1/x',
		'[',
	);
	const address = fc.array(parts, { maxLength: 8 }).map((texts) => texts.join(''));
	const request = fc.record({ url: address, uri: address, baseURL: address }, { requiredKeys: [] });
	const base = resolveBaseUrl(demo);
	fc.assert(
		fc.property(request, (given) => {
			let url: URL;
			try {
				url = new URL(resolveTarget(base, given as never));
			} catch {
				return;
			}
			expect([url.origin, url.username, url.password]).toEqual([OWN, '', '']);
		}),
		{ numRuns: 2_000 },
	);
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
