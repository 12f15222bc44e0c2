import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { belgianOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { mistakesIn } from '../../sandbox/openapi/validation.mts';
import { type ReceivedWebhook, type Receiver, startReceiver } from '../../sandbox/receiver.mts';
import {
	brokenNames,
	forgedNames,
	type ForgeryName,
	type Sandbox,
	startSandbox,
} from '../../sandbox/server.mts';

interface Told {
	type: string;
	session: {
		id: string;
		status: string;
		next_action?: string;
		payments?: { id: string; status: string; refunds?: object[] }[];
		payout_list?: { id: string; payout_details: object }[];
	};
}

const folder = mkdtempSync(join(tmpdir(), 'sandbox-webhooks-'));
const file = (name: string) => join(folder, name);
let sandbox: Sandbox;
let receiver: Receiver;
let shop: Merchant;

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox();
	shop = await joinAsMerchant(sandbox);
	writeFileSync(file('public.pem'), sandbox.webhookPublicKey);
});

afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
	rmSync(folder, { recursive: true });
});

beforeEach(() => {
	sandbox.reset();
	receiver.clear();
	sandbox.changeSettings({
		...{ webhookUrl: receiver.url, webhookNames: 'session' },
		...{ processingMs: 5, autoConfirm: false, latencyMs: 0 },
	});
});

/** What a server hands over when it undoes gzip, as n8n does. */
function handedOver({ headers, bytes }: ReceivedWebhook): Buffer {
	const isGzip = headers['content-encoding'] === 'gzip' && bytes[0] === 0x1f;
	return isGzip ? gunzipSync(bytes) : bytes;
}

/**
 * Asks OpenSSL. A signature that is not written in standard base64 on one line, or does not have
 * the length of the key (OpenSSL reads no further than that), is refused.
 */
function opensslVerifies(webhook: ReceivedWebhook): boolean {
	const signature = webhook.headers['x-partner-sign'];
	if (typeof signature !== 'string') return false;
	const decoded = Buffer.from(signature, 'base64');
	if (decoded.length !== 256 || decoded.toString('base64') !== signature) return false;
	writeFileSync(file('signature'), decoded);
	writeFileSync(file('body'), handedOver(webhook));
	const result = spawnSync('openssl', [
		...['dgst', '-sha256', '-verify', file('public.pem')],
		...['-signature', file('signature'), file('body')],
	]);
	return result.status === 0 && result.stdout.toString().trim() === 'Verified OK';
}

const told = ({ bytes }: ReceivedWebhook) => JSON.parse(bytes.toString()) as Told;
const last = (): Told => told(receiver.received.at(-1) as ReceivedWebhook);

async function init(version: 'v1' | 'v2' = 'v1', reference = 'INV-1') {
	const order = belgianOrder({ reference, version });
	await shop.post(`${version}/session/init/payout`, order, { key: reference });
}

async function sent(forge: ForgeryName): Promise<ReceivedWebhook> {
	receiver.clear();
	await sandbox.sendWebhook({ example: 'payout_failed', forge });
	return receiver.received[0] as ReceivedWebhook;
}

test('has OpenSSL at hand', () => {
	expect(execFileSync('openssl', ['version']).toString()).toMatch(/^(Open|Libre)SSL/);
});

test('tells of the confirmation, the end and the return of a payout, signed over the bytes', async () => {
	await init();
	await receiver.waitFor(1);
	expect(last()).toMatchObject({
		type: 'ready_to_confirm',
		session: { id: 'ps_1', status: 'in_progress', next_action: 'confirm' },
	});
	await shop.post('v1/session/confirm', { session_id: 'ps_1' });
	await receiver.waitFor(2);
	expect(last()).toMatchObject({
		type: 'payment_finished',
		session: { status: 'accepted', payments: [{ id: 'po_1', status: 'succeeded' }] },
	});
	sandbox.returnPayout('po_1', 400);
	await receiver.waitFor(3);
	expect(last()).toMatchObject({
		type: 'payment_refunded',
		session: { payments: [{ refunds: [{ amount_details: { amount: 400 } }] }] },
	});
	for (const webhook of receiver.received) {
		expect(webhook.headers['content-type']).toBe('application/json');
		expect(Object.keys(told(webhook))).toEqual(['type', 'session']);
		expect(mistakesIn('Session_v1', told(webhook).session)).toEqual([]);
		expect(opensslVerifies(webhook)).toBe(true);
	}
});

test('sends bytes that OpenSSL no longer verifies once one of them is changed', async () => {
	await sandbox.sendWebhook({ reference: 'Müller & Söhne, 東京' });
	const [webhook] = receiver.received as [ReceivedWebhook];
	expect(opensslVerifies(webhook)).toBe(true);
	webhook.bytes[webhook.bytes.length - 3] = 0x20;
	expect(opensslVerifies(webhook)).toBe(false);
});

test('says what is already booked', async () => {
	const seen: string[] = [];
	receiver.answerWith(() => {
		seen.push(...sandbox.books.payouts().map(({ status }) => status));
		return 200;
	});
	await init();
	await receiver.waitFor(1);
	sandbox.failPayout('po_1', { code: 'account_not_found', sessionStatus: 'error' });
	await receiver.waitFor(2);
	expect(seen).toEqual(['pending', 'failed']);
	expect(last()).toMatchObject({
		session: { status: 'error', error: { code: 'account_not_found' } },
	});
});

test('uses the names of the version that the session was made with, unless told otherwise', async () => {
	await init('v1', 'A');
	await init('v2', 'B');
	await receiver.waitFor(2);
	const bodies = receiver.received.map((webhook) => told(webhook).session);
	const byId = (id: string) => bodies.find((session) => session.id === id);
	expect(byId('ps_1')).toHaveProperty('payments.0.payment_method.type');
	expect(byId('ps_2')).toHaveProperty('payout_list.0.payout_details.type');
	expect(byId('ps_2')).not.toHaveProperty('payments');
	sandbox.changeSettings({ webhookNames: 'v2' });
	await shop.post('v1/session/confirm', { session_id: 'ps_1' });
	await receiver.waitFor(3);
	expect(last().session.payout_list?.[0]?.payout_details).toBeDefined();
	expect(last().session).not.toHaveProperty('payments');
	await sandbox.sendWebhook({ sessionId: 'ps_2', names: 'v1' });
	expect(last().session.payments).toHaveLength(1);
});

test('keeps several payouts of a session together in one webhook', async () => {
	sandbox.changeSettings({ processingMs: 60 });
	await init();
	const second = { session_id: 'ps_1', metadata: 'INV-2' };
	await shop.post('v1/session/start/payout', second, { key: 'INV-2' });
	await receiver.waitFor(2);
	expect(last().session.payments?.map(({ status }) => status)).toEqual(['pending', 'pending']);
	expect(sandbox.webhooks().at(-1)?.payoutIds).toEqual(['po_1', 'po_2']);
});

test('never keeps an answer of the API waiting', async () => {
	receiver.answerWith(() => 'nothing');
	sandbox.changeSettings({ autoConfirm: true, processingMs: 0 });
	for (let number = 1; number <= 25; number += 1) await init('v1', `R-${number}`);
	await receiver.waitFor(20);
	const begin = performance.now();
	await shop.post('v1/session/status', { session_id: 'ps_25' });
	expect(performance.now() - begin).toBeLessThan(1000);
	expect(sandbox.webhookCounters()).toMatchObject({ deliveries: 25, waiting: 25, attempts: 0 });
});

test('sends nothing without a URL, and counts what nobody was told', async () => {
	sandbox.changeSettings({ webhookUrl: null, autoConfirm: true });
	await init();
	while (sandbox.webhookCounters().withoutUrl === 0) await new Promise((go) => setTimeout(go, 2));
	expect(sandbox.webhooks()).toEqual([]);
	await expect(sandbox.sendWebhook({})).rejects.toThrow('There is no webhook URL.');
	await expect(startSandbox({ webhookUrl: 'n8n' })).rejects.toThrow('must start with http');
	expect(() => sandbox.changeSettings({ webhookUrl: 'http://[' })).toThrow('is not a URL');
});

test('knows more than 40 forgeries', () => {
	expect(forgedNames.length).toBeGreaterThan(40);
	expect(new Set([...forgedNames, ...brokenNames]).size).toBe(
		forgedNames.length + brokenNames.length,
	);
});

test.each(forgedNames)('forges a webhook that OpenSSL does not verify: %s', async (name) => {
	const webhook = await sent(name);
	expect(opensslVerifies(webhook)).toBe(false);
	expect(sandbox.webhooks().at(-1)).toMatchObject({ forgery: name, state: 'delivered' });
});

test.each(brokenNames)('signs properly what is no webhook: %s', async (name) => {
	const webhook = await sent(name);
	expect(opensslVerifies(webhook)).toBe(true);
});
