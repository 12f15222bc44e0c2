import { createServer } from 'node:net';
import axios from 'axios';
import { belgianOrder, cardOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { openapi } from '../../sandbox/openapi/document.mts';
import { mistakesIn } from '../../sandbox/openapi/validation.mts';
import { makeKeyPair, type Sandbox, startSandbox } from '../../sandbox/server.mts';

const lines: string[] = [];
let sandbox: Sandbox;
let shop: Merchant;

beforeAll(async () => {
	sandbox = await startSandbox({ keepRequests: 3, log: (line) => lines.push(line) });
	shop = await joinAsMerchant(sandbox);
});

afterAll(() => sandbox.stop());

beforeEach(() => {
	sandbox.reset();
	sandbox.changeSettings({ autoConfirm: false, processingMs: 60_000 });
	lines.length = 0;
});

const admin = axios.create({ proxy: false, validateStatus: () => true });
const read = async (path: string) => (await admin.get(`${sandbox.url}/sandbox${path}`)).data;
const change = (path: string, body?: object) => admin.post(`${sandbox.url}/sandbox${path}`, body);
const init = (reference: string) =>
	shop.post('v1/session/init/payout', belgianOrder({ reference }), { key: reference });

test('keeps the latest requests only, and counts all of them', async () => {
	for (const reference of ['1', '2', '3', '4', '1']) await init(reference);
	expect(sandbox.requests().map((request) => request.number)).toEqual([3, 4, 5]);
	expect(sandbox.counters()).toEqual({
		received: 5,
		signatureValid: 5,
		outcomes: { ok: 4, idempotency_key_already_exists: 1 },
		faults: {},
	});
	expect(sandbox.books.payouts()).toHaveLength(4);
});

test('shows the books over HTTP as it does in the process', async () => {
	await init('INV/1 ä');
	expect(await read('/books')).toEqual({
		totals: sandbox.books.totals(),
		counters: sandbox.counters(),
		keys: { 'INV/1 ä': { accepted: 1, paid: 1, paidAmount: 1000 } },
		payouts: sandbox.books.payouts(),
	});
	expect(await read(`/books/${encodeURIComponent('INV/1 ä')}`)).toEqual(
		sandbox.books.summary('INV/1 ä'),
	);
	expect(await read('/books/nothing')).toMatchObject({ accepted: 0, paid: 0, payouts: [] });
});

test('shows received requests over HTTP, byte for byte', async () => {
	await init('INV-1');
	const [entry] = await read('/requests');
	expect(entry).toMatchObject({ number: 1, path: '/api/v1/session/init/payout', status: 200 });
	const bytes = sandbox.requests()[0]?.rawBytes;
	expect(Buffer.from(entry.rawBase64, 'base64')).toEqual(bytes);
	expect(entry.rawBody).toBe(bytes?.toString());
});

test('shows people what it received, without card numbers, signatures and script', async () => {
	const order = { ...cardOrder('4242424242424242'), metadata: '<script>alert(1)</script>' };
	await shop.post('v1/session/init/payout', order);
	const page = await read('');
	const shown = [page, ...lines].join('\n');
	expect(page).toContain('&lt;script&gt;');
	expect(page).toContain('visa card ending in 4242');
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(
		/session\/init\/payout {2}ok {2}reference .* {2}amount 3290 eur {2}signature ok/,
	);
	expect(shown).not.toContain('42424242');
	expect(shown).not.toContain(String(sandbox.requests()[0]?.headers['x-partner-sign']));
	expect(page).not.toContain('<script>');
});

test('adds projects, and says what is wrong with a key', async () => {
	const { publicKey } = await makeKeyPair();
	expect((await change('/projects', { id: 'new', publicKey })).status).toBe(200);
	const wrong = await change('/projects', { id: 'new', publicKey: 'no key' });
	expect(wrong.status).toBe(400);
	expect(wrong.data.message).toContain('The public key could not be read.');
});

test('sets faults, settings and balances, and refuses misspelt ones', async () => {
	const rules = [{ when: { nth: 1 }, fault: { type: 'status_429', retryAfter: 3 } }];
	expect((await change('/faults', { rules })).status).toBe(200);
	expect((await init('INV-1')).headers['retry-after']).toBe('3');
	const settings = await change('/settings', { latencyMs: 1, balances: { usd: 10 } });
	expect(settings.data).toMatchObject({ latencyMs: 1, autoConfirm: false });
	expect((await init('INV-1')).json).toMatchObject({
		error: { code: 'insufficient_wallet_balance' },
	});
	await change('/settings', { latencyMs: 0 });
	for (const [path, body] of [
		['/faults', { rules: [{ fault: 'status_418' }] }],
		['/faults', { rules: [{ fault: { type: 'error' } }] }],
		['/faults', { rules: [{ when: { key: '(' }, fault: 'slow' }] }],
		['/settings', { latency: 5 }],
		['/settings', { balances: { usd: '5' } }],
	] as const) {
		expect((await change(path, body)).status).toBe(400);
	}
	expect((await change('/reset')).status).toBe(200);
	expect(sandbox.requests()).toEqual([]);
});

test('fails and returns payouts over HTTP', async () => {
	sandbox.changeSettings({ autoConfirm: true });
	await init('INV-1');
	expect(
		(await change('/payouts/po_1', { action: 'fail', code: 'account_not_found' })).status,
	).toBe(200);
	expect(sandbox.books.paidTimes('INV-1')).toBe(0);
	expect((await change('/payouts/po_1', { action: 'return' })).data.message).toContain('is failed');
	expect((await change('/payouts/po_9', { action: 'fail' })).status).toBe(400);
});

test('leaves its own pages alone when faults are set', async () => {
	sandbox.setFaults([{ fault: 'status_403' }]);
	expect(await read('/books')).toMatchObject({ payouts: [] });
	expect(sandbox.counters().received).toBe(0);
});

test('serves the OpenAPI document and the key that webhooks are verified with', async () => {
	expect(await read('/openapi.json')).toEqual(JSON.parse(JSON.stringify(openapi)));
	expect(await read('/webhook-public-key')).toBe(sandbox.webhookPublicKey);
	expect(sandbox.webhookPublicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
});

test('has an OpenAPI document in which every reference leads somewhere', () => {
	const references = JSON.stringify(openapi).match(/#\/components\/schemas\/\w+/g) ?? [];
	const names = Object.keys(openapi.components.schemas);
	for (const reference of references) {
		expect(names).toContain(reference.replace('#/components/schemas/', ''));
	}
	for (const name of names) expect(() => mistakesIn(name, {})).not.toThrow();
});

test('answers 500 and says so loudly when its own answer is not valid', async () => {
	const complaints: string[] = [];
	const broken = await startSandbox({
		balances: { usd: -1 },
		log: (line) => complaints.push(line),
	});
	const merchant = await joinAsMerchant(broken);
	const reply = await merchant.post('v1/wallet/balance', {
		request_datetime: '2024-04-10T19:53:00Z',
	});
	await broken.stop();
	expect(reply.status).toBe(500);
	expect(reply.json).toMatchObject({ error: { code: 'internal_error' } });
	expect(complaints.join('\n')).toContain('BUG IN THE SANDBOX: the answer to wallet/balance');
});

test('stops listening when it is stopped, also with a connection open and a slow answer', async () => {
	const other = await startSandbox();
	const merchant = await joinAsMerchant(other);
	other.setFaults([{ fault: 'slow' }]);
	const answer = merchant.post('v1/session/init/payout', belgianOrder(), { key: 'INV-1' });
	const failed = expect(answer).rejects.toThrow();
	while (other.books.paidTimes('INV-1') === 0) await new Promise((done) => setTimeout(done, 5));
	await other.stop();
	await failed;
	await expect(admin.get(other.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('does not start on a port that is taken', async () => {
	const taken = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => taken.once('listening', resolve));
	const { port } = taken.address() as { port: number };
	await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	taken.close();
});
