import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

/** A delivery as it arrives over HTTP. */
export interface Delivery {
	headers: Record<string, string>;
	body: Buffer;
}

const SIGNATURE = 'x-partner-sign';

/** A delivery as Smart Glocal makes it: signed over the exact bytes. */
export function deliver(event: unknown, privateKey: string): Delivery {
	const body = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
	return {
		headers: {
			'content-type': 'application/json',
			[SIGNATURE]: sign('RSA-SHA256', body, privateKey).toString('base64'),
		},
		body,
	};
}

const otherKey = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const ecKey = generateKeyPairSync('ec', {
	namedCurve: 'P-256',
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

type Forge = (good: Delivery, privateKey: string) => Delivery;

const withSignature =
	(change: (signature: string, good: Delivery, privateKey: string) => string): Forge =>
	(good, privateKey) => ({
		...good,
		headers: {
			...good.headers,
			[SIGNATURE]: change(good.headers[SIGNATURE] ?? '', good, privateKey),
		},
	});
const withBody =
	(change: (body: Buffer) => Buffer | string): Forge =>
	(good) => ({ ...good, body: Buffer.from(change(good.body)) });
const text = (change: (json: string) => string) => withBody((body) => change(body.toString()));
const flip = (buffer: Buffer, index: number) => {
	const flipped = Buffer.from(buffer);
	flipped[index] = (flipped[index] ?? 0) ^ 1;
	return flipped;
};
const bytes = (signature: string) => Buffer.from(signature, 'base64');
const resigned =
	(change: (body: Buffer) => Buffer | string, contentType = 'application/json'): Forge =>
	(good, privateKey) => {
		const delivery = deliver(change(good.body).toString(), privateKey);
		return { ...delivery, headers: { ...delivery.headers, 'content-type': contentType } };
	};

/** Deliveries that are not what Smart Glocal sent: each must be refused and start nothing. */
export const FORGERIES: ReadonlyArray<readonly [string, Forge]> = [
	['no signature', ({ body }) => ({ headers: { 'content-type': 'application/json' }, body })],
	['an empty signature', withSignature(() => '')],
	['a signature of spaces', withSignature(() => '   ')],
	[
		'a signature by another RSA key',
		withSignature(
			(_s, good) => deliver(good.body.toString(), otherKey.privateKey).headers[SIGNATURE] ?? '',
		),
	],
	[
		'a signature by an EC key',
		withSignature((_s, good) => sign('SHA256', good.body, ecKey).toString('base64')),
	],
	[
		'a signature with SHA-1',
		withSignature((_s, good, key) => sign('RSA-SHA1', good.body, key).toString('base64')),
	],
	[
		'a signature with SHA-512',
		withSignature((_s, good, key) => sign('RSA-SHA512', good.body, key).toString('base64')),
	],
	[
		'a signature with PSS padding',
		withSignature((_s, good, key) =>
			sign('RSA-SHA256', good.body, { key, padding: 6 }).toString('base64'),
		),
	],
	[
		'an HMAC in its place',
		withSignature((_s, good) => createHmac('sha256', 'secret').update(good.body).digest('base64')),
	],
	[
		'64 hex digits, as in old documentation',
		withSignature((_s, good) => createHmac('sha256', 'x').update(good.body).digest('hex')),
	],
	['the signature in hex', withSignature((s) => bytes(s).toString('hex'))],
	['the signature in base64url', withSignature((s) => `${bytes(s).toString('base64url')}-_`)],
	[
		'the signature in binary',
		withSignature((s) =>
			bytes(s)
				.toString('latin1')
				.replace(/[^\x21-\x7e]/g, '.'),
		),
	],
	['the signature encoded twice', withSignature((s) => Buffer.from(s).toString('base64'))],
	['the signature without its padding', withSignature((s) => s.replace(/=+$/, ''))],
	['the signature with more padding', withSignature((s) => `${s}==`)],
	['the signature with a space inside', withSignature((s) => `${s.slice(0, 40)} ${s.slice(40)}`)],
	['the signature in quotes', withSignature((s) => `"${s}"`)],
	['the signature after a scheme', withSignature((s) => `RSA-SHA256 ${s}`)],
	['the signature twice', withSignature((s) => s + s)],
	['the signature twice with a comma', withSignature((s) => `${s}, ${s}`)],
	['a truncated signature', withSignature((s) => bytes(s).subarray(0, 128).toString('base64'))],
	[
		'a signature without its last byte',
		withSignature((s) => bytes(s).subarray(0, -1).toString('base64')),
	],
	[
		'a signature with one byte more',
		withSignature((s) => Buffer.concat([bytes(s), Buffer.of(0)]).toString('base64')),
	],
	[
		'a signature with a zero byte in front',
		withSignature((s) => Buffer.concat([Buffer.of(0), bytes(s)]).toString('base64')),
	],
	['an over-long signature', withSignature((s) => s.repeat(20))],
	[
		'a signature of zero bytes',
		withSignature((s) => Buffer.alloc(bytes(s).length).toString('base64')),
	],
	[
		'a signature of 0xff bytes',
		withSignature((s) => Buffer.alloc(bytes(s).length, 0xff).toString('base64')),
	],
	[
		'one bit of the signature changed',
		withSignature((s) => flip(bytes(s), 100).toString('base64')),
	],
	[
		'the signature reversed',
		withSignature((s) => Buffer.from(bytes(s)).reverse().toString('base64')),
	],
	[
		'the signature of another body',
		withSignature((_s, _good, key) => deliver('{}', key).headers[SIGNATURE] ?? ''),
	],
	[
		'the signature of an empty body',
		withSignature((_s, _good, key) => deliver('', key).headers[SIGNATURE] ?? ''),
	],
	['one digit of the amount changed', text((json) => json.replace('10050', '90050'))],
	[
		'failed changed to succeeded',
		text((json) => json.replace('"failed"', '"succeeded"').replace('po_1', 'po_2')),
	],
	['another session', text((json) => json.replace('ps_', 'ps_9'))],
	['another type', text((json) => json.replace('payment_finished', 'ready_to_confirm'))],
	['one bit of the body changed', withBody((body) => flip(body, 10))],
	['a space at the end of the body', text((json) => `${json} `)],
	['a line break at the end of the body', text((json) => `${json}\n`)],
	['a byte order mark before the body', text((json) => `\ufeff${json}`)],
	['the JSON laid out again', text((json) => JSON.stringify(JSON.parse(json), null, 2))],
	[
		'the keys of the JSON in another order',
		text((json) =>
			JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json) as object).reverse())),
		),
	],
	[
		'slashes escaped in the JSON',
		text((json) => json.replace(/\//g, '\\/').replace('"type"', '"typ\\u0065"')),
	],
	['a key added', text((json) => json.replace('{', '{"x":1,'))],
	['a second type', text((json) => json.replace('{', '{"type":"payment_finished",'))],
	['a body cut off', withBody((body) => body.subarray(0, -1))],
	['an empty body', withBody(() => '')],
	['an empty body, signed', resigned(() => '')],
	['JSON that is cut off, signed', resigned((body) => body.subarray(0, -1))],
	['text that is not JSON, signed', resigned(() => 'payment_finished')],
	[
		'a form instead of JSON, signed',
		resigned(() => 'type=payment_finished', 'application/x-www-form-urlencoded'),
	],
	['JSON called text, signed', resigned((body) => body, 'text/plain')],
	['several megabytes', text((json) => json.replace('{', `{"x":"${'x'.repeat(3_000_000)}",`))],
	[
		'several megabytes, signed',
		resigned((body) => body.toString().replace('{', `{"x":"${'x'.repeat(3_000_000)}",`)),
	],
];

/** A webhook about a finished payout, as the documentation shows it. */
export function finishedPayout(reference: string, status = 'failed') {
	return {
		type: 'payment_finished',
		session: {
			id: 'ps_3230',
			status: 'accepted',
			created_at: '2024-05-27T02:03:00.000000Z',
			updated_at: '2024-05-27T02:03:00.000000Z',
			payments: [
				{
					id: 'po_1313',
					status,
					created_at: '2024-05-27T02:03:00.000000Z',
					payment_method: { type: 'bank_account', note: 'a/b' },
					amount_details: { amount: 10050, currency: 'usd' },
					metadata: reference,
				},
			],
		},
	};
}
