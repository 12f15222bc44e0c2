import { type Receiver, startReceiver } from '../../sandbox/receiver.mts';
import { type Sandbox, startSandbox, type WebhookDelivery } from '../../sandbox/server.mts';

const second = 1000;
const minute = 60 * second;
const lines: string[] = [];
let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ keepWebhooks: 600, log: (line) => lines.push(line) });
});

afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
});

beforeEach(() => {
	sandbox.reset();
	receiver.clear();
	lines.length = 0;
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

const schedule = [0, 10 * second, 40 * second, 100 * second, 280 * second, 760 * second];

test('sends again at growing gaps of up to 15 minutes, and gives up after 30 minutes', async () => {
	receiver.answerWith(() => 503);
	await sandbox.sendWebhook({});
	const { attempts, nextAfterMs } = await until('given_up');
	const times = attempts.map(({ afterMs }) => afterMs);
	const expected = [...schedule, 1660 * second];
	expect(times).toHaveLength(expected.length);
	for (const [index, time] of times.entries()) {
		expect(time).toBeGreaterThanOrEqual(expected[index] as number);
		expect(time).toBeLessThan((expected[index] as number) + 5 * second);
	}
	const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
	expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
	expect(gaps.at(-1)).toBeGreaterThanOrEqual(15 * minute);
	expect(times.at(-1)).toBeLessThan(30 * minute);
	expect(attempts.map(({ status }) => status)).toEqual(Array(7).fill(503));
	expect(nextAfterMs).toBeNull();
	await pause(400);
	expect(receiver.received).toHaveLength(7);
	expect(sandbox.webhookCounters()).toEqual({
		...{ withoutUrl: 0, deliveries: 1, waiting: 0, delivered: 0, givenUp: 1, attempts: 7 },
		...{ statuses: { 503: 7 }, types: { payment_finished: 1 } },
	});
});

test('keeps to the gaps in real time, as fast as the clock runs', async () => {
	sandbox.changeSettings({ clockSpeed: 100 });
	receiver.answerWith(() => (receiver.received.length < 3 ? 500 : 200));
	await sandbox.sendWebhook({});
	await until('delivered');
	const [first, again, third] = receiver.received.map(({ at }) => at) as [number, number, number];
	expect(again - first).toBeGreaterThanOrEqual(98);
	expect(again - first).toBeLessThan(1000);
	expect(third - again).toBeGreaterThanOrEqual(298);
});

test('lets a waiting webhook go sooner when the clock is sped up', async () => {
	sandbox.changeSettings({ clockSpeed: 1 });
	receiver.answerWith(() => (receiver.received.length < 2 ? 500 : 200));
	const { state, nextAfterMs } = await sandbox.sendWebhook({});
	expect(state).toBe('waiting');
	expect(nextAfterMs).toBeGreaterThanOrEqual(10 * second);
	sandbox.changeSettings({ clockSpeed: 10_000 });
	await until('delivered');
});

test.each([[201], [204], [302], [400], [401], [404], [410], [500], [503], ['reset' as const]])(
	'sends again after %s, byte for byte, until HTTP 200',
	async (answer) => {
		receiver.answerWith(() => (receiver.received.length < 3 ? answer : 200));
		await sandbox.sendWebhook({ reference: 'Zoë' });
		const { attempts } = await until('delivered');
		const status = typeof answer === 'number' ? answer : null;
		expect(attempts.map((attempt) => attempt.status)).toEqual([status, status, 200]);
		const [first, ...others] = receiver.received;
		for (const other of others) {
			expect(other.bytes).toEqual(first?.bytes);
			expect(other.headers['x-partner-sign']).toBe(first?.headers['x-partner-sign']);
			expect(other.url).toBe('/webhook');
		}
	},
);

test('sends again when there is no answer in time, and when nobody listens', async () => {
	sandbox.changeSettings({ webhookTimeoutMs: 40 });
	receiver.answerWith(() => (receiver.received.length < 2 ? 'nothing' : 200));
	await sandbox.sendWebhook({});
	const late = await until('delivered');
	expect(late.attempts).toMatchObject([
		{ status: null, error: 'no answer within 40 ms' },
		{ status: 200, error: null, answer: 'Answer 200' },
	]);
	sandbox.changeSettings({ webhookUrl: 'http://127.0.0.1:1/' });
	await sandbox.sendWebhook({});
	sandbox.changeSettings({ webhookUrl: receiver.url });
	const refused = await until('delivered', 2);
	expect(refused.attempts[0]).toMatchObject({ status: null, error: 'ECONNREFUSED' });
	expect(sandbox.webhookCounters().statuses).toMatchObject({
		no_answer: 2 + refused.attempts.length - 2,
	});
});

test('tells the person in front of it about every try in a line', async () => {
	receiver.answerWith(() => (receiver.received.length < 2 ? 404 : 200));
	await sandbox.sendWebhook({});
	await until('delivered');
	await sandbox.sendWebhook({ example: 'payout_failed', forge: 'wrong_key' });
	expect(lines).toEqual([
		expect.stringMatching(/ webhook payment_finished {2}.* {2}answered 404 {2}sent again in 10 s$/),
		expect.stringMatching(/ {2}payouts po_900001 {2}answered 200 {2}delivered after 2 tries$/),
		expect.stringMatching(/ {2}forgery wrong_key {2}answered 200 {2}delivered after 1 try$/),
	]);
	expect(lines.join()).not.toContain(String(receiver.received[0]?.headers['x-partner-sign']));
});
