import { performance as nodePerformance } from 'node:perf_hooks';

import fc from 'fast-check';
import { sleep } from 'n8n-workflow';
import { MAX_TRIES, MAX_WAIT_MS } from '../../nodes/api/send';
import type { Leave } from '../../nodes/api/send';
import { runConcurrently } from '../../nodes/SmartGlocal/batch/send/requestQueue';
import { BatchQueue } from '../../nodes/SmartGlocal/batch/send/requestQueue';
import { RequestRate } from '../../nodes/SmartGlocal/batch/send/requestRate';
import { seededNumbers } from '../../sandbox/faults/rules.mts';
import { fixedLatency, inFlightLimit, rateLimit } from '../support/simulatedServer.mts';
import type { SimulatedServer } from '../support/simulatedServer.mts';

const FREE = { utilization: 0.1, active: 1, idle: 9 };

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['performance'] });
	// Simulated time says nothing of how busy this process is.
	jest.spyOn(nodePerformance, 'eventLoopUtilization').mockReturnValue(FREE);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

/** A batch that wants to send without end, and what it has in flight. */
function startBatch(most: number, waiting = most) {
	let isStopped = false;
	const queue = new BatchQueue(most, () => isStopped);
	const inFlight: Leave[] = [];
	let given = 0;
	let gaveUp = 0;
	const want = () => {
		void queue.enter(false).then((leave) => {
			if (!leave) {
				gaveUp++;
				return;
			}
			given++;
			inFlight.push(leave);
		});
	};
	for (let n = 0; n < waiting; n++) want();
	return {
		queue,
		inFlight,
		/** Ends the oldest request in flight, wants to send another one, and lets `ms` pass. */
		answer: async (waitMs?: number, ms = 0) => {
			const signal = waitMs === undefined ? 'answered' : 'asked_to_wait';
			void inFlight
				.shift()?.(signal, waitMs)
				.then(() => queue.endRow());
			want();
			await jest.advanceTimersByTimeAsync(ms);
		},
		settle: async (ms = 0) => await jest.advanceTimersByTimeAsync(ms),
		stop: () => (isStopped = true),
		counts: () => ({ given, gaveUp }),
	};
}

test('sends nothing while Smart Glocal asks to wait, and half as many afterwards', async () => {
	const batch = startBatch(8);
	await batch.settle();
	expect(batch.inFlight).toHaveLength(8);

	await batch.answer(5_000);
	for (let n = 0; n < 7; n++) await batch.answer();
	await batch.settle(4_800);
	expect(batch.inFlight).toHaveLength(0);

	await batch.settle(400);
	// Seven responses since then have added a little to the half.
	expect(batch.inFlight.length).toBeGreaterThanOrEqual(4);
	expect(batch.inFlight.length).toBeLessThan(8);
});

test('counts requests that left before as one refusal, and comes back to the most', async () => {
	const batch = startBatch(8);
	await batch.settle();
	for (let n = 0; n < 8; n++) await batch.answer(1_000);
	expect(batch.queue.isRefused).toBe(false);
	await batch.settle(1_200);
	expect(batch.inFlight).toHaveLength(4);

	for (let n = 0; n < 200; n++) await batch.answer(undefined, 200);
	expect(batch.inFlight).toHaveLength(8);
});

test('gives up when one round of requests after another is refused', async () => {
	const batch = startBatch(8);
	await batch.settle();
	for (let round = 1; round <= MAX_TRIES; round++) {
		expect(batch.queue.isRefused).toBe(false);
		expect(batch.inFlight).toHaveLength(8 / 2 ** (round - 1));
		for (let left = batch.inFlight.length; left > 0; left--) await batch.answer(1_000);
		await batch.settle(1_200);
	}
	expect(batch.queue.isRefused).toBe(true);
});

test('does not give up while something gets through', async () => {
	const batch = startBatch(8);
	await batch.settle();
	for (let round = 0; round < 20; round++) {
		for (let left = batch.inFlight.length; left > 1; left--) await batch.answer(1_000);
		await batch.answer();
		await batch.settle(1_200);
		expect(batch.inFlight.length).toBeGreaterThanOrEqual(1);
		expect(batch.queue.isRefused).toBe(false);
	}
});

test('gives up at once when the wait would be too long', async () => {
	const batch = startBatch(3);
	await batch.settle();
	await batch.answer(MAX_WAIT_MS + 1);
	expect(batch.queue.isRefused).toBe(true);
});

test('gives up for good when the wait would be too long for one of several requests', async () => {
	const batch = startBatch(3);
	await batch.settle();
	await batch.answer(0);
	await batch.answer(MAX_WAIT_MS + 1);
	expect(batch.queue.isRefused).toBe(true);
	await batch.answer();
	expect(batch.queue.isRefused).toBe(true);
});

test('goes on giving up when a response comes late', async () => {
	const batch = startBatch(8);
	await batch.settle();
	const [late] = batch.inFlight.splice(0, 1);
	for (let round = 1; round <= MAX_TRIES; round++) {
		while (batch.inFlight.length > 0) await batch.answer(1_000);
		await batch.settle(1_200);
	}
	void late?.('answered');
	await batch.settle();
	expect(batch.queue.isRefused).toBe(true);
});

test('lets nobody wait once the batch is stopped, but for what must be known', async () => {
	const batch = startBatch(2, 6);
	await batch.settle();
	await batch.answer(30_000);
	batch.stop();
	await batch.answer();
	await batch.settle(200);
	expect(batch.counts().gaveUp).toBe(6);

	const needed = batch.queue.enter(true);
	await batch.settle(31_000);
	expect(await needed).toBeDefined();
});

test('never has more in flight than the most, whatever is answered', async () => {
	const answers = fc.array(fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined }), {
		maxLength: 60,
	});
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 20 }), answers, async (most, given) => {
			const batch = startBatch(most);
			await batch.settle();
			for (const waitMs of given) {
				await batch.answer(waitMs);
				expect(batch.inFlight.length).toBeLessThanOrEqual(most);
			}
			await batch.settle(2_200);
			// Nothing is left waiting for ever.
			expect(batch.inFlight.length).toBeGreaterThanOrEqual(1);
		}),
		{ numRuns: 50 },
	);
});

/** Sends rows until all are accepted, each refused one again. */
async function payAll(rows: number, server: SimulatedServer, retryAfterMs: number) {
	let accepted = 0;
	let refused = 0;
	let inFlight = 0;
	const begin = Date.now();
	let halfAt = begin;
	const queue = new BatchQueue(undefined, () => false);
	const done = runConcurrently(
		Array.from({ length: rows }, (_, row) => row),
		{ batchSize: Infinity, batchIntervalMs: 0 },
		queue,
		async (_row, { enter }) => {
			for (;;) {
				const leave = await enter(true);
				inFlight++;
				const { ms, signal = 'answered' } = server(Date.now(), inFlight);
				await sleep(ms);
				inFlight--;
				await leave?.(signal, signal === 'asked_to_wait' ? retryAfterMs : undefined);
				if (signal === 'answered') break;
				refused++;
			}
			if (++accepted === rows / 2) halfAt = Date.now();
		},
		() => false,
	);
	let isDone = false;
	void done.then(() => (isDone = true));
	while (!isDone) await jest.advanceTimersByTimeAsync(20);
	return {
		seconds: (Date.now() - begin) / 1_000,
		secondHalf: (Date.now() - halfAt) / 1_000,
		refused: refused / (accepted + refused),
		queue,
	};
}

describe('a server that allows so many requests a second', () => {
	test.each([
		[50, 20, 50, 0.9],
		[50, 100, 50, 0.9],
		[50, 300, 50, 0.9],
		// Beginning with few takes several of its slow round trips.
		[50, 1_000, 50, 0.85],
		[10, 100, 10, 0.9],
		[200, 100, 200, 0.9],
		[50, 20, 5, 0.9],
		[50, 100, 5, 0.85],
	])(
		'is used well, and hardly asked in vain: %i, answers after %i ms, %i at once',
		async (perSecond, ms, atOnce, share) => {
			const rows = perSecond * 100;
			const server = rateLimit(ms, perSecond, atOnce);
			const { seconds, refused, queue } = await payAll(rows, server, 1_000);
			expect(rows / seconds / perSecond).toBeGreaterThanOrEqual(share);
			expect(refused).toBeLessThan(0.05);
			expect(queue.isRefused).toBe(false);
		},
	);

	test('is not held back when it never refuses', async () => {
		const { seconds } = await payAll(2_000, fixedLatency(100), 1_000);
		expect(seconds).toBeLessThan(2);
	});

	test.each([
		[0.2, 1_000, 3.5],
		[0.05, 1_000, 4.5],
		[0.05, 0, 4.5],
		[0.01, 1_000, 6],
	])(
		'is not left to crawl when %d of all are refused at any rate, to wait %i ms',
		async (share, waitMs, most) => {
			const random = seededNumbers(7);
			const server: SimulatedServer = () => ({
				ms: 20,
				signal: random() < share ? 'asked_to_wait' : 'answered',
			});
			const { seconds, refused, secondHalf } = await payAll(2_000, server, waitMs);
			// Even a wait of nothing counts as a second.
			const waits = (2_000 * refused) / (1 - refused);
			expect(seconds).toBeLessThan(most * waits);
			// Nor does it become slower and slower.
			expect(secondHalf).toBeLessThan(0.8 * seconds);
		},
	);

	test('is not held back for long by one refusal among many responses', async () => {
		let asked = 0;
		const server: SimulatedServer = () => ({
			ms: 300,
			signal: ++asked === 10 ? 'asked_to_wait' : 'answered',
		});
		const { seconds } = await payAll(5_000, server, 1_000);
		expect(seconds).toBeLessThan(40);
	});

	test('is used in full again a while after it refused for another reason', async () => {
		const refusing: SimulatedServer = (now) => ({
			ms: 100,
			signal: now - begin > 500 && now - begin < 600 ? 'asked_to_wait' : 'answered',
		});
		const begin = Date.now();
		const { seconds } = await payAll(20_000, refusing, 1_000);
		expect(seconds).toBeLessThan(60);
	});
});

test.each([
	[300, 5_000, 0.92],
	[100, 50_000, 0.88],
	[300, 16_700, 0.92],
	[1_000, 5_000, 0.92],
])(
	'a server that works on 50 at once and refuses any other is used well: answers after %i ms, %i rows',
	async (ms, rows, share) => {
		const { seconds, refused, queue } = await payAll(rows, inFlightLimit(ms, 50), 1_000);
		// Each refusal costs a second of waiting, the first ones in vain.
		expect((rows * ms) / 50_000 / seconds).toBeGreaterThanOrEqual(share);
		expect(refused).toBeLessThan(0.01);
		expect(queue.isRefused).toBe(false);
	},
);

/** Looks every so many ms what may begin, up to so many per ms, and accepts it; gives how many. */
function sendEvery(
	rate: RequestRate,
	everyMs: number,
	from: number,
	to: number,
	most = 1 / everyMs,
): number {
	let sent = 0;
	for (let now = from; now < to; now += everyMs) {
		for (; rate.opensAt <= now && sent < (now + everyMs - from) * most; sent++) {
			rate.begin(now);
			rate.accept();
		}
	}
	return sent;
}

test('a rate that has come back beyond what was sent says nothing of what is refused', () => {
	const rate = new RequestRate();
	sendEvery(rate, 100, 0, 2_000);
	rate.slowDown(2_000, 1_000);
	sendEvery(rate, 100, 3_000, 300_000);
	rate.slowDown(300_000, 1_000);
	expect(sendEvery(rate, 1, 301_000, 302_000)).toBeLessThan(25);
});

test('a rate grows again although nothing was sent before it was refused once more', () => {
	const rate = new RequestRate();
	sendEvery(rate, 10, 0, 2_000);
	rate.slowDown(2_000, 1_000);
	sendEvery(rate, 10, 3_000, 5_000);
	for (const now of [5_000, 5_010]) rate.slowDown(now, 0);
	const first = sendEvery(rate, 1, 6_000, 16_000);
	expect(sendEvery(rate, 1, 116_000, 126_000)).toBeGreaterThan(1.5 * first);
});

test('a burst that was accepted is no rate for long', () => {
	const rate = new RequestRate();
	sendEvery(rate, 1, 0, 20);
	rate.slowDown(20, 0);
	expect(sendEvery(rate, 1, 20, 1_020)).toBeLessThan(800);
});

test('what n8n was too busy to begin in time is made up for', () => {
	const rates = [1, 50].map((everyMs) => {
		const rate = new RequestRate();
		sendEvery(rate, 20, 0, 2_000);
		rate.slowDown(2_000, 0);
		return sendEvery(rate, everyMs, 2_000, 4_000, 1);
	});
	expect(rates[1]).toBeGreaterThan(0.9 * (rates[0] ?? 0));
});

test('ten rows in a row that fail for want of a right key are met with five in flight', async () => {
	let sent = 0;
	let failed = 0;
	const isStopped = () => failed >= 10;
	const queue = new BatchQueue(undefined, isStopped, () => failed > 0);
	const done = runConcurrently(
		Array.from({ length: 100 }, (_, row) => row),
		{ batchSize: Infinity, batchIntervalMs: 0 },
		queue,
		async (_row, { enter }) => {
			const leave = await enter(false);
			if (!leave) return;
			sent++;
			await sleep(300);
			await leave('answered');
			failed++;
		},
		isStopped,
	);
	await jest.advanceTimersByTimeAsync(5_000);
	await done;
	expect(sent).toBeLessThan(10 + 5);
});
