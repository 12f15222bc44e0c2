import {
	createHash,
	createHmac,
	createPublicKey,
	generateKeyPairSync,
	privateEncrypt,
	sign,
} from 'node:crypto';
import type { Delivery } from './webhookDelivery.mts';
import { deliver, SIGNATURE_HEADER_NAME } from './webhookDelivery.mts';

/** Makes a forged delivery from a good one; the private key is the one that signed it. */
export type Forge = (good: Delivery, privateKey: string) => Delivery;

export type NamedForge = readonly [name: string, forge: Forge];

const PEM = {
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
} as const;
const OTHER_KEY = generateKeyPairSync('rsa', { modulusLength: 2048, ...PEM }).privateKey;
const SHORT_KEY = generateKeyPairSync('rsa', { modulusLength: 1024, ...PEM }).privateKey;
const EC_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256', ...PEM }).privateKey;

const signatureOf = ({ headers }: Delivery) => headers[SIGNATURE_HEADER_NAME] ?? '';
const bytes = (signature: string) => Buffer.from(signature, 'base64');
const withHeaders = (good: Delivery, headers: Record<string, string>): Delivery => ({
	...good,
	headers: { ...good.headers, ...headers },
});

function withoutSignature({ headers, body }: Delivery): Delivery {
	const others = Object.entries(headers).filter(([name]) => name !== SIGNATURE_HEADER_NAME);
	return { headers: Object.fromEntries(others), body };
}

/** Replaces the text of the signature. */
const text =
	(change: (signature: string) => string): Forge =>
	(good) =>
		withHeaders(good, { [SIGNATURE_HEADER_NAME]: change(signatureOf(good)) });

/** Changes the bytes of the signature and encodes them again. */
const raw = (change: (signature: Buffer) => Buffer): Forge =>
	text((signature) => change(bytes(signature)).toString('base64'));

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

function flipBit(signature: Buffer, index: number): Buffer {
	signature[index] = (signature[index] ?? 0) ^ 1;
	return signature;
}

/** The right signature, written or sent in another way. */
const OTHER_ENCODINGS: readonly NamedForge[] = [
	['no signature', withoutSignature],
	['an empty signature', text(() => '')],
	['a signature of spaces', text(() => '   ')],
	['the word null as the signature', text(() => 'null')],
	['the signature in hex', text((s) => bytes(s).toString('hex'))],
	['the signature in base64url', text((s) => bytes(s).toString('base64url'))],
	['the signature in base64url with more after it', text((s) => `${s.replace(/=+$/, '')}-_`)],
	[
		'the signature in binary',
		text((s) =>
			bytes(s)
				.toString('latin1')
				.replace(/[^\x21-\x7e]/g, '.'),
		),
	],
	['the signature encoded twice', text((s) => Buffer.from(s).toString('base64'))],
	['the signature in lower case', text((s) => s.toLowerCase())],
	['the signature without its padding', text((s) => s.replace(/=+$/, ''))],
	['the signature with more padding', text((s) => `${s}==`)],
	['the signature with a space inside', text((s) => `${s.slice(0, 40)} ${s.slice(40)}`)],
	['the signature in groups of 64 letters', text((s) => s.replace(/.{64}/g, '$& '))],
	['the signature in quotes', text((s) => `"${s}"`)],
	['the signature after a scheme', text((s) => `RSA-SHA256 ${s}`)],
	['the signature after a name', text((s) => `sha256=${s}`)],
	['the signature with an exclamation mark in it', text((s) => `${s.slice(0, 99)}!${s.slice(99)}`)],
	['the signature with garbage after it', text((s) => `${s}!garbage`)],
	['the signature with an accented letter', text((s) => `é${s.slice(1)}`)],
	['half of the signature', text((s) => s.slice(0, s.length / 2))],
	['the signature twice', text((s) => s + s)],
	['the signature twice with a comma', text((s) => `${s}, ${s}`)],
	['the signature and a wrong one', text((s) => `${s}, ${Buffer.alloc(256).toString('base64')}`)],
	[
		'a wrong signature and the right one',
		text((s) => `${Buffer.alloc(256).toString('base64')}, ${s}`),
	],
	['an over-long signature', text((s) => s.repeat(20))],
	['the signature after thousands of letters', text((s) => s.padStart(8_000, 'A'))],
	[
		'the signature under another name',
		(good) => withHeaders(withoutSignature(good), { 'x-partner-signature': signatureOf(good) }),
	],
	[
		'the signature in the content type',
		(good) =>
			withHeaders(withoutSignature(good), {
				'content-type': `application/json; sign="${signatureOf(good)}"`,
			}),
	],
];

/** Other bytes than those of the right signature. */
const OTHER_BYTES: readonly NamedForge[] = [
	['a truncated signature', raw((s) => s.subarray(0, 128))],
	['a signature without its last byte', raw((s) => s.subarray(0, -1))],
	['a signature with one byte more', raw((s) => Buffer.concat([s, Buffer.of(0)]))],
	['a signature with a zero byte in front', raw((s) => Buffer.concat([Buffer.of(0), s]))],
	['a signature of zero bytes', raw((s) => s.fill(0))],
	['a signature of 0xff bytes', raw((s) => s.fill(0xff))],
	['the number 1 as the signature', raw((s) => flipBit(s.fill(0), s.length - 1))],
	['one bit of the signature changed', raw((s) => flipBit(s, 100))],
	['the last bit of the signature changed', raw((s) => flipBit(s, s.length - 1))],
	['the signature reversed', raw((s) => s.reverse())],
];

/** Made with another key, in another way or over something else. */
const OTHER_ORIGINS: readonly NamedForge[] = [
	['a signature by another RSA key', made((body) => sign('RSA-SHA256', body, OTHER_KEY))],
	['a signature by a short RSA key', made((body) => sign('RSA-SHA256', body, SHORT_KEY))],
	['a signature by an EC key', made((body) => sign('SHA256', body, EC_KEY))],
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
	['a digest without a key', made(sha256)],
	['an HMAC in its place', made((body) => createHmac('sha256', 'secret').update(body).digest())],
	[
		'an HMAC with the public key',
		made((body, key) => createHmac('sha256', publicPem(key)).update(body).digest()),
	],
	[
		'64 hex digits, as in old documentation',
		(good) =>
			withHeaders(good, {
				[SIGNATURE_HEADER_NAME]: createHmac('sha256', 'x').update(good.body).digest('hex'),
			}),
	],
	[
		'the public key as the signature',
		made((_body, key) => bytes(publicPem(key).replace(/-----[^-]+-----|\s/g, ''))),
	],
	['the signature of another body', (good, key) => ({ ...deliver('{}', key), body: good.body })],
	['the signature of an empty body', over(() => '')],
	['the signature of a byte less', over((body) => body.subarray(0, -1))],
	['the signature of a line break more', over((body) => `${body.toString()}\n`)],
	[
		'the signature of the JSON laid out again',
		over((body) => JSON.stringify(JSON.parse(body.toString()), null, 2)),
	],
	['the signature of the digest', over((body) => sha256(body).toString('hex'))],
];

/** Deliveries whose signature is not the right one in standard base64. */
export const FORGED_SIGNATURES = [...OTHER_ENCODINGS, ...OTHER_BYTES, ...OTHER_ORIGINS];
