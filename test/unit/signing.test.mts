import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { signBody } from '../../credentials/authenticateRequest';
import { loadSigningKey } from '../../credentials/keys';
import { verifySignature } from '../../nodes/SmartGlocalTrigger/verifySignature';
import { opensslPem, signByOpenssl } from '../support/openssl.mts';

/** The signature of `{}` in the tests of Bank 131's PHP SDK (API reference, section 2). */
const PUBLISHED =
	'Q+euWta2W3WhIHq/t3Gkvqbvf5RztorP41mbIW21nKDDeaLw0FQuGCg4rwjN/scjFYk1+kBfP+8gau3hDm7uaUyke5Kz44UkbOMVTpZROqS/ozqHllgHp7aatEDKil9WXAYadl8PlbhzbjgeDL1hvbEUyEzfaIxrZASNX9kZ08ORBGZCg76iEJ/HI5/I+QUdI3sEBPTn4gy88sPhlm5vYH1dVlPuMEDWTW7w7zVnV0hUvGeVygyJAW5Q3KbKtdQWajQJH9dPzISfV1rfczHu4YnewkyEOASPg+HpiEJOxxeZRnUONzkavUJEaCznNApWIR0C0stlRItaN+EBNTKvUw==';

/**
 * The public test key of that SDK, as its modulus. Its private half is not kept here, so that the
 * published signature is verified instead of made again.
 */
const sdkKey = createPublicKey({
	format: 'jwk',
	key: {
		kty: 'RSA',
		n: 'su4WmrCQfQRJe3l5A0cpvijEEArcfohQvi_U7Qxv0V4n8mmQOF1fzxQtwDIQ5UiKaY_QTDEJxGIBSZ6zxLWfL-OdO2UchndZ9TSsri0MAsHuk3J7qBp8XPVJTKvLH8gfaqsvcnwd3NyJn5bX5iwI28pBBNrGazWLR_sNq2xh4DkONCmX_tbd8P5kqKtIEnR9J4nRjvOkiaPnkN09Sd7_hjOLDPDNQeJTlv8hniQhJifkTd5P7_PJQdWeWYHbECV6YZ5cUgV_J6v0E6z72nEGV9Wz6jhoImEmU3gNIQuYrG8RqOQ_OXZd5LU2rfFTbVg4HTd5WWHis9o5VrhLQ8K4XQ',
		e: 'AQAB',
	},
});

const pem = opensslPem(['genrsa', '2048']);

test('takes the published signature for one of {}', async () => {
	expect(await verifySignature(Buffer.from('{}'), PUBLISHED, sdkKey)).toBe(true);
});

test('takes the published signature for one of nothing else', async () => {
	const others = ['', '{', '{ }', '{}\n', ' {}', '\ufeff{}', '[]', '{}{}', '{"a":1}', 'null'];
	for (const body of others) {
		expect(await verifySignature(Buffer.from(body), PUBLISHED, sdkKey)).toBe(false);
	}
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
			const body = Buffer.from(bytes);
			expect(await verifySignature(body, PUBLISHED, sdkKey)).toBe(body.toString('latin1') === '{}');
		}),
	);
});

test('signs in the form of the published signature, with nothing random in it', async () => {
	const key = loadSigningKey(pem, '');
	const signature = await signBody('{}', key);
	expect(key.asymmetricKeyDetails?.modulusLength).toBe(sdkKey.asymmetricKeyDetails?.modulusLength);
	for (const one of [PUBLISHED, signature]) expect(one).toMatch(/^[A-Za-z0-9+/]{342}==$/);
	expect(await signBody('{}', key)).toBe(signature);
	expect(await verifySignature(Buffer.from('{}'), signature, createPublicKey(pem))).toBe(true);
	expect(await verifySignature(Buffer.from('{}'), signature, sdkKey)).toBe(false);
});

test.each([
	['an empty object', '{}'],
	['nothing', ''],
	['Unicode', JSON.stringify({ name: 'Žofie Ünal Łukasz Δ 山田 😀', note: 'e\u0301 \u2028' })],
	['escaped Unicode', '{"name":"\\u017dofie"}'],
	['line ends and spaces', '{\r\n\t"a" : 1 ,\n "b": [ ] }'],
	['a large body', JSON.stringify(Array.from({ length: 20_000 }, (_, n) => `row ${n} é`))],
])('signs %s as OpenSSL does, as text and as bytes', async (_name, body) => {
	const key = loadSigningKey(pem, '');
	const expected = signByOpenssl(pem, body);
	expect(await signBody(body, key)).toBe(expected);
	expect(await signBody(Buffer.from(body), key)).toBe(expected);
});

test('signs any text so that its bytes can be verified', async () => {
	const key = loadSigningKey(pem, '');
	const publicKey = createPublicKey(pem);
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (body) => {
			const signature = Buffer.from(await signBody(body, key), 'base64');
			expect(verify('RSA-SHA256', Buffer.from(body), publicKey, signature)).toBe(true);
		}),
	);
});

test('signs with a long key, and leaves the event loop free meanwhile', async () => {
	const long = opensslPem(['genrsa', '4096']);
	const slow = loadSigningKey(long, '');
	const begin = performance.now();
	const signatures = Promise.all(Array.from({ length: 50 }, () => signBody('{}', slow)));
	await new Promise((resolve) => setImmediate(resolve));
	const firstTurn = performance.now() - begin;
	expect(new Set(await signatures)).toEqual(new Set([signByOpenssl(long, '{}')]));
	expect(firstTurn).toBeLessThan((performance.now() - begin) / 2);
});
