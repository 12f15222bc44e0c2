import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { belgianOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let shop: Merchant;
let folder: string;

function openssl(...words: string[]): Buffer {
	return execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
}

function signedByOpenssl(body: Buffer): string {
	writeFileSync(join(folder, 'body.json'), body);
	return openssl('dgst', '-sha256', '-sign', 'private.pem', 'body.json').toString('base64');
}

async function sendSigned(signature: string | undefined, sendInstead: Buffer) {
	const headers = { 'X-PARTNER-PROJECT': 'openssl', 'X-PARTNER-SIGN': signature };
	return shop.post('v1/session/init/payout', {}, { headers, sendInstead });
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-signature-'));
	openssl('genrsa', '-out', 'private.pem', '2048');
	openssl('rsa', '-in', 'private.pem', '-pubout', '-out', 'public.pem');
	sandbox = await startSandbox();
	shop = await joinAsMerchant(sandbox);
	sandbox.addProject('openssl', readFileSync(join(folder, 'public.pem'), 'utf8'));
});

afterAll(async () => {
	await sandbox.stop();
	rmSync(folder, { recursive: true });
});

beforeEach(() => sandbox.reset());

const body = Buffer.from(JSON.stringify(belgianOrder({ reference: 'Überweisung 1' }), null, 2));

test('accepts what OpenSSL signs, over the exact bytes with their spaces and umlauts', async () => {
	const reply = await sendSigned(signedByOpenssl(body), body);
	expect(reply.status).toBe(200);
	expect(sandbox.books.paidTimes('Überweisung 1')).toBe(1);
	expect(sandbox.requests()[0]).toMatchObject({ signatureValid: true, status: 200, outcome: 'ok' });
	expect(sandbox.requests()[0]?.rawBytes.equals(body)).toBe(true);
});

test('refuses a body in which one byte was altered', async () => {
	const altered = Buffer.from(body);
	altered[altered.indexOf('1000')] = '9'.charCodeAt(0);
	const reply = await sendSigned(signedByOpenssl(body), altered);
	expect(reply.status).toBe(400);
	expect(reply.json).toMatchObject({ status: 'error', error: { code: 'authentication_error' } });
	expect(sandbox.books.payouts()).toEqual([]);
});

test('refuses the same JSON in another layout', async () => {
	const compact = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
	const reply = await sendSigned(signedByOpenssl(body), compact);
	expect(reply.json).toMatchObject({ error: { code: 'authentication_error' } });
});

test.each([
	['no signature', undefined],
	['an empty signature', ''],
	['hexadecimal digits', 'ab'.repeat(32)],
	['base64 that is wrapped', 'QUJD QUJD'],
])('refuses %s', async (_name, signature) => {
	const reply = await sendSigned(signature, body);
	expect(reply.json).toMatchObject({ error: { code: 'authentication_error' } });
	expect(sandbox.requests()[0]?.signatureValid).toBe(false);
});

test('refuses PSS padding and SHA-1', async () => {
	writeFileSync(join(folder, 'body.json'), body);
	const pss = openssl(
		...['dgst', '-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sign', 'private.pem'],
		'body.json',
	);
	const sha1 = openssl('dgst', '-sha1', '-sign', 'private.pem', 'body.json');
	for (const signature of [pss, sha1]) {
		const reply = await sendSigned(signature.toString('base64'), body);
		expect(reply.json).toMatchObject({ error: { code: 'authentication_error' } });
	}
});

test('looks at the signature before it parses the body', async () => {
	const garbage = Buffer.from('{"amount": ');
	const wrong = await sendSigned(signedByOpenssl(body), garbage);
	expect(wrong.json).toMatchObject({ error: { code: 'authentication_error' } });
	const right = await sendSigned(signedByOpenssl(garbage), garbage);
	expect(right.json).toMatchObject({ error: { code: 'invalid_request' } });
});

test('refuses another project under the signature of this one', async () => {
	const reply = await shop.post('v1/session/init/payout', body, {
		headers: { 'X-PARTNER-PROJECT': 'openssl' },
	});
	expect(reply.json).toMatchObject({ error: { code: 'authentication_error' } });
});

test('does not know a project that was not added, nor a request without one', async () => {
	for (const project of ['somebody', undefined]) {
		const headers = { 'X-PARTNER-PROJECT': project };
		const reply = await shop.post('v1/session/init/payout', body, { headers });
		expect(reply.status).toBe(400);
		expect(reply.json).toMatchObject({ error: { code: 'identification_error' } });
	}
});

test('answers authentication errors with 401 when it is set so', async () => {
	sandbox.changeSettings({ authenticationStatus: 401 });
	const reply = await sendSigned(undefined, body);
	sandbox.changeSettings({ authenticationStatus: 400 });
	expect(reply.status).toBe(401);
});

test('accepts only the submerchants of a project that names them', async () => {
	const publicKey = readFileSync(join(folder, 'public.pem'), 'utf8');
	const limited = await startSandbox({
		projects: [{ id: 'openssl', publicKey, submerchants: ['payer-1'] }],
	});
	const merchant = await joinAsMerchant(limited);
	const signature = signedByOpenssl(body);
	const send = (submerchant: string) =>
		merchant.post('v1/session/init/payout', body, {
			headers: {
				'X-PARTNER-PROJECT': 'openssl',
				'X-PARTNER-SIGN': signature,
				'X-PARTNER-SUBMERCHANT': submerchant,
			},
		});
	const refused = await send('payer-2');
	const accepted = await send('payer-1');
	await limited.stop();
	expect(refused.json).toMatchObject({ error: { code: 'authorization_error' } });
	expect(accepted.status).toBe(200);
});

test('refuses to add a project whose key is not an RSA public key', () => {
	openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ec.pem');
	openssl('ec', '-in', 'ec.pem', '-pubout', '-out', 'ec-public.pem');
	const add = (file: string) => () =>
		sandbox.addProject('other', readFileSync(join(folder, file), 'utf8'));
	expect(add('ec-public.pem')).toThrow('is of the type ec, not an RSA public key');
	expect(add('private.pem')).toThrow('This is a private key.');
	expect(add('body.json')).toThrow('The public key could not be read.');
});
