import fc from 'fast-check';
import type { LoadSignal } from '../../nodes/api/send';
import {
	Concurrency,
	growBack,
	MAX_PARALLEL_REQUESTS,
} from '../../nodes/SmartGlocal/batch/send/concurrency';
import type { Flight } from '../../nodes/SmartGlocal/batch/send/concurrency';
import { seededNumbers } from '../../sandbox/faults/rules.mts';
import {
	fixedLatency,
	inFlightLimit,
	loadedServer,
	longTail,
	workerPool,
} from '../support/simulatedServer.mts';
import type { SimulatedServer } from '../support/simulatedServer.mts';

/** Simulated time in ms. */
let now = 0;

/** The answers in a row of equal times, and what else was seen. */
interface Course {
	/** How many were answered in each round trip. */
	answers: number[];
	mostInFlight: number;
	/** How many were in flight when the first answer came. */
	mostBeforeAnswer: number;
	/** The limit at the end of each round trip. */
	limits: number[];
}

/** Sends without end, as many at once as may be, for so many round trips of so many ms. */
function observe(
	server: SimulatedServer,
	rounds: number,
	roundMs: number,
	concurrency = new Concurrency(),
): Course {
	const course: Course = { answers: [], mostInFlight: 0, mostBeforeAnswer: 0, limits: [] };
	/** By time. */
	const pending: Array<{ at: number; signal: LoadSignal; flight: Flight }> = [];
	let inFlight = 0;
	const fill = () => {
		while (concurrency.hasRoom) {
			inFlight++;
			const flight = concurrency.begin(now);
			const { ms, signal = 'answered' } = server(now, inFlight);
			const at = now + ms;
			let place = pending.length;
			while ((pending[place - 1]?.at ?? 0) > at) place--;
			pending.splice(place, 0, { at, signal, flight });
		}
		course.mostInFlight = Math.max(course.mostInFlight, inFlight);
	};
	now = 0;
	fill();
	course.mostBeforeAnswer = inFlight;
	for (let round = 1; round <= rounds; round++) {
		let answered = 0;
		while ((pending[0]?.at ?? Infinity) <= round * roundMs) {
			const { at, signal, flight } = pending.shift()!;
			now = at;
			inFlight--;
			if (signal === 'answered') answered++;
			concurrency.end(flight, now, signal);
			fill();
		}
		course.answers.push(answered);
		course.limits.push(concurrency.limit);
	}
	return course;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** How many are answered in these round trips with the fixed number that is best for them. */
function answersOfBest(make: () => SimulatedServer, from: number, to: number, roundMs: number) {
	const numbers = [1, 2, 3, 5, 8, 12, 20, 32, 50, 64, 80, 100, 160, 200, 300, 400, 600, 800];
	return Math.max(
		...numbers.map((fixed) =>
			sum(observe(make(), to, roundMs, new Concurrency(fixed)).answers.slice(from)),
		),
	);
}

const ROUND_MS = 300;
const failingAbove =
	(most: number): SimulatedServer =>
	(_now, inFlight) =>
		inFlight > most ? { ms: ROUND_MS, signal: 'failed' } : { ms: ROUND_MS };

const SERVERS: Array<[string, () => SimulatedServer]> = [
	['one that always takes the same time', () => fixedLatency(ROUND_MS)],
	['one worker', () => workerPool(ROUND_MS, 1)],
	['4 workers', () => workerPool(ROUND_MS, 4)],
	['30 workers', () => workerPool(ROUND_MS, 30)],
	['64 workers', () => workerPool(ROUND_MS, 64)],
	['250 workers', () => workerPool(ROUND_MS, 250)],
	['one that takes longer under load', () => loadedServer(ROUND_MS, 50)],
	['one that soon takes longer under load', () => loadedServer(ROUND_MS, 10)],
	['one that takes longer and longer', () => (now) => ({ ms: ROUND_MS + now / 20 })],
	['one with a long tail', () => longTail(0.72 * ROUND_MS, 0.8, seededNumbers(7))],
];

describe('automatic, with a server that always takes the same time', () => {
	test.each([20, 300, 1_000])('grows four times per round trip: %i ms', (ms) => {
		const { limits } = observe(fixedLatency(ms), 10, ms);
		expect(limits).toEqual([20, 80, 320, 800, 800, 800, 800, 800, 800, 800]);
	});

	test('pays 1,000 rows within five round trips, and 5,000 within ten', () => {
		const { answers } = observe(fixedLatency(1_000), 10, 1_000);
		expect(sum(answers.slice(0, 5))).toBeGreaterThanOrEqual(1_000);
		expect(sum(answers)).toBeGreaterThanOrEqual(5_000);
	});
});

describe.each(SERVERS)('automatic, with a server of this kind: %s', (_name, make) => {
	test('reaches 80 % of the best fixed number within ten round trips', () => {
		const { answers } = observe(make(), 30, ROUND_MS);
		const best = answersOfBest(make, 10, 30, ROUND_MS);
		expect(sum(answers.slice(10)) / best).toBeGreaterThanOrEqual(0.8);
	});

	test('begins with 5, and never has more in flight than the ceiling', () => {
		const { mostBeforeAnswer, mostInFlight } = observe(make(), 60, ROUND_MS);
		expect(mostBeforeAnswer).toBe(5);
		expect(mostInFlight).toBeLessThanOrEqual(MAX_PARALLEL_REQUESTS);
	});
});

test('reaches 80 % with most long-tailed servers, whatever is drawn', () => {
	const shares = Array.from({ length: 40 }, (_, seed) => {
		const make = () => longTail(0.72 * ROUND_MS, 0.8, seededNumbers(seed));
		const { answers } = observe(make(), 20, ROUND_MS);
		return sum(answers.slice(10)) / (10 * MAX_PARALLEL_REQUESTS);
	});
	expect(shares.filter((share) => share >= 0.8).length).toBeGreaterThanOrEqual(34);
});

test.each([4, 30, 64])('settles at about what a server works on at a time: %i', (workers) => {
	const { limits, mostInFlight } = observe(workerPool(ROUND_MS, workers), 200, ROUND_MS);
	expect(mostInFlight).toBeLessThanOrEqual(Math.max(20, 8 * workers));
	expect(sum(limits.slice(100)) / 100).toBeLessThan(Math.max(10, 2.5 * workers));
});

test('settles where more in flight would only make a server slower', () => {
	const { limits } = observe(loadedServer(ROUND_MS, 10), 200, ROUND_MS);
	expect(sum(limits.slice(50)) / 150).toBeLessThan(100);
});

test('is not held back by a server that takes longer for a while', () => {
	const server: SimulatedServer = (now) => ({
		ms: now > 20 * ROUND_MS && now < 60 * ROUND_MS ? 5 * ROUND_MS : ROUND_MS,
	});
	const { answers } = observe(server, 80, ROUND_MS);
	expect(sum(answers.slice(26, 60)) / (34 / 5)).toBeGreaterThan(0.8 * MAX_PARALLEL_REQUESTS);
	expect(sum(answers.slice(70)) / 10).toBeGreaterThan(0.95 * MAX_PARALLEL_REQUESTS);
});

describe('a server that recovers', () => {
	const SLOW_ROUNDS = [8, 13, 20, 27, 31];

	test.each(SLOW_ROUNDS.flatMap((rounds) => [2, 5, 20].map((few) => [rounds, few] as const)))(
		'is used again within ten round trips: after %i of them with %i workers',
		(slowRounds, few) => {
			const recovers = slowRounds * ROUND_MS;
			const server = workerPool(ROUND_MS, few, [{ at: recovers, workers: 200 }]);
			const { answers } = observe(server, slowRounds + 14, ROUND_MS);
			expect(Math.max(...answers.slice(slowRounds, slowRounds + 11))).toBeGreaterThanOrEqual(160);
		},
	);

	test.each([1, 2, 3, 4])('after %i round trips of errors alone', (bad) => {
		const server: SimulatedServer = (now) => {
			const isBad = now >= 12 * ROUND_MS && now < (12 + bad) * ROUND_MS;
			return { ms: ROUND_MS, signal: isBad ? 'failed' : 'answered' };
		};
		const { answers, limits } = observe(server, 40, ROUND_MS);
		expect(Math.min(...limits.slice(12, 13 + bad))).toBeLessThanOrEqual(
			MAX_PARALLEL_REQUESTS / 2 ** bad,
		);
		expect(Math.max(...answers.slice(12 + bad, 22 + bad))).toBeGreaterThanOrEqual(
			0.8 * MAX_PARALLEL_REQUESTS,
		);
	});
});

describe.each(['failed', 'asked_to_wait'] as const)('a request that %s', (signal) => {
	test('halves the limit, once for all that were in flight', () => {
		for (const concurrency of [new Concurrency(80), grown(2)]) {
			const flights = Array.from({ length: 80 }, () => concurrency.begin(0));
			for (const flight of flights) concurrency.end(flight, 10, signal);
			expect(concurrency.limit).toBe(40);
		}
	});

	test('never leaves less than one, which comes back', () => {
		const concurrency = new Concurrency();
		for (let n = 0; n < 20; n++) concurrency.end(concurrency.begin(n), n + 1, signal);
		expect(concurrency.limit).toBe(1);
		const { limits } = observe(fixedLatency(ROUND_MS), 20, ROUND_MS, concurrency);
		expect(limits.at(-1)).toBeGreaterThanOrEqual(5);
	});
});

/** One whose limit has grown for so many round trips. */
function grown(rounds: number): Concurrency {
	const concurrency = new Concurrency();
	for (let round = 0; round < rounds; round++) {
		const flights = [];
		while (concurrency.hasRoom) flights.push(concurrency.begin(0));
		for (const flight of flights) concurrency.end(flight, ROUND_MS, 'answered');
	}
	return concurrency;
}

test('comes back fast to where trouble began, and slowly beyond it', () => {
	const back = [0, 0.25, 0.5, 0.75, 1, 1.5, 2].map((passed) => growBack(50, 100, passed));
	expect(back.map(Math.round)).toEqual([50, 79, 94, 99, 100, 106, 150]);
});

test('learns from errors how many are too many, so that they become rare', () => {
	const server = failingAbove(100);
	let failed = 0;
	const counted: SimulatedServer = (now, inFlight) => {
		const answer = server(now, inFlight);
		if (answer.signal === 'failed' && now > 10 * ROUND_MS) failed++;
		return answer;
	};
	const answers = sum(observe(counted, 100, ROUND_MS).answers.slice(10));
	expect(answers).toBeGreaterThan(0.7 * 100 * 90);
	expect(failed / answers).toBeLessThan(0.04);
});

test.each([30, 50, 90])('comes back to as many as a server works on at once: %i', (most) => {
	const { limits } = observe(inFlightLimit(ROUND_MS, most), 60, ROUND_MS);
	expect(sum(limits.slice(12)) / 48).toBeGreaterThan(0.92 * most);
	expect(Math.max(...limits.slice(4))).toBeLessThanOrEqual(most + 1);
});

describe('a late event loop', () => {
	test('comes back to a little below where it was late', () => {
		const concurrency = new Concurrency(80);
		const flights = Array.from({ length: 80 }, () => concurrency.begin(0));
		concurrency.end(flights[0]!, ROUND_MS, 'answered');
		concurrency.noteLateness();
		for (const flight of flights.slice(1)) concurrency.end(flight, ROUND_MS, 'answered');
		const { limits } = observe(fixedLatency(ROUND_MS), 9, ROUND_MS, concurrency);
		expect([75, 76]).toContain(limits.at(-1));
	});

	test('takes a quarter, but leaves the five that a run begins with', () => {
		const concurrency = grown(2);
		const beLate = () => {
			concurrency.end(concurrency.begin(0), ROUND_MS, 'answered');
			concurrency.noteLateness();
		};
		beLate();
		expect(concurrency.limit).toBe(60);
		const limits = Array.from({ length: 20 }, () => {
			beLate();
			return concurrency.limit;
		});
		expect(Math.min(...limits)).toBe(5);
	});

	test('takes it once, until something was answered with the new limit', () => {
		const concurrency = grown(2);
		concurrency.end(concurrency.begin(0), ROUND_MS, 'answered');
		for (let n = 0; n < 20; n++) concurrency.noteLateness();
		expect(concurrency.limit).toBe(60);
	});
});

describe('an n8n that is busy all the time', () => {
	/** Has 2 ms of work for each request, one after another. */
	const busyClient = () => workerPool(2, 1);
	const behind =
		(work: SimulatedServer, ms = ROUND_MS): SimulatedServer =>
		(now, inFlight) => ({ ms: ms + work(now, inFlight).ms });

	test('gets no more than it can use', () => {
		const concurrency: Concurrency = new Concurrency(undefined, (): number =>
			concurrency.limit >= 150 ? 1 : 0.5,
		);
		const { answers, limits } = observe(behind(busyClient()), 60, ROUND_MS, concurrency);
		expect(sum(limits.slice(20)) / 40).toBeLessThan(250);
		expect(sum(answers.slice(10)) / (50 * 150)).toBeGreaterThanOrEqual(0.8);
	});

	test('gets hardly more than it has time for', () => {
		const NEAR_MS = 20;
		let busyMs = 0;
		let last = 0;
		class Counting extends Concurrency {
			override end(...end: Parameters<Concurrency['end']>) {
				busyMs += 2;
				super.end(...end);
			}
		}
		// Unlike the server above, it tells how busy it is.
		const concurrency = new Counting(undefined, () => {
			const share = Math.min(1, busyMs / Math.max(1, now - last));
			last = now;
			busyMs = 0;
			return share;
		});
		const { answers, limits } = observe(behind(busyClient(), NEAR_MS), 400, NEAR_MS, concurrency);
		expect(Math.max(...limits)).toBeLessThan(3 * (NEAR_MS / 2));
		expect(sum(answers.slice(20)) / (380 * (NEAR_MS / 2))).toBeGreaterThanOrEqual(0.8);
	});

	test.each([0, -1e-9, NaN])('goes on when its share is measured as %p', (share) => {
		const concurrency = new Concurrency(undefined, () => share);
		const { answers } = observe(fixedLatency(ROUND_MS), 30, ROUND_MS, concurrency);
		expect(sum(answers.slice(10)) / (20 * MAX_PARALLEL_REQUESTS)).toBeGreaterThanOrEqual(0.8);
	});

	test('with something else still gets what is worthwhile', () => {
		const concurrency = new Concurrency(undefined, () => 1);
		const { answers } = observe(fixedLatency(ROUND_MS), 60, ROUND_MS, concurrency);
		expect(sum(answers.slice(10)) / (50 * MAX_PARALLEL_REQUESTS)).toBeGreaterThanOrEqual(0.8);
	});
});

describe('a fixed number', () => {
	test.each([1, 2, 7, 20, MAX_PARALLEL_REQUESTS])(
		'is kept from the first request on: %i',
		(fixed) => {
			const course = observe(fixedLatency(ROUND_MS), 20, ROUND_MS, new Concurrency(fixed));
			expect(course.mostBeforeAnswer).toBe(fixed);
			expect(new Set(course.limits)).toEqual(new Set([fixed]));
		},
	);

	test('is never exceeded, and comes back after trouble', () => {
		const server: SimulatedServer = (now) => ({
			ms: ROUND_MS,
			signal: now >= 1_000 && now < 2_000 ? 'failed' : 'answered',
		});
		const course = observe(server, 40, ROUND_MS, new Concurrency(40));
		expect(course.mostInFlight).toBe(40);
		expect(Math.min(...course.limits)).toBeLessThanOrEqual(10);
		expect(course.limits.at(-1)).toBe(40);
	});
});

test('sends no more at once while rows fail for a reason that is not their own', () => {
	const concurrency = new Concurrency(undefined, undefined, () => true);
	const { limits } = observe(fixedLatency(ROUND_MS), 10, ROUND_MS, concurrency);
	expect(new Set(limits)).toEqual(new Set([5]));
});

test('does not try more when rows, and not places, are what is missing', () => {
	const concurrency = new Concurrency();
	for (let n = 0; n < 500; n++) concurrency.end(concurrency.begin(n), n + 20, 'answered');
	expect(concurrency.limit).toBe(5);
});

test('keeps every bound, whatever is answered and whenever', () => {
	const steps = fc.array(
		fc.record({
			signal: fc.constantFrom<LoadSignal>(
				'answered',
				'answered',
				'answered',
				'failed',
				'asked_to_wait',
			),
			ms: fc.integer({ min: 0, max: 70_000 }),
			ends: fc.nat(),
			isLate: fc.boolean(),
		}),
		{ maxLength: 400 },
	);
	const fixed = fc.option(fc.integer({ min: 1, max: MAX_PARALLEL_REQUESTS }), { nil: undefined });
	fc.assert(
		fc.property(fixed, steps, (number, given) => {
			const concurrency = new Concurrency(number);
			const flights: Array<Flight> = [];
			let now = 0;
			for (const { signal, ms, ends, isLate } of given) {
				while (concurrency.hasRoom) flights.push(concurrency.begin(now));
				now += ms;
				const [flight] = flights.splice(ends % flights.length, 1);
				if (flight) concurrency.end(flight, now, signal);
				if (isLate) concurrency.noteLateness();
				expect(concurrency.limit).toBeGreaterThanOrEqual(1);
				expect(concurrency.limit).toBeLessThanOrEqual(number ?? MAX_PARALLEL_REQUESTS);
			}
		}),
	);
});
