import fc from 'fast-check';
import type { RequestQueue } from '../../nodes/api/send';
import { BatchQueue } from '../../nodes/SmartGlocal/batch/send/requestQueue';
import { runConcurrently } from '../../nodes/SmartGlocal/batch/send/requestQueue';

const AT_ONCE = { parallelRequests: 5, batchSize: Infinity, batchIntervalMs: 0 };
const never = () => false;

beforeEach(() => jest.useFakeTimers({ doNotFake: ['performance'] }));
afterEach(() => jest.useRealTimers());

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Lets time pass until it has ended. */
async function passTime<Result>(running: Promise<Result>): Promise<Result> {
	let hasEnded = false;
	void running.finally(() => (hasEnded = true));
	while (!hasEnded) await jest.advanceTimersByTimeAsync(1);
	return await running;
}

/** Runs these rows, and writes down what happened; times are in ms. */
async function observe(
	rows: readonly number[],
	settings: Partial<typeof AT_ONCE>,
	work: (row: number) => Promise<void>,
	isStopped: () => boolean = never,
) {
	const started: number[] = [];
	const startTimes: number[] = [];
	const ended: number[] = [];
	let mostInFlight = 0;
	const begin = Date.now();
	const { parallelRequests, ...pauses } = { ...AT_ONCE, ...settings };
	const running = runConcurrently(
		rows,
		pauses,
		new BatchQueue(parallelRequests, isStopped),
		async (row, queue) => {
			const leave = await queue.enter(false);
			started.push(row);
			startTimes.push(Date.now() - begin);
			mostInFlight = Math.max(mostInFlight, started.length - ended.length);
			await work(row);
			ended.push(row);
			await leave?.('answered');
		},
		isStopped,
	);
	await passTime(running);
	return { started, startTimes, ended, mostInFlight, elapsed: Date.now() - begin };
}

const count = (length: number) => Array.from({ length }, (_, n) => n);

test.each([1, 2, 5, 20])('never has more than %i in flight, and uses them all', async (most) => {
	const seen = await observe(count(100), { parallelRequests: most }, (row) =>
		pause(20 + ((row * 7) % 20)),
	);
	expect(seen.mostInFlight).toBe(most);
});

test('fills the place of a row that ends while another one takes long', async () => {
	const seen = await observe(count(20), { parallelRequests: 2 }, (row) =>
		pause(row === 0 ? 150 : 1),
	);
	expect(seen.ended.at(-1)).toBe(0);
	expect(seen.elapsed).toBeLessThan(400);
});

test('starts nothing more once it is stopped, and waits for what is in flight', async () => {
	let stopped = false;
	const work = async (row: number) => {
		await pause(row === 3 ? 5 : 30);
		if (row === 3) stopped = true;
	};
	const seen = await observe(count(100), {}, work, () => stopped);
	expect(seen.started).toEqual([0, 1, 2, 3, 4]);
	expect([...seen.ended].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('for any number of rows and places keeps bound and order, wherever it is stopped', async () => {
	const settings = fc.record({
		rows: fc.integer({ min: 0, max: 60 }),
		most: fc.integer({ min: 1, max: 20 }),
		stopAfter: fc.integer({ min: 0, max: 70 }),
	});
	await fc.assert(
		fc.asyncProperty(settings, async ({ rows, most, stopAfter }) => {
			let ended = 0;
			const work = async (row: number) => {
				for (let turn = 0; turn <= row % 3; turn++) await Promise.resolve();
				ended++;
			};
			const isStopped = () => ended >= stopAfter;
			const seen = await observe(count(rows), { parallelRequests: most }, work, isStopped);
			expect(seen.mostInFlight).toBeLessThanOrEqual(most);
			expect(seen.started).toEqual(count(seen.started.length));
			expect(seen.ended).toHaveLength(seen.started.length);
			expect(seen.started.length).toBeLessThan(Math.min(rows, stopAfter) + most);
			if (stopAfter > rows) expect(seen.started).toHaveLength(rows);
			if (stopAfter === 0) expect(seen.started).toEqual([]);
		}),
	);
});

describe('the pause between groups of rows', () => {
	test('comes after each group, not before the first and not after the last', async () => {
		const settings = { batchSize: 2, batchIntervalMs: 200 };
		const { startTimes, elapsed } = await observe(count(6), settings, () => Promise.resolve());
		const steps = startTimes.slice(1).map((time, n) => time - (startTimes[n] ?? 0));
		expect(steps.map((step) => step > 150)).toEqual([false, true, false, true, false]);
		expect(elapsed).toBeLessThan(600);
	});

	test('is not made with a size that is switched off, or without an interval', async () => {
		const off = { batchSize: Infinity, batchIntervalMs: 1_000 };
		const none = { batchSize: 1, batchIntervalMs: 0 };
		for (const settings of [off, none]) {
			const { elapsed } = await observe(count(20), settings, () => Promise.resolve());
			expect(elapsed).toBeLessThan(500);
		}
	});

	test('does not keep a stopped run waiting', async () => {
		let stopped = false;
		const work = async () => {
			stopped = true;
		};
		const settings = { parallelRequests: 1, batchSize: 1, batchIntervalMs: 1_500 };
		const seen = await observe(count(5), settings, work, () => stopped);
		expect(seen.started).toEqual([0]);
		expect(seen.elapsed).toBeLessThan(500);
	});

	test('ends when the run is stopped in the middle of it', async () => {
		let stopped = false;
		setTimeout(() => (stopped = true), 50);
		const settings = { batchSize: 1, batchIntervalMs: 1_500 };
		const seen = await observe(
			count(5),
			settings,
			() => Promise.resolve(),
			() => stopped,
		);
		expect(seen.started).toEqual([0]);
		expect(seen.elapsed).toBeLessThan(1_000);
	});
});

test('does not pile up anything while 10,000 rows run beside one that hangs', async () => {
	let release = () => {};
	let waiting = 0;
	const hanging = new Promise<void>((resolve) => (release = resolve));
	// Counts what is hung onto the row's end, which stays in memory as long as the row hangs.
	hanging.finally = (settle) => {
		const end = Promise.prototype.finally.call(hanging, settle) as Promise<void>;
		const then = end.then.bind(end);
		end.then = (...handlers) => {
			waiting++;
			return then(...handlers) as never;
		};
		return end;
	};
	const task = async (row: number, queue: RequestQueue) => {
		const leave = await queue.enter(false);
		if (row === 9_999) release();
		if (row === 0) await hanging;
		await leave?.('answered');
	};
	const queue = new BatchQueue(2, never);
	const atOnce = { batchSize: Infinity, batchIntervalMs: 0 };
	await passTime(runConcurrently(count(10_000), atOnce, queue, task, never));
	expect(waiting).toBeLessThan(100);
});
