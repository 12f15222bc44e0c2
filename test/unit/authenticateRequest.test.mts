import { createPublicKey, verify } from 'node:crypto';
import { Readable } from 'node:stream';
import { toFormData } from 'axios';
import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { authenticateRequest } from '../../credentials/authenticateRequest';
import { SmartGlocalApi } from '../../credentials/SmartGlocalApi.credentials';
import { findSlowGrowth, textsOf } from '../support/growth.mts';
import { opensslPem } from '../support/openssl.mts';

const privateKey = opensslPem(['genrsa', '2048']);
const publicKey = createPublicKey(privateKey);

const credentials: ICredentialDataDecryptedObject = {
	environment: 'demo',
	partnerProject: 'shop',
	privateKey,
	passphrase: '',
	submerchant: '',
};

const ORDER = { amount_details: { amount: 1000, currency: 'usd' }, name: 'Žofie 山田' };

function sign(request: Partial<IHttpRequestOptions>, changed: ICredentialDataDecryptedObject = {}) {
	return authenticateRequest({ ...credentials, ...changed }, { url: '/api/v1/x', ...request });
}

function isSigned({ body, headers }: IHttpRequestOptions): boolean {
	const signature = Buffer.from(String(headers?.['X-PARTNER-SIGN']), 'base64');
	return verify('sha256', Buffer.from(String(body)), publicKey, signature);
}

describe('body', () => {
	test.each<[unknown, string]>([
		['{"b":1,"a":2}', '{"b":1,"a":2}'],
		['{ "spaced" :\n\t[ 1.50 , "\\u017d" ] }', '{ "spaced" :\n\t[ 1.50 , "\\u017d" ] }'],
		['{"name":"Žofie 😀"}', '{"name":"Žofie 😀"}'],
		// As the HTTP client does after it.
		[' \n{"a":1}\r\n', '{"a":1}'],
		[ORDER, JSON.stringify(ORDER)],
		[undefined, '{}'],
		[null, '{}'],
		['', '{}'],
		[{}, '{}'],
		[' \n', '{}'],
	])('sends %j as %j, and signs that', async (body, sent) => {
		const signed = await sign({ body: body as IHttpRequestOptions['body'] });
		expect(signed.body).toBe(sent);
		expect(isSigned(signed)).toBe(true);
	});

	test('writes an object once, and signs that very text', async () => {
		let written = 0;
		const signed = await sign({ body: { toJSON: () => ({ written: ++written }) } });
		expect([signed.body, written, isSigned(signed)]).toEqual(['{"written":1}', 1, true]);
	});

	test.each(['form', 'formData'])(
		'refuses what n8n’s HTTP Request node gives in %s',
		async (name) => {
			await expect(sign({ [name]: { a: '1' } })).rejects.toThrow('Smart Glocal takes JSON only');
		},
	);

	const circular: Record<string, unknown> = {};
	circular.self = circular;
	const REFUSED: Record<string, Array<[name: string, body: unknown]>> = {
		'Smart Glocal takes JSON only': [
			['a URL-encoded form', new URLSearchParams({ a: '1' })],
			['a multipart form', toFormData({ a: '1' })],
			['a multipart form of the web', new globalThis.FormData()],
			['a stream', Readable.from(['{}'])],
			['a date', new Date(0)],
			['a map', new Map([['a', 1]])],
			['bytes', new TextEncoder().encode('{}')],
			['the bytes of a file', Buffer.from('{}')],
			['a number', 1],
			['a truth value', false],
			['a function', () => ({})],
			['a blob', new Blob(['{}'])],
		],
		'The body is not valid JSON': [
			'amount=1000&currency=usd',
			'{"a":1',
			"{'a':1}",
			'{"a":1,}',
			'{"a":NaN}',
			'{} {}',
			'{"a":"\n"}',
			'<a/>',
			'undefined',
			'[object Object]',
			'\u0000{}',
			'{"a":"half a character: \ud83d"}',
		].map((text): [string, unknown] => [text, text]),
		'one object, from { to }': [
			'[]',
			'[{"a":1}]',
			'"{}"',
			'1',
			'true',
			'null',
			[{ a: 1 }],
			{ toJSON: () => [1] },
		].map((body): [string, unknown] => [JSON.stringify(body), body]),
		'a value that JSON cannot hold': [
			['a function in it', { a: { b: [() => 1] } }],
			['a symbol in it', { a: Symbol('a') }],
			['a big integer in it', { amount: 10n ** 20n }],
			['not a number in it', { amount: NaN }],
			['an infinite number in it', { amount: [Infinity] }],
			['itself in it', circular],
			['a value that JSON drops', { toJSON: () => undefined }],
		],
	};
	describe.each(Object.entries(REFUSED))('refuses with "%s"', (phrase, bodies) => {
		test.each(bodies)('%s', async (_name, body) => {
			await expect(sign({ body: body as never })).rejects.toThrow(phrase);
		});
	});

	test('sends every text of an object byte for byte, with its signature', async () => {
		const spaces = fc.constantFrom('', ' ', '\n', '\t');
		const texts = fc
			.tuple(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), spaces)
			.map(([value, space]) => JSON.stringify(value, undefined, space));
		await fc.assert(
			fc.asyncProperty(texts, async (body) => {
				const signed = await sign({ body });
				expect(signed.body).toBe(body);
				expect(isSigned(signed)).toBe(true);
			}),
		);
	});

	test('says nothing of a refused body', async () => {
		const card = '4000056655665556';
		for (const body of [`{"n":${card}`, `n=${card}`, `[${card}]`, { n: 1n, card }]) {
			await expect(sign({ body: body as never })).rejects.not.toThrow(card);
		}
	});

	test.each([
		['x', ' ', 'x'],
		['', '{', ''],
		['{"a":"', '\\"', '"}'],
	])('reads %j, many %j and %j in a time that grows with their number', async (a, piece, z) => {
		const slowness = await findSlowGrowth(
			async (text) => await sign({ body: `${a}${text}${z}` }).catch(() => {}),
			textsOf(piece),
		);
		expect(slowness).toBeUndefined();
	});
});

describe('method', () => {
	test.each([undefined, 'POST', 'post', 'Post'])(
		'is POST when it is given as %p',
		async (method) => {
			expect(await sign({ method: method as never })).toMatchObject({ method: 'POST' });
		},
	);

	test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', '', 'POST ', 'POST\n'])(
		'%p is refused, with a body and without',
		async (method) => {
			for (const body of [undefined, ORDER]) {
				const refusal = sign({ method: method as never, body });
				await expect(refusal).rejects.toThrow('with the method POST only');
			}
		},
	);
});

describe('twice', () => {
	test.each<[string, Partial<IHttpRequestOptions>]>([
		['an object', { body: ORDER }],
		['a text', { body: '{"a": 1}' }],
		['a text with spaces around it', { body: ' {} ' }],
		['a text of spaces', { body: '  ' }],
		['no body', {}],
		['a base URL', { baseURL: 'https://demo.smart-glocal.com/api', url: 'v1/x', body: ORDER }],
		['headers in other case', { headers: { 'x-partner-sign': 'old', ACCEPT: 'x' }, body: ORDER }],
	])('gives the same request for %s', async (_name, request) => {
		const once = await sign(request, { submerchant: 'payer-1' });
		const twice = await sign(once, { submerchant: 'payer-1' });
		expect(twice).toEqual(once);
	});

	test('leaves the request that it was given as it was', async () => {
		const request: IHttpRequestOptions = { url: '/api/v1/x', body: ORDER, headers: { a: 'b' } };
		const before = structuredClone(request);
		await authenticateRequest(credentials, request);
		expect(request).toEqual(before);
	});
});

describe('what could carry the signed body elsewhere', () => {
	const elsewhere = {
		followRedirect: true,
		followAllRedirects: true,
		maxRedirects: 21,
		disableFollowRedirect: false,
		sendCredentialsOnCrossOriginRedirect: true,
		auth: { username: 'a', password: 'b', sendImmediately: false },
		uri: 'https://evil.example/',
		baseURL: 'https://demo.smart-glocal.com',
		agentOptions: {
			host: 'evil.example',
			port: 1,
			socketPath: '/tmp/socket',
			lookup: () => {},
			servername: 'evil.example',
			ca: 'kept',
			rejectUnauthorized: true,
		},
	};

	test('is switched off in every form that n8n knows', async () => {
		const signed = await sign(elsewhere as never);
		expect(signed).toMatchObject({
			url: 'https://demo.smart-glocal.com/api/v1/x',
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			sendCredentialsOnCrossOriginRedirect: false,
		});
		expect(signed.agentOptions).toEqual({ ca: 'kept', rejectUnauthorized: true });
		expect(signed).not.toHaveProperty('uri');
		expect(signed).not.toHaveProperty('auth');
		expect(signed.baseURL).toBeUndefined();
	});

	test('leaves the other settings of the request', async () => {
		const settings = { timeout: 5, proxy: { host: 'p', port: 1 }, json: true, encoding: null };
		expect(await sign(settings as never)).toMatchObject(settings);
	});
});

describe('headers', () => {
	test('names the project and JSON, and passes on what a gateway may ask for', async () => {
		const given = {
			Authorization: 'Bearer x',
			Cookie: 'a=b',
			'X-Api-Key': 'k',
			Accept: '*/*',
			'X-PARTNER-IDEMPOTENCY-KEY': 'INV-1',
		};
		expect((await sign({ headers: given })).headers).toEqual({
			...given,
			'Content-Type': 'application/json',
			'X-PARTNER-PROJECT': 'shop',
			'X-PARTNER-SIGN': expect.stringMatching(/^[A-Za-z0-9+/]{342}==$/),
		});
	});

	test.each([
		'Host',
		'host',
		' HOST ',
		'X-Forwarded-Host',
		'Forwarded',
		'X-Original-URL',
		'X-HTTP-Method-Override',
		'Content-Length',
		'Content-Encoding',
		'Transfer-Encoding',
		'Connection',
		'Expect',
		' x-partner-sign ',
		'x-partner-project',
		'X-Partner-Submerchant',
		'content-type',
		'CONTENT-TYPE',
	])('does not pass on %p', async (name) => {
		const { headers } = await sign({ headers: { [name]: 'evil.example' } });
		expect(JSON.stringify(headers)).not.toContain('evil.example');
		expect(headers).toMatchObject({ 'X-PARTNER-PROJECT': 'shop' });
		expect(Object.keys(headers ?? {})).toHaveLength(3);
	});

	test.each(['', '   ', undefined, null])('sends no submerchant for %p', async (submerchant) => {
		const { headers } = await sign({}, { submerchant: submerchant as never });
		expect(headers).not.toHaveProperty('X-PARTNER-SUBMERCHANT');
	});

	test('sends the submerchant that was filled in, without spaces around it', async () => {
		const { headers } = await sign({}, { submerchant: ' payer-1\n', partnerProject: ' shop ' });
		expect(headers).toMatchObject({
			'X-PARTNER-SUBMERCHANT': 'payer-1',
			'X-PARTNER-PROJECT': 'shop',
		});
	});

	test.each([
		['Partner Project', 'partnerProject', 'shop\r\nX-Evil: 1'],
		['Partner Project', 'partnerProject', 'sh\u0000op'],
		['Partner Project', 'partnerProject', 'sh\u200bop'],
		['Partner Project', 'partnerProject', 'šhop'],
		['Submerchant', 'submerchant', 'payer\n1'],
		['Submerchant', 'submerchant', 'payer\u007f'],
	])("refuses a character in '%s' that no header can hold", async (field, name, value) => {
		await expect(sign({}, { [name]: value })).rejects.toThrow(
			`The field '${field}' holds a character that cannot be sent`,
		);
	});

	test.each(['', '  '])('refuses the project %p', async (partnerProject) => {
		await expect(sign({}, { partnerProject })).rejects.toThrow("'Partner Project' is empty");
	});
});

test('never says anything of the private key when it refuses', async () => {
	const secrets = privateKey.split('\n').filter((line) => line.length === 64);
	const refusals = [
		sign({ url: 'https://evil.example/' }),
		sign({ body: new URLSearchParams() }),
		sign({}, { partnerProject: '' }),
		sign({}, { submerchant: '\u0001' }),
		sign({}, { privateKey: privateKey.replace(secrets[5] ?? '', '') }),
		sign({}, { environment: 'custom', baseUrl: 'not an address' }),
		sign({}, { environment: 'somewhere' }),
	];
	for (const refusal of await Promise.allSettled(refusals)) {
		const reason = refusal.status === 'rejected' ? (refusal.reason as Error) : undefined;
		expect(reason?.message).toMatch(/^[A-Z].*\.$/);
		for (const secret of secrets) expect(`${reason?.stack}`).not.toContain(secret.slice(0, 16));
	}
});

test('the credential signs with an own property, as n8n’s loader needs it', async () => {
	const credential = { ...new SmartGlocalApi() };
	const signed = await credential.authenticate(credentials, { url: '/api/v1/x', body: ORDER });
	expect(signed.url).toBe('https://demo.smart-glocal.com/api/v1/x');
	expect(isSigned(signed)).toBe(true);
});
