import { spawnSync } from 'node:child_process';
import { validationErrors } from '../../sandbox/openapi/validation.mts';
import { startSandbox } from '../../sandbox/server.mts';
import type { ReceivedWebhook } from '../support/webhookReceiver.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';
import { withFile } from '../support/openssl.mts';

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

function opensslVerifies({ headers, bytes }: ReceivedWebhook): boolean {
	const signature = Buffer.from(String(headers['x-partner-sign']), 'base64');
	const result = withFile(context.sandbox.webhookPublicKey, (keyFile) =>
		withFile(signature, (signatureFile) =>
			spawnSync('openssl', ['dgst', '-sha256', '-verify', keyFile, '-signature', signatureFile], {
				input: bytes,
			}),
		),
	);
	return result.status === 0 && result.stdout.toString().trim() === 'Verified OK';
}

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
		expect(opensslVerifies(webhook)).toBe(true);
		webhook.bytes[webhook.bytes.length - 3] = 0x20;
		expect(opensslVerifies(webhook)).toBe(false);
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

test('keeps several payouts of a session together in one webhook', async () => {
	const { partner, receiver, sandbox } = context;
	sandbox.changeSettings({ processingMs: 60 });
	await context.pay();
	const second = { session_id: 'ps_1', metadata: 'INV-2' };
	await partner.post('v1/session/start/payout', second, { key: 'INV-2' });
	await receiver.waitFor(2);
	expect(lastBody().session.payments?.map(({ status }) => status)).toEqual(['pending', 'pending']);
	expect(sandbox.webhooks().at(-1)?.payoutIds).toEqual(['po_1', 'po_2']);
});

test('never delays a response of the API', async () => {
	const { partner, receiver, sandbox } = context;
	receiver.respondWith(() => 'never');
	sandbox.changeSettings({ autoConfirm: true, processingMs: 0 });
	for (let number = 1; number <= 25; number += 1) await context.pay(`R-${number}`);
	await receiver.waitFor(20);
	const begin = performance.now();
	await partner.post('v1/session/status', { session_id: 'ps_25' });
	expect(performance.now() - begin).toBeLessThan(1000);
	const waiting = Array.from({ length: 25 }, () => ({ state: 'waiting', attempts: [] }));
	expect(sandbox.webhooks()).toMatchObject(waiting);
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

test('delivers a burst of 500 without a loss, and at most 20 at the same time', async () => {
	const { receiver, sandbox } = context;
	receiver.respondWith(() => 200, 200);
	sandbox.changeSettings({ autoConfirm: true, processingMs: 0 });
	await Promise.all(Array.from({ length: 500 }, (_, number) => context.pay(`R-${number}`)));
	await receiver.waitFor(500);
	await context.waitUntil('delivered', 500);
	const ids = receiver.received.map((webhook) => bodyOf(webhook).session.id);
	expect(new Set(ids).size).toBe(500);
	expect(receiver.received).toHaveLength(500);
	expect(receiver.maxConcurrent()).toBeLessThanOrEqual(20);
	expect(receiver.maxConcurrent()).toBeGreaterThan(10);
});
