import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { signBody } from '../../credentials/authenticateRequest';
import { loadSigningKey, readVerificationKeys } from '../../credentials/keys';
import { verifySignature } from '../../nodes/SmartGlocalTrigger/verifySignature';
import { certify, openssl, opensslPem, signByOpenssl, withFile } from '../support/openssl.mts';
import { UNWANTED_WORDS } from '../support/nodeMessages.mts';
import { disfigurements, loneDisfigurements } from '../support/pastedKeys.mts';

const privateKey = opensslPem(['genrsa', '2048']);
const publicKey = opensslPem(['rsa', '-pubout'], privateKey);
const pkcs1 = opensslPem(['rsa', '-RSAPublicKey_out'], privateKey);
const ecKey = opensslPem(['ecparam', '-name', 'prime256v1', '-genkey', '-noout']);
const otherKey = opensslPem(['genrsa', '2048']);
const ownKey = opensslPem(['genrsa', '2048']);
const publicOf = (pem: string) => opensslPem(['pkey', '-pubout'], pem);
const encrypted = opensslPem(['pkcs8', '-topk8', '-passout', 'pass:secret'], privateKey);

/** The one key that was pasted. */
function readKey(webhookPublicKey: string): KeyObject {
	const [key, ...others] = readVerificationKeys({ webhookPublicKey });
	expect(others).toEqual([]);
	return key as KeyObject;
}

const request = withFile(privateKey, (path) =>
	opensslPem(['req', '-new', '-key', path, '-subj', '/CN=x']),
);

const body = Buffer.from('{"type":"payment_finished","name":"Žofie"}');
const signature = signByOpenssl(privateKey, body);

const formats: ReadonlyArray<[name: string, pem: string]> = [
	['SPKI', publicKey],
	['PKCS#1', pkcs1],
	['a certificate', certify(privateKey)],
];
const pastes: ReadonlyArray<[name: string, paste: (pem: string) => string]> = [
	['exactly as in the file', (pem) => pem],
	['with Windows line ends', (pem) => pem.replace(/\n/g, '\r\n')],
	['on one line with spaces', (pem) => pem.replace(/\n/g, ' ')],
	['on one line without anything between', (pem) => pem.replace(/\n/g, '')],
	['with literal \\n', (pem) => pem.replace(/\n/g, '\\n')],
	['with text around it', (pem) => `Our key:\n${pem}\nRegards -- Smart Glocal`],
];

test.each(
	formats.flatMap(([format, pem]) =>
		pastes.map(([name, paste]) => ({ format, name, pasted: paste(pem) })),
	),
)('verifies a signature of OpenSSL with $format pasted $name', async ({ pasted }) => {
	expect(await verifySignature(body, signature, readKey(pasted))).toBe(true);
});

describe.each([...disfigurements, ...loneDisfigurements])('a key with $name', ({ disfigure }) => {
	test.each(formats)('is read from %s', (_format, pem) => {
		expect(readKey(disfigure(pem)).equals(createPublicKey(publicKey))).toBe(true);
	});
});

test('reads base64 without BEGIN and END lines', () => {
	for (const [, pem] of formats) {
		const key = readKey(pem.replace(/-----.*-----/g, ''));
		expect(key.equals(createPublicKey(publicKey))).toBe(true);
	}
});

test('reads any key after any two of these, whatever words are in its base64', () => {
	// Each has a meaning in some way of writing a text.
	const word = fc.constantFrom(
		...'u1234 u002B n r t nbsp br x2F 20 3D 0A A KEY END / + LS0t MII'.split(' '),
	);
	const words = fc.array(word, { minLength: 342, maxLength: 342 });
	const disfigurement = fc.constantFrom(...disfigurements);
	fc.assert(
		fc.property(words, disfigurement, disfigurement, (base64, one, other) => {
			const n = `w${base64.join('').slice(0, 338)}AAB`.replace(/\+/g, '-').replace(/\//g, '_');
			const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: 'AQAB', n } });
			const pem = key.export({ type: 'spki', format: 'pem' }).toString();
			expect(readKey(other.disfigure(one.disfigure(pem))).equals(key)).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
});

describe('several keys', () => {
	const own = publicOf(ownKey);
	const other = publicOf(otherKey);
	const read = (webhookPublicKey: string, privateKey = '') =>
		readVerificationKeys({ webhookPublicKey, privateKey });

	test('are read in their order, each once, in any format', () => {
		const pasted = `Old:\n${publicKey}New:\n${other}${pkcs1}${certify(privateKey)}`;
		const keys = read(pasted, ownKey);
		const expected = [publicKey, other].map((pem) => createPublicKey(pem));
		expect(keys).toHaveLength(2);
		for (const [index, key] of keys.entries()) expect(expected[index]?.equals(key)).toBe(true);
	});

	test('are read when one of them came by a chat, and one by mail', () => {
		const chat = publicKey.replaceAll('-----', '—–');
		const mail = other.replace(/^/gm, '> ');
		expect(read(`${chat}${mail}`)).toHaveLength(2);
	});

	test.each([
		['one whose END line is missing', () => publicKey + other.slice(0, 300)],
		['one whose BEGIN line is missing', () => publicKey + other.slice(30)],
		['one whose middle is missing', () => publicKey + other.replace(/\n.{64}\n/, '\n')],
		['lines around nothing', () => `-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----${other}`],
		['lines around text', () => `-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----${other}`],
		['a certificate request', () => other + request],
	])('are refused with %s among them', (_name, paste) => {
		expect(refusalOf(paste())).toMatch(/was not copied whole/);
	});

	test('are refused with one’s own among them', () => {
		for (const pasted of [own, publicKey + own, own + publicKey, certify(ownKey)]) {
			expect(refusalOf(pasted)).toMatch(/^Your own public key was pasted/);
		}
	});

	test('are read beside a private key that cannot be read', () => {
		for (const unreadable of ['', 'nonsense', encrypted, ecKey]) {
			expect(read(publicKey, unreadable)).toHaveLength(1);
		}
	});

	test('are ten at most', () => {
		const made = Array.from({ length: 11 }, (_, index) => {
			const n = Buffer.alloc(256, index + 129).toString('base64url');
			const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: 'AQAB', n } });
			return key.export({ type: 'spki', format: 'pem' }).toString();
		});
		expect(read([...made.slice(1), ...made.slice(1)].join(''))).toHaveLength(10);
		expect(refusalOf(made.join(''))).toMatch(/more than 10 keys/);
	});
});

/** Says what is wrong, and nothing of what was pasted. */
function refusalOf(pasted: string): string {
	try {
		readVerificationKeys({ webhookPublicKey: pasted, privateKey: ownKey });
	} catch (refusal) {
		const { message, stack } = refusal as Error;
		for (const line of pasted.split('\n').filter((text) => text.length >= 40)) {
			expect(`${message}${stack}`).not.toContain(line.slice(0, 40));
		}
		return message;
	}
	throw new Error('The key was taken.');
}

const wrong: ReadonlyArray<[name: string, pasted: string, phrase: RegExp]> = [
	['nothing', '', /has no public key/],
	['spaces', ' \n\t', /has no public key/],
	['a private key', privateKey, /A private key was pasted.*Remove it there/],
	['a private key of PKCS#1', opensslPem(['rsa', '-traditional'], privateKey), /A private key/],
	['an encrypted private key', encrypted, /A private key was pasted/],
	['a private key without its lines', privateKey.replace(/-----.*-----/g, ''), /A private key was/],
	['a private key in bad shape', privateKey.replaceAll('-----', '—'), /A private key was pasted/],
	['a private key of another kind', ecKey, /A private key was pasted/],
	['a private key beside its public key', publicKey + privateKey, /A private key was pasted/],
	['an elliptic curve key', publicOf(ecKey), /is of the type ec, but an RSA key/],
	[
		'an Ed25519 key',
		publicOf(opensslPem(['genpkey', '-algorithm', 'ed25519'])),
		/of the type ed25519/,
	],
	[
		'an RSA key for PSS only',
		publicOf(opensslPem(['genpkey', '-algorithm', 'RSA-PSS'])),
		/of the type rsa-pss/,
	],
	['a key of 512 bits', publicOf(opensslPem(['genrsa', '512'])), /an RSA key of 512 bits, but/],
	['one’s own key', publicOf(ownKey), /Your own public key was pasted/],
	[
		'one’s own key in bad shape',
		publicOf(ownKey).replaceAll('-----', '——'),
		/Your own public key was pasted/,
	],
	['a key without its last line', publicKey.slice(0, 300), /not copied whole/],
	['a key whose middle is missing', publicKey.replace(/\n.{64}\n/, '\n'), /not copied whole/],
	['a certificate request', request, /not a public key in PEM/],
	['an SSH key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 ann@example', /not a public key in PEM/],
	[
		'a JWK',
		JSON.stringify(createPublicKey(publicKey).export({ format: 'jwk' })),
		/not a public key/,
	],
	['an address', 'https://smart-glocal.com/public.pem', /not a public key in PEM/],
	['a signature', signature, /not a public key in PEM/],
];

test.each(wrong)('refuses %s, and says where the key comes from', (_name, pasted, phrase) => {
	const message = refusalOf(pasted);
	expect(message).toMatch(phrase);
	expect(message).toMatch(/^[A-Z].*\. Ask your account manager at Smart Glocal .*\.$/);
	expect(message).toContain("'Webhook Public Key'");
	expect(message).not.toMatch(UNWANTED_WORDS);
});

test.each([1024, 2050, 3072])('verifies with a key of %i bits', async (bits) => {
	const pem = opensslPem(['genrsa', String(bits)]);
	const key = readKey(publicOf(pem));
	expect(await verifySignature(body, signByOpenssl(pem, body), key)).toBe(true);
	expect(await verifySignature(body, signature, key)).toBe(false);
});

test('verifies what our own credential signs, and no other bytes', async () => {
	const [signing, key] = [loadSigningKey(privateKey, ''), readKey(publicKey)];
	const bytes = fc.uint8Array({ maxLength: 200 });
	await fc.assert(
		fc.asyncProperty(bytes, bytes, async (signed, other) => {
			const made = await signBody(Buffer.from(signed), signing);
			expect(await verifySignature(Buffer.from(signed), made, key)).toBe(true);
			const isSame = Buffer.compare(signed, other) === 0;
			expect(await verifySignature(Buffer.from(other), made, key)).toBe(isSame);
		}),
		{ numRuns: 50 },
	);
});

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The same bytes in base64 whose unused last bits are not zero: decoders take both. */
function withOtherLastBits(base64: string): string {
	const last = base64.length - 3;
	const other = BASE64[BASE64.indexOf(base64[last] ?? '') + 1] ?? '';
	return `${base64.slice(0, last)}${other}==`;
}

const encodings: ReadonlyArray<[name: string, encode: (base64: string) => unknown]> = [
	['with less padding', (text) => text.slice(0, -1)],
	['with other unused bits', withOtherLastBits],
	['in base64url', (text) => text.replace(/\+/g, '-').replace(/\//g, '_').replace(/A/, '-')],
	['with a line end', (text) => `${text}\n`],
	['on several lines', (text) => text.replace(/.{64}/g, '$&\n')],
	['with a space before it', (text) => ` ${text}`],
	['with a character in it that decoders skip', (text) => `${text.slice(0, 9)}!${text.slice(9)}`],
	['in bytes', (text) => Buffer.from(text, 'base64')],
	['in a list, as from a repeated header', (text) => [text]],
	['as an object with that text', (text) => ({ toString: () => text })],
];

test.each(encodings)('refuses a good signature %s', async (_name, encode) => {
	const key = readKey(publicKey);
	expect(await verifySignature(body, signature, key)).toBe(true);
	expect(await verifySignature(body, encode(signature), key)).toBe(false);
});

test('the other unused bits are of the same bytes', () => {
	const other = withOtherLastBits(signature);
	expect(other).not.toBe(signature);
	expect(Buffer.from(other, 'base64')).toEqual(Buffer.from(signature, 'base64'));
});

test('refuses whatever else a header can hold', async () => {
	const key = readKey(publicKey);
	const sha1 = withFile(privateKey, (path) => openssl(['dgst', '-sha1', '-sign', path], body));
	for (const other of [undefined, null, '', true, 0, {}, sha1.toString('base64')]) {
		expect(await verifySignature(body, other, key)).toBe(false);
	}
	const anyBytes = fc.uint8Array({ minLength: 256, maxLength: 256 });
	await fc.assert(
		fc.asyncProperty(fc.oneof(fc.anything(), fc.base64String(), anyBytes), async (value) => {
			const header = value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
			expect(await verifySignature(body, header, key)).toBe(false);
		}),
		{ numRuns: 500 },
	);
});
