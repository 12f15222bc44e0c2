import axios from 'axios';
import { gunzipSync } from 'node:zlib';
import { belgianOrder, joinAsMerchant } from '../../sandbox/merchant.mts';
import { type ReceivedWebhook, type Receiver, startReceiver } from '../../sandbox/receiver.mts';
import {
	type ExampleName,
	type Sandbox,
	startSandbox,
	webhookExamples,
} from '../../sandbox/server.mts';

let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ webhookUrl: receiver.url, processingMs: 1, autoConfirm: true });
});

afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
});

beforeEach(() => {
	sandbox.reset();
	receiver.clear();
});

const admin = axios.create({ proxy: false, validateStatus: () => true });
const post = (path: string, body?: object) => admin.post(`${sandbox.url}/sandbox${path}`, body);

function body(webhook: ReceivedWebhook | undefined = receiver.received.at(-1)) {
	return JSON.parse(String(webhook?.bytes)) as {
		type: string;
		session: Record<string, unknown>;
		added_later?: unknown;
	};
}

test.each(Object.keys(webhookExamples) as ExampleName[])(
	'sends a ready-made webhook in the names of v1 and v2: %s',
	async (example) => {
		const parts: unknown[] = [];
		for (const names of ['v1', 'v2'] as const) {
			await sandbox.sendWebhook({ example, names, reference: 'INV-7' });
			const { type, session } = body();
			expect(type).toBe(webhookExamples[example].type);
			const { payments, payout_list, acquiring_payments, payment_list, ...rest } = session;
			expect(names === 'v1' ? [payout_list, payment_list] : [payments, acquiring_payments]).toEqual(
				[undefined, undefined],
			);
			const list = payments ?? payout_list ?? acquiring_payments ?? payment_list ?? [];
			for (const [index, part] of (list as Record<string, unknown>[]).entries()) {
				const { payment_method, payout_details, payment_details } = part;
				const isIncoming = String(part.id).startsWith('pm_');
				expect(payment_details !== undefined).toBe(isIncoming);
				expect(payment_method !== undefined).toBe(!isIncoming && names === 'v1');
				expect(payout_details !== undefined).toBe(!isIncoming && names === 'v2');
				expect(part.metadata).toBe(index === 0 ? 'INV-7' : `INV-7-${index + 1}`);
			}
			parts.push({ rest: Object.keys(rest), count: (list as object[]).length });
		}
		expect(parts[0]).toEqual(parts[1]);
	},
);

test('sends incoming payments as the reference shows them', async () => {
	await sandbox.sendWebhook({ type: 'action_required' });
	expect(body()).toMatchObject({
		type: 'action_required',
		session: {
			status: 'in_progress',
			acquiring_payments: [
				{
					status: 'pending',
					customer_interaction: { type: 'redirect', redirect: { method: 'POST' } },
				},
			],
		},
	});
	await sandbox.sendWebhook({ type: 'ready_to_capture', names: 'v2' });
	expect(body().session).toMatchObject({ payment_list: [{ payment_details: { type: 'card' } }] });
	const [first, second] = sandbox.webhooks();
	expect(first?.payoutIds).toEqual(['pm_900001']);
	expect(second?.sessionId).toBe('ps_900002');
});

test('sends unknown types, unknown fields, and sessions and bodies written by the caller', async () => {
	await sandbox.sendWebhook({ type: 'payment_blessed', extraFields: true });
	expect(body()).toMatchObject({
		type: 'payment_blessed',
		added_later: {},
		session: { added_later: {}, payments: [{ status: 'succeeded', added_later: {} }] },
	});
	const session = { id: 'ps_5', payout_list: [{ id: 'po_5' }, { id: 'po_6' }], payments: [] };
	await sandbox.sendWebhook({ type: 'payment_finished', session });
	expect(body().session).toEqual(session);
	expect(sandbox.webhooks().at(-1)).toMatchObject({
		sessionId: 'ps_5',
		payoutIds: ['po_5', 'po_6'],
	});
	await sandbox.sendWebhook({ body: 'not JSON, ünïcode' });
	expect(receiver.received.at(-1)?.bytes.toString()).toBe('not JSON, ünïcode');
	expect(sandbox.webhooks().at(-1)).toMatchObject({ type: '-', sessionId: null, payoutIds: [] });
});

test('sends a session of the sandbox as it is now, and a kept webhook as it was', async () => {
	const shop = await joinAsMerchant(sandbox);
	await shop.post('v1/session/init/payout', belgianOrder(), { key: 'INV-1' });
	await receiver.waitFor(1);
	sandbox.returnPayout('po_1');
	await receiver.waitFor(2);
	await sandbox.sendWebhook({ type: 'payment_finished', sessionId: 'ps_1' });
	expect(body().session).toHaveProperty('payments.0.refunds');
	await sandbox.sendWebhook({ again: 1 });
	expect(receiver.received.at(-1)?.bytes).toEqual(receiver.received[0]?.bytes);
	await sandbox.sendWebhook({ again: 1, forge: 'changed_status' });
	expect(body().session).toHaveProperty('payments.0.status', 'failed');
	await expect(sandbox.sendWebhook({ sessionId: 'ps_9' })).rejects.toThrow('no session ps_9');
});

test('sends other headers, compressed bytes and to other addresses', async () => {
	const headers = { 'content-type': 'application/json; charset=utf-8', 'X-Extra': 'yes' };
	await sandbox.sendWebhook({ headers, url: `${receiver.url}/other?x=1` });
	expect(receiver.received[0]).toMatchObject({
		url: '/webhook/other?x=1',
		headers: { 'content-type': 'application/json; charset=utf-8', 'x-extra': 'yes' },
	});
	await sandbox.sendWebhook({ headers: { 'X-PARTNER-SIGN': null, 'Content-Type': null } });
	expect(receiver.received[1]?.headers).not.toHaveProperty('x-partner-sign');
	expect(receiver.received[1]?.headers).not.toHaveProperty('content-type');
	await sandbox.sendWebhook({ gzip: true });
	const packed = receiver.received[2] as ReceivedWebhook;
	expect(packed.headers['content-encoding']).toBe('gzip');
	expect(JSON.parse(gunzipSync(packed.bytes).toString())).toMatchObject({
		type: 'payment_finished',
	});
	await expect(sandbox.sendWebhook({ url: 'ftp://127.0.0.1' })).rejects.toThrow('is not a URL');
});

test('sends two signatures in two headers, and the right one under another name', async () => {
	await sandbox.sendWebhook({ forge: 'wrong_then_right_signature' });
	const names = receiver.received[0]?.rawHeaders.filter((name) => /^x-partner-sign$/i.test(name));
	expect(names).toHaveLength(2);
	await sandbox.sendWebhook({ forge: 'signature_under_another_name' });
	expect(receiver.received[1]?.headers).toHaveProperty('x-partner-signature');
	expect(receiver.received[1]?.headers).not.toHaveProperty('x-partner-sign');
});

test('does not send a forgery again unless asked to', async () => {
	sandbox.changeSettings({ clockSpeed: 10_000 });
	receiver.answerWith(() => 401);
	const refused = await sandbox.sendWebhook({ forge: 'hex_signature' });
	expect(refused).toMatchObject({ state: 'given_up', nextAfterMs: null });
	expect(refused.attempts).toMatchObject([{ status: 401, answer: 'Answer 401' }]);
	const asked = await sandbox.sendWebhook({ forge: 'hex_signature', redeliver: true });
	expect(asked.state).toBe('waiting');
	await receiver.waitFor(3);
	sandbox.changeSettings({ clockSpeed: 1 });
});

test('shows and sends webhooks over HTTP as it does in the process', async () => {
	const sent = await post('/webhooks', { example: 'payout_failed', reference: 'INV-1' });
	expect(sent.status).toBe(200);
	expect(sent.data).toMatchObject({ number: 1, state: 'delivered', sessionId: 'ps_900001' });
	expect((await post('/webhooks/resend', { times: 2 })).data).toHaveLength(2);
	await post('/settings', { holdWebhooks: true });
	expect((await post('/webhooks/release', { order: 'shuffled' })).data).toEqual([]);
	const settings = await post('/settings', { holdWebhooks: false, webhookCopies: 1 });
	expect(settings.data).toMatchObject({ webhookUrl: receiver.url, clockSpeed: 1 });
	const shown = (await admin.get(`${sandbox.url}/sandbox/webhooks`)).data;
	expect(shown).toEqual({ counters: sandbox.webhookCounters(), deliveries: sandbox.webhooks() });
	const page = (await admin.get(`${sandbox.url}/sandbox`)).data;
	expect(page).toContain('<td>ps_900001</td>');
});

test('says over HTTP what it cannot do', async () => {
	for (const [path, wrong] of [
		['/webhooks', { again: 99 }],
		['/webhooks', { sessionId: 'ps_99' }],
		['/webhooks', { forge: 'magic' }],
		['/webhooks', { exampel: 'payout_failed' }],
		['/webhooks', { url: 'n8n' }],
		['/webhooks/resend', { order: 'backwards' }],
		['/settings', { webhookUrl: 'n8n' }],
		['/settings', { clockSpeed: 0 }],
	] as const) {
		const reply = await post(path, wrong);
		expect(reply.status).toBe(400);
		expect(reply.data.message).toEqual(expect.any(String));
	}
	expect((await post('/settings', { webhookUrl: null })).data.webhookUrl).toBeNull();
	expect((await post('/webhooks', {})).data.message).toContain('Set webhookUrl first.');
	await post('/settings', { webhookUrl: receiver.url });
});
