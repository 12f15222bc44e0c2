import { validationErrors } from '../../sandbox/openapi/validation.mts';
import { startSandbox } from '../../sandbox/server.mts';
import type { ReceivedWebhook } from '../support/webhookReceiver.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';
import { verifyByOpenssl } from '../support/openssl.mts';

interface WebhookBody {
	type: string;
	session: {
		id: string;
		status: string;
		next_action?: string;
		payments?: { id: string; status: string; refunds?: object[] }[];
		payout_list?: { id: string; payout_details: object }[];
	};
}

const context = useWebhookSandbox();

beforeEach(() => context.sandbox.changeSettings({ autoConfirm: false, processingMs: 5 }));

const isSigned = ({ headers, bytes }: ReceivedWebhook) =>
	verifyByOpenssl(context.sandbox.webhookPublicKey, bytes, headers['x-partner-sign']);

const bodyOf = ({ bytes }: ReceivedWebhook) => JSON.parse(bytes.toString()) as WebhookBody;
const lastBody = () => bodyOf(context.receiver.received.at(-1) as ReceivedWebhook);

test('reports the confirmation, the end and the return of a payout, each signed over its bytes', async () => {
	const { partner, receiver, sandbox } = context;
	await context.pay('Müller & Söhne, 東京');
	await receiver.waitFor(1);
	expect(lastBody()).toMatchObject({
		type: 'ready_to_confirm',
		session: { id: 'ps_1', status: 'in_progress', next_action: 'confirm' },
	});
	await partner.post('v1/session/confirm', { session_id: 'ps_1' });
	await receiver.waitFor(2);
	expect(lastBody()).toMatchObject({
		type: 'payment_finished',
		session: { status: 'accepted', payments: [{ id: 'po_1', status: 'succeeded' }] },
	});
	sandbox.returnPayout('po_1', 400);
	await receiver.waitFor(3);
	expect(lastBody()).toMatchObject({
		type: 'payment_refunded',
		session: { payments: [{ refunds: [{ amount_details: { amount: 400 } }] }] },
	});
	for (const webhook of receiver.received) {
		expect(webhook.headers['content-type']).toBe('application/json');
		expect(Object.keys(bodyOf(webhook))).toEqual(['type', 'session']);
		expect(validationErrors('Session_v1', bodyOf(webhook).session)).toEqual([]);
		expect(isSigned(webhook)).toBe(true);
		webhook.bytes[webhook.bytes.length - 3] = 0x20;
		expect(isSigned(webhook)).toBe(false);
	}
});

test('reports a change once the books have it', async () => {
	const { receiver, sandbox } = context;
	const seen: string[] = [];
	receiver.respondWith(() => {
		seen.push(...sandbox.books.payouts().map(({ status }) => status));
		return 200;
	});
	await context.pay();
	await receiver.waitFor(1);
	sandbox.failPayout('po_1', { code: 'account_not_found', sessionStatus: 'error' });
	await receiver.waitFor(2);
	expect(seen).toEqual(['pending', 'failed']);
	expect(lastBody()).toMatchObject({
		session: { status: 'error', error: { code: 'account_not_found' } },
	});
});

test('uses the names of the version that the session was created with', async () => {
	await context.pay('A', 'v1');
	await context.pay('B', 'v2');
	const received = await context.receiver.waitFor(2);
	const sessions = received.map((webhook) => bodyOf(webhook).session);
	const byId = (id: string) => sessions.find((session) => session.id === id);
	expect(byId('ps_1')).toHaveProperty('payments.0.payment_method.type');
	expect(byId('ps_2')).toHaveProperty('payout_list.0.payout_details.type');
	expect(byId('ps_2')).not.toHaveProperty('payments');
});

test('sends nothing without a URL', async () => {
	const { sandbox } = context;
	sandbox.changeSettings({ webhookUrl: null, autoConfirm: true });
	await context.pay();
	while (sandbox.books.payouts()[0]?.status !== 'succeeded') {
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	expect(sandbox.webhooks()).toEqual([]);
	await expect(startSandbox({ webhookUrl: 'n8n' })).rejects.toThrow('must start with http');
	expect(() => sandbox.changeSettings({ webhookUrl: 'http://[' })).toThrow('is not a URL');
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** When each attempt comes, in seconds after the first. */
const SCHEDULE = [0, 10, 40, 100, 280, 760, 1660];

test('sends again at growing gaps of up to 15 minutes, and gives up after 30 minutes', async () => {
	context.receiver.respondWith(() => 503);
	await context.pay();
	const { attempts, nextAfterMs } = await context.waitUntil('given_up');
	expect(attempts.map(({ status }) => status)).toEqual(SCHEDULE.map(() => 503));
	for (const [index, { afterMs }] of attempts.entries()) {
		const lateMs = afterMs - 1_000 * (SCHEDULE[index] ?? NaN);
		expect(lateMs).toBeGreaterThanOrEqual(0);
		expect(lateMs).toBeLessThan(5_000);
	}
	expect(nextAfterMs).toBeNull();
	await pause(400);
	expect(context.receiver.received).toHaveLength(SCHEDULE.length);
});

test('redelivers sooner when the clock is sped up', async () => {
	const { receiver, sandbox } = context;
	sandbox.changeSettings({ clockSpeed: 1 });
	receiver.respondWith(() => (receiver.received.length < 2 ? 500 : 200));
	await context.pay();
	while (!sandbox.webhooks()[0]?.attempts.length) await pause(2);
	expect(sandbox.webhooks()[0]?.nextAfterMs).toBeGreaterThanOrEqual(10_000);
	sandbox.changeSettings({ clockSpeed: 10_000 });
	await context.waitUntil('delivered');
});

test.each([[204], [302], [401], [503], ['reset' as const]])(
	'sends again after %s, byte for byte, until HTTP 200',
	async (first) => {
		const { receiver } = context;
		receiver.respondWith(() => (receiver.received.length < 3 ? first : 200));
		await context.pay('Zoë');
		const { attempts } = await context.waitUntil('delivered');
		const status = typeof first === 'number' ? first : null;
		expect(attempts.map((attempt) => attempt.status)).toEqual([status, status, 200]);
		const [original, ...redelivered] = receiver.received;
		expect(redelivered).toHaveLength(2);
		for (const webhook of redelivered) expect(webhook).toEqual(original);
	},
);
