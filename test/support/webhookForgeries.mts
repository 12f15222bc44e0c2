import { createHash, createHmac, createPublicKey, privateEncrypt, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { rsaKeys } from './rsaKeys.mts';
import type { Delivery } from './webhookDelivery.mts';
import { deliver, SIGNATURE_HEADER_NAME } from './webhookDelivery.mts';

/** Makes a forged delivery from a good one; the private key is the one that signed it. */
export type Forge = (good: Delivery, privateKey: string) => Delivery;

export type NamedForge = readonly [name: string, forge: Forge];

const MEGABYTE = 1_000_000;
const OTHER_KEY = rsaKeys().privateKey;

const withHeaders = (good: Delivery, headers: Record<string, string>): Delivery => ({
	...good,
	headers: { ...good.headers, ...headers },
});

function withoutSignature({ headers, body }: Delivery): Delivery {
	const others = Object.entries(headers).filter(([name]) => name !== SIGNATURE_HEADER_NAME);
	return { headers: Object.fromEntries(others), body };
}

/** Replaces the text of the signature. */
const written =
	(change: (signature: string) => string): Forge =>
	(good) =>
		withHeaders(good, {
			[SIGNATURE_HEADER_NAME]: change(good.headers[SIGNATURE_HEADER_NAME] ?? ''),
		});

/** Changes the bytes of the signature and encodes them again. */
const bytes = (change: (signature: Buffer) => Buffer): Forge =>
	written((signature) => change(Buffer.from(signature, 'base64')).toString('base64'));

/** Makes a signature of its own over the body. */
const made =
	(make: (body: Buffer, privateKey: string) => Buffer): Forge =>
	(good, privateKey) =>
		withHeaders(good, { [SIGNATURE_HEADER_NAME]: make(good.body, privateKey).toString('base64') });

/** Signs something else with the right key. */
const over = (other: (body: Buffer) => string | Buffer): Forge =>
	made((body, key) => sign('RSA-SHA256', Buffer.from(other(body)), key));

const sha256 = (body: Buffer) => createHash('sha256').update(body).digest();
const publicPem = (privateKey: string) =>
	createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();

function flipBit(buffer: Buffer, index: number): Buffer {
	const flipped = Buffer.from(buffer);
	flipped[index] = (flipped[index] ?? 0) ^ 1;
	return flipped;
}

/** Deliveries whose signature is not the right one in standard base64. */
export const FORGED_SIGNATURES: readonly NamedForge[] = [
	['no signature', withoutSignature],
	['an empty signature', written(() => '')],
	['the signature in hex', written((s) => Buffer.from(s, 'base64').toString('hex'))],
	['the signature in base64url', written((s) => Buffer.from(s, 'base64').toString('base64url'))],
	['the signature encoded twice', written((s) => Buffer.from(s).toString('base64'))],
	['the signature in lower case', written((s) => s.toLowerCase())],
	['the signature without its padding', written((s) => s.replace(/=+$/, ''))],
	['the signature with more padding', written((s) => `${s}==`)],
	['the signature with a space inside', written((s) => `${s.slice(0, 40)} ${s.slice(40)}`)],
	['the signature after a name', written((s) => `sha256=${s}`)],
	['the signature with garbage after it', written((s) => `${s}!garbage`)],
	['the signature twice with a comma', written((s) => `${s}, ${s}`)],
	['an over-long signature', written((s) => s.repeat(20))],
	[
		'the signature under another name',
		(good) =>
			withHeaders(withoutSignature(good), {
				'x-partner-signature': good.headers[SIGNATURE_HEADER_NAME] ?? '',
			}),
	],

	['a truncated signature', bytes((s) => s.subarray(0, 128))],
	['a signature with one byte more', bytes((s) => Buffer.concat([s, Buffer.of(0)]))],
	['a signature with a zero byte in front', bytes((s) => Buffer.concat([Buffer.of(0), s]))],
	['a signature of zero bytes', bytes((s) => s.fill(0))],
	['a signature of 0xff bytes', bytes((s) => s.fill(0xff))],
	['one bit of the signature changed', bytes((s) => flipBit(s, 100))],

	['a signature by another RSA key', made((body) => sign('RSA-SHA256', body, OTHER_KEY))],
	['a signature with SHA-1', made((body, key) => sign('RSA-SHA1', body, key))],
	['a signature with SHA-512', made((body, key) => sign('RSA-SHA512', body, key))],
	[
		'a signature with PSS padding',
		made((body, key) => sign('RSA-SHA256', body, { key, padding: 6 })),
	],
	[
		'a signature without the name of its digest',
		made((body, key) => privateEncrypt(key, sha256(body))),
	],
	[
		'an HMAC with the public key',
		made((body, key) => createHmac('sha256', publicPem(key)).update(body).digest()),
	],
	['the signature of another body', (good, key) => ({ ...deliver('{}', key), body: good.body })],
	['the signature of an empty body', over(() => '')],
	['the signature of a line break more', over((body) => `${body.toString()}\n`)],
	['the signature of the digest', over((body) => sha256(body).toString('hex'))],
];

/** Changes the body and keeps the signature of the good one. */
const changed =
	(change: (json: string) => Buffer | string, headers: Record<string, string> = {}): Forge =>
	(good) => ({
		headers: { ...good.headers, ...headers },
		body: Buffer.from(change(good.body.toString())),
	});

const padded = (body: string, length: number) => body.replace('{', `{"x":"${'x'.repeat(length)}",`);

/** Bodies that were changed after they had been signed. */
const CHANGED_BODIES: readonly NamedForge[] = [
	['one digit of the amount changed', changed((body) => body.replace('10050', '90050'))],
	['failed changed to succeeded', changed((body) => body.replace('"failed"', '"succeeded"'))],
	['a space before the body', changed((body) => ` ${body}`)],
	['a line break at the end of the body', changed((body) => `${body}\n`)],
	['a byte order mark before the body', changed((body) => `\ufeff${body}`)],
	['the JSON laid out again', changed((body) => JSON.stringify(JSON.parse(body), null, 2))],
	[
		'the keys of the JSON in another order',
		changed((body) =>
			JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse())),
		),
	],
	['underscores escaped in the JSON', changed((body) => body.replaceAll('_', '\\u005f'))],
	['a key added', changed((body) => body.replace('{', '{"x":1,'))],
	['a second type', changed((body) => body.replace(/\}$/, ',"type":"payment_finished"}'))],
	['half of the body', changed((body) => body.slice(0, body.length / 2))],
	['an empty body', changed(() => '')],
	[
		'the body in UTF-16',
		changed((body) => Buffer.from(body, 'utf16le'), {
			'content-type': 'application/json; charset=utf-16le',
		}),
	],
	['several megabytes', changed((body) => padded(body, 3 * MEGABYTE))],
];

/** Changes the body and signs it properly. A content type that is null is left out. */
const signed =
	(
		change: (body: string) => Buffer | string,
		contentType: string | null = 'application/json',
		headers: Record<string, string> = {},
	): Forge =>
	(good, privateKey) => {
		const delivery = deliver(Buffer.from(change(good.body.toString())), privateKey);
		Object.assign(delivery.headers, { 'content-type': contentType }, headers);
		if (contentType === null) delete delivery.headers['content-type'];
		return delivery;
	};
const same = (body: string) => body;

/** Properly signed, but nothing that can be read as a webhook. */
const UNREADABLE_BODIES: readonly NamedForge[] = [
	['an empty body, signed', signed(() => '')],
	['JSON that is cut off, signed', signed((body) => body.slice(0, -1))],
	[
		'bytes that are not UTF-8, signed',
		signed((body) => Buffer.concat([Buffer.from(body), Buffer.of(0xff, 0xfe)])),
	],
	[
		'a form instead of JSON, signed',
		signed(() => 'type=payment_finished', 'application/x-www-form-urlencoded'),
	],
	['JSON called text, signed', signed(same, 'text/plain')],
	['JSON without a content type, signed', signed(same, null)],
	['several megabytes, signed', signed((body) => padded(body, 3 * MEGABYTE))],
	[
		'compressed before it was signed',
		signed((body) => gzipSync(body), 'application/json', { 'content-encoding': 'gzip' }),
	],
];

/** Deliveries that are not what Smart Glocal sent: each must be refused and start nothing. */
export const FORGERIES: readonly NamedForge[] = [
	...FORGED_SIGNATURES,
	...CHANGED_BODIES,
	...UNREADABLE_BODIES,
];

/** Properly signed, but n8n itself fails to read them (HTTP 500, n8n 2.41) before the trigger does. */
export const UNREADABLE_FOR_N8N: readonly NamedForge[] = [
	['more megabytes than n8n reads', signed((body) => padded(body, 17 * MEGABYTE))],
	['gzip in name only', signed(same, 'application/json', { 'content-encoding': 'gzip' })],
];

/** JSON that is no event of a payout. Signed properly, it is acknowledged and starts nothing. */
export const NON_EVENTS: ReadonlyArray<readonly [name: string, body: string]> = [
	['null', 'null'],
	['a text', '"payment_finished"'],
	['an empty list', '[]'],
	['an event in a list', '[{"type":"payment_finished","session":{"id":"ps_1"}}]'],
	['a very deep list', '['.repeat(100_000) + ']'.repeat(100_000)],
	['no type', '{"session":{"id":"ps_1"}}'],
	['no session', '{"type":"payment_finished"}'],
	['an unknown type', '{"type":"brand_new","session":{"id":"ps_1"}}'],
];
