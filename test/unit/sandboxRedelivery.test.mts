import { useWebhookSandbox } from '../support/webhookSandbox.mts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const SCHEDULE_MS = [0, 10, 40, 100, 280, 760, 1660].map((seconds) => seconds * SECOND_MS);

const context = useWebhookSandbox();

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('sends again at growing gaps of up to 15 minutes, and gives up after 30 minutes', async () => {
	context.receiver.respondWith(() => 503);
	await context.pay();
	const { attempts, nextAfterMs } = await context.waitUntil('given_up');
	const times = attempts.map(({ afterMs }) => afterMs);
	expect(times).toHaveLength(SCHEDULE_MS.length);
	for (const [index, time] of times.entries()) {
		expect(time).toBeGreaterThanOrEqual(SCHEDULE_MS[index] as number);
		expect(time).toBeLessThan((SCHEDULE_MS[index] as number) + 5 * SECOND_MS);
	}
	const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
	expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
	expect(gaps.at(-1)).toBeGreaterThanOrEqual(15 * MINUTE_MS);
	expect(times.at(-1)).toBeLessThan(30 * MINUTE_MS);
	expect(attempts.map(({ status }) => status)).toEqual(Array(7).fill(503));
	expect(nextAfterMs).toBeNull();
	await pause(400);
	expect(context.receiver.received).toHaveLength(7);
});

test('keeps to the gaps in real time, divided by the clock speed', async () => {
	const { receiver, sandbox } = context;
	sandbox.changeSettings({ clockSpeed: 100 });
	receiver.respondWith(() => (receiver.received.length < 3 ? 500 : 200));
	await context.pay();
	await context.waitUntil('delivered');
	const [first, second, third] = receiver.received.map(({ at }) => at) as [number, number, number];
	expect(second - first).toBeGreaterThanOrEqual(98);
	expect(second - first).toBeLessThan(1000);
	expect(third - second).toBeGreaterThanOrEqual(298);
});

test('redelivers sooner when the clock is sped up', async () => {
	const { receiver, sandbox } = context;
	sandbox.changeSettings({ clockSpeed: 1 });
	receiver.respondWith(() => (receiver.received.length < 2 ? 500 : 200));
	await context.pay();
	while (!sandbox.webhooks()[0]?.attempts.length) await pause(2);
	expect(sandbox.webhooks()[0]?.nextAfterMs).toBeGreaterThanOrEqual(10 * SECOND_MS);
	sandbox.changeSettings({ clockSpeed: 10_000 });
	await context.waitUntil('delivered');
});

test.each([[204], [302], [401], [410], [503], ['reset' as const]])(
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
		for (const webhook of redelivered) {
			expect(webhook.bytes).toEqual(original?.bytes);
			expect(webhook.headers['x-partner-sign']).toBe(original?.headers['x-partner-sign']);
			expect(webhook.url).toBe(new URL(receiver.url).pathname);
		}
	},
);

test('sends again when there is no response in time, and when nobody listens', async () => {
	const { receiver, sandbox } = context;
	sandbox.changeSettings({ webhookTimeoutMs: 40 });
	receiver.respondWith(() => (receiver.received.length < 2 ? 'never' : 200));
	await context.pay();
	const late = await context.waitUntil('delivered');
	expect(late.attempts).toMatchObject([
		{ status: null, error: 'no response within 40 ms' },
		{ status: 200, error: null },
	]);
	sandbox.changeSettings({ webhookUrl: 'http://127.0.0.1:1/' });
	await context.pay('INV-2');
	while (!sandbox.webhooks()[1]?.attempts.length) await pause(2);
	sandbox.changeSettings({ webhookUrl: receiver.url });
	const refused = await context.waitUntil('delivered', 2);
	expect(refused.attempts[0]).toMatchObject({ status: null, error: 'ECONNREFUSED' });
});

test('logs each attempt in one line, without the signature', async () => {
	const { lines, receiver } = context;
	receiver.respondWith(() => (receiver.received.length < 2 ? 404 : 200));
	await context.pay();
	await context.waitUntil('delivered');
	expect(lines.slice(1)).toEqual([
		expect.stringMatching(/ webhook payment_finished {2}.* {2}HTTP 404 {2}redelivery in 10 s$/),
		expect.stringMatching(/ {2}payouts po_1 {2}HTTP 200 {2}delivered after 2 attempts$/),
	]);
	expect(lines.join()).not.toContain(String(receiver.received[0]?.headers['x-partner-sign']));
});
