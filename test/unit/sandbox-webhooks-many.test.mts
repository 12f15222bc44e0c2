import { belgianOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { type Receiver, startReceiver } from '../../sandbox/receiver.mts';
import { type Sandbox, startSandbox, type WebhookDelivery } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let receiver: Receiver;
let shop: Merchant;

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ keepWebhooks: 600 });
	shop = await joinAsMerchant(sandbox);
});

afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
});

beforeEach(() => {
	sandbox.reset();
	receiver.clear();
	sandbox.changeSettings({
		...{ webhookUrl: receiver.url, webhookTimeoutMs: 10_000, webhookParallel: 20 },
		...{ webhookCopies: 1, holdWebhooks: false, clockSpeed: 3000 },
		...{ processingMs: 1, autoConfirm: false },
	});
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(state: WebhookDelivery['state'], number = 1): Promise<WebhookDelivery> {
	const deadline = performance.now() + 20_000;
	for (;;) {
		const found = sandbox.webhooks().find((delivery) => delivery.number === number);
		if (found?.state === state) return found;
		if (performance.now() > deadline) throw new Error(`The webhook is ${found?.state}.`);
		await pause(2);
	}
}

async function init(reference: string) {
	await shop.post('v1/session/init/payout', belgianOrder({ reference }), { key: reference });
}

const types = () => receiver.received.map(({ bytes }) => JSON.parse(bytes.toString()).type);

test('delivers a burst of 500 without a loss, and no more than 20 at the same time', async () => {
	receiver.answerWith(() => 200, 3);
	sandbox.changeSettings({ autoConfirm: true, processingMs: 0 });
	const numbers = Array.from({ length: 500 }, (_, index) => index);
	for (let start = 0; start < 500; start += 50) {
		await Promise.all(numbers.slice(start, start + 50).map((number) => init(`R-${number}`)));
	}
	await receiver.waitFor(500);
	await until('delivered', 500);
	const ids = receiver.received.map(({ bytes }) => JSON.parse(bytes.toString()).session.id);
	expect(new Set(ids).size).toBe(500);
	expect(receiver.received).toHaveLength(500);
	expect(receiver.mostAtOnce()).toBeLessThanOrEqual(20);
	expect(sandbox.webhookCounters()).toMatchObject({
		deliveries: 500,
		delivered: 500,
		attempts: 500,
	});
});

test('sends a burst of 500 at once', async () => {
	receiver.answerWith(() => 200, 3);
	sandbox.changeSettings({ holdWebhooks: true, autoConfirm: true, processingMs: 0 });
	await Promise.all(Array.from({ length: 500 }, (_, number) => init(`R-${number}`)));
	while (sandbox.webhookCounters().deliveries < 500) await pause(2);
	expect(receiver.received).toEqual([]);
	expect(await sandbox.releaseWebhooks()).toHaveLength(500);
	expect(receiver.received).toHaveLength(500);
	expect(receiver.mostAtOnce()).toBeLessThanOrEqual(20);
	expect(receiver.mostAtOnce()).toBeGreaterThan(10);
});

test('sends every webhook as often as was set', async () => {
	sandbox.changeSettings({ webhookCopies: 3, autoConfirm: true });
	await init('INV-1');
	await receiver.waitFor(3);
	await until('delivered', 3);
	const [first, ...copies] = receiver.received;
	for (const copy of copies) expect(copy.bytes).toEqual(first?.bytes);
	expect(sandbox.webhooks().map(({ copyOf }) => copyOf)).toEqual([null, 1, 1]);
});

test('holds webhooks and sends them out of order', async () => {
	sandbox.changeSettings({ holdWebhooks: true, webhookParallel: 1 });
	await init('INV-1');
	while (sandbox.webhooks().length < 1) await pause(2);
	await shop.post('v1/session/confirm', { session_id: 'ps_1' });
	while (sandbox.webhooks().length < 2) await pause(2);
	sandbox.returnPayout('po_1');
	expect(sandbox.webhooks()).toMatchObject(Array(3).fill({ state: 'waiting', attempts: [] }));
	await sandbox.releaseWebhooks('reversed');
	const happened = ['ready_to_confirm', 'payment_finished', 'payment_refunded'];
	expect(types()).toEqual([...happened].reverse());
	receiver.clear();
	const again = await sandbox.resendWebhooks({ times: 2 });
	expect(types()).toEqual([...happened, ...happened]);
	expect(again.map(({ copyOf }) => copyOf)).toEqual([1, 2, 3, 1, 2, 3]);
	receiver.clear();
	await sandbox.resendWebhooks({ sessionId: 'ps_1', order: 'shuffled', times: 5 });
	expect(types()).toHaveLength(15);
	expect(types()).not.toEqual(Array(5).fill(happened).flat());
	expect(await sandbox.resendWebhooks({ type: 'payment_refunded' })).toHaveLength(1);
	expect(await sandbox.resendWebhooks({ sessionId: 'ps_9' })).toEqual([]);
});

test('sends what it held, in order, when it holds no more', async () => {
	sandbox.changeSettings({ holdWebhooks: true });
	await init('INV-1');
	while (sandbox.webhooks().length < 1) await pause(2);
	sandbox.changeSettings({ holdWebhooks: false });
	await until('delivered');
});

test('keeps the latest webhooks only, and counts all of them', async () => {
	const small = await startSandbox({ keepWebhooks: 2, webhookUrl: receiver.url });
	for (const type of ['a', 'b', 'b']) await small.sendWebhook({ type });
	expect(small.webhooks().map(({ number }) => number)).toEqual([2, 3]);
	expect(small.webhookCounters()).toMatchObject({ deliveries: 3, types: { a: 1, b: 2 } });
	await expect(small.sendWebhook({ again: 1 })).rejects.toThrow('There is no webhook 1');
	expect(await small.resendWebhooks({ times: 3 })).toHaveLength(6);
	await small.stop();
});
