import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Receiver, startReceiver } from '../../sandbox/receiver.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({ keepWebhooks: 600 });
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

test('forgets at a reset what was waiting and under way', async () => {
	receiver.answerWith(() => (receiver.received.length === 1 ? 500 : 'nothing'));
	await sandbox.sendWebhook({});
	const lost = sandbox.sendWebhook({ url: `${receiver.url}/slow` });
	const failed = expect(lost).rejects.toThrow('before the webhook 2 was answered');
	await receiver.waitFor(2);
	const begin = performance.now();
	sandbox.reset();
	await failed;
	expect(performance.now() - begin).toBeLessThan(1000);
	receiver.clear();
	await pause(50);
	expect(receiver.received).toEqual([]);
	expect(sandbox.webhooks()).toEqual([]);
	expect(sandbox.webhookCounters()).toMatchObject({ deliveries: 0, waiting: 0, attempts: 0 });
	expect((await sandbox.sendWebhook({})).number).toBe(1);
});

test('leaves no timer when it is stopped, and none that keeps a process alive', async () => {
	const timers = new Set<NodeJS.Timeout>();
	const set = globalThis.setTimeout;
	const clear = globalThis.clearTimeout;
	const setSpy = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((
		action: () => void,
		ms?: number,
	) => {
		const timer = set(() => {
			timers.delete(timer);
			action();
		}, ms);
		timers.add(timer);
		return timer;
	}) as typeof setTimeout);
	const clearSpy = jest.spyOn(globalThis, 'clearTimeout').mockImplementation(((
		timer: NodeJS.Timeout,
	) => {
		timers.delete(timer);
		clear(timer);
	}) as typeof clearTimeout);
	try {
		const other = await startSandbox({ webhookUrl: receiver.url, webhookParallel: 1 });
		receiver.answerWith(() => (receiver.received.length <= 2 ? 500 : 'nothing'));
		await other.sendWebhook({});
		await other.sendWebhook({});
		const lost = [other.sendWebhook({}), other.sendWebhook({})];
		await receiver.waitFor(3);
		const failed = Promise.all(lost.map((one) => expect(one).rejects.toThrow('reset or stopped')));
		expect(timers.size).toBe(3);
		for (const timer of timers) expect(timer.hasRef()).toBe(false);
		await other.stop();
		await failed;
		expect(timers.size).toBe(0);
		await expect(other.sendWebhook({})).rejects.toThrow('The sandbox has stopped.');
		expect(other.webhookCounters()).toMatchObject({ deliveries: 4, waiting: 4, attempts: 2 });
	} finally {
		setSpy.mockRestore();
		clearSpy.mockRestore();
	}
});

test('sends webhooks from the command line, prints them, and ends with some waiting', async () => {
	receiver.answerWith(() => 500);
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'sandbox/main.mts', '--port', '0', '--webhook-url', receiver.url],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let output = '';
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	while (!output.includes('Press Ctrl-C')) await pause(10);
	expect(output).toContain(`Webhooks are sent to ${receiver.url}.`);
	const url = /listens at (http:\/\/127\.0\.0\.1:\d+)\./.exec(output)?.[1];
	const reply = await fetch(`${url}/sandbox/webhooks`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: '{"example":"payment_ready_to_capture"}',
	});
	expect(await reply.json()).toMatchObject({ state: 'waiting', attempts: [{ status: 500 }] });
	child.kill('SIGTERM');
	const [code] = await once(child, 'exit');
	expect(code).toBe(0);
	expect(output).toMatch(/webhook ready_to_capture .* payouts pm_900001 .*sent again in 10 s\n/);
});
