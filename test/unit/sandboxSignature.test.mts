import { belgianPayout } from '../support/belgianPayout.mts';
import { openssl, opensslPem, signByOpenssl, withFile } from '../support/openssl.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

const PRIVATE_KEY = opensslPem(['genrsa', '2048']);
const PUBLIC_KEY = opensslPem(['rsa', '-pubout'], PRIVATE_KEY);
const BODY = Buffer.from(JSON.stringify(belgianPayout({ reference: 'Überweisung 1' }), null, 2));

const context = usePartnerSandbox();

beforeAll(() => context.sandbox.addProject('openssl', PUBLIC_KEY));

async function sendSigned(signature: string | undefined, sendInstead: Buffer) {
	const headers = { 'X-PARTNER-PROJECT': 'openssl', 'X-PARTNER-SIGN': signature };
	return context.partner.post('v1/session/init/payout', {}, { headers, sendInstead });
}

test('accepts what OpenSSL signs, over the exact bytes with their spaces and umlauts', async () => {
	const response = await sendSigned(signByOpenssl(PRIVATE_KEY, BODY), BODY);
	expect(response.status).toBe(200);
	expect(context.sandbox.books.paidTimes('Überweisung 1')).toBe(1);
	expect(context.sandbox.requests()[0]).toMatchObject({
		signatureValid: true,
		status: 200,
		outcome: 'ok',
	});
	expect(context.sandbox.requests()[0]?.rawBytes.equals(BODY)).toBe(true);
});

const compact = (json: Buffer) => Buffer.from(JSON.stringify(JSON.parse(json.toString())));
const signWith = (...words: string[]) =>
	withFile(PRIVATE_KEY, (path) =>
		openssl(['dgst', ...words, '-sign', path], BODY).toString('base64'),
	);

test.each<[string, signature: string | undefined, body: Buffer]>([
	['a body in which one byte was altered', signByOpenssl(PRIVATE_KEY, BODY), withByte('9')],
	['the same JSON in another layout', signByOpenssl(PRIVATE_KEY, BODY), compact(BODY)],
	['no signature', undefined, BODY],
	['an empty signature', '', BODY],
	['hexadecimal digits', 'ab'.repeat(32), BODY],
	['wrapped base64', 'QUJD QUJD', BODY],
	['PSS padding', signWith('-sha256', '-sigopt', 'rsa_padding_mode:pss'), BODY],
	['SHA-1', signWith('-sha1'), BODY],
])('rejects %s', async (_name, signature, body) => {
	const { status, json } = await sendSigned(signature, body);
	expect([status, json]).toMatchObject([400, { error: { code: 'authentication_error' } }]);
	expect(context.sandbox.requests()[0]?.signatureValid).toBe(false);
	expect(context.sandbox.books.payouts()).toEqual([]);
});

/** The body with another first digit of its amount. */
function withByte(digit: string): Buffer {
	return Buffer.from(BODY.toString().replace('1000', `${digit}000`));
}

test('checks the signature before it parses the body', async () => {
	const garbage = Buffer.from('{"amount": ');
	const wrong = await sendSigned(signByOpenssl(PRIVATE_KEY, BODY), garbage);
	expect(wrong.json).toMatchObject({ error: { code: 'authentication_error' } });
	const right = await sendSigned(signByOpenssl(PRIVATE_KEY, garbage), garbage);
	expect(right.json).toMatchObject({ error: { code: 'invalid_request' } });
});

test('rejects an unknown project and a request without one', async () => {
	for (const project of ['somebody', undefined]) {
		const headers = { 'X-PARTNER-PROJECT': project };
		const response = await context.partner.post('v1/session/init/payout', BODY, { headers });
		expect(response.status).toBe(400);
		expect(response.json).toMatchObject({ error: { code: 'identification_error' } });
	}
});

test('rejects a project whose key is not an RSA public key', () => {
	const ecKey = opensslPem(['ecparam', '-name', 'prime256v1', '-genkey', '-noout']);
	const add = (pem: string) => () => context.sandbox.addProject('other', pem);
	expect(add(opensslPem(['ec', '-pubout'], ecKey))).toThrow(
		'of the type ec, not an RSA public key',
	);
	expect(add(PRIVATE_KEY)).toThrow('This is a private key.');
	expect(add('not a key')).toThrow('The public key could not be read.');
});
