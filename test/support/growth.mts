/** A small input and one that is 16 times as large. */
export interface Inputs<T> {
	small: T;
	large: T;
}

/** The length of the longest texts that n8n must survive, in characters. */
const MEGABYTE = 1_048_576;
const STEP = 16;
/** Linear work takes 16 times as long for the large input, quadratic work 256 times. */
const MAX_RATIO = 4 * STEP;
/** A large input holds nobody up for so long, and memory alone can make such times differ much. */
const HARMLESS_MS = 500;
/** How often both inputs are measured before the work counts as slow. */
const MAX_ROUNDS = 4;
const SMALL_RUNS_PER_ROUND = 3;
const PAUSE_MS = 100;

/** Makes both inputs; `make` takes their size. */
export function inputsOf<T>(make: (size: number) => T, largeSize: number = MEGABYTE): Inputs<T> {
	return { small: make(Math.ceil(largeSize / STEP)), large: make(largeSize) };
}

/** Both inputs as texts of one piece, over and over. */
export function textsOf(piece: string, largeSize?: number): Inputs<string> {
	return inputsOf((size) => piece.repeat(Math.ceil(size / piece.length)), largeSize);
}

/** How long the work takes, in ms, without the time in which the machine ran other processes. */
async function measure(work: () => unknown): Promise<number> {
	const start = performance.now();
	const cpu = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(cpu);
	return Math.min(performance.now() - start, (user + system) / 1_000);
}

/**
 * Finds work whose time grows faster than its input, as with the square of it. The shortest of several
 * times counts, and the two inputs take turns, so that a busy machine disturbs both alike.
 *
 * @param harmlessMs a time for the large input that is nothing to worry about, whatever the small takes
 * @returns what was measured, or undefined when the time grows with the size at most
 */
export async function findSlowGrowth<T>(
	work: (input: T) => unknown,
	{ small, large }: Inputs<T>,
	harmlessMs: number = HARMLESS_MS,
): Promise<string | undefined> {
	let smallMs = Infinity;
	let largeMs = Infinity;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		if (round > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		largeMs = Math.min(largeMs, await measure(() => work(large)));
		if (largeMs <= harmlessMs) return undefined;
		for (let run = 0; run < SMALL_RUNS_PER_ROUND; run++) {
			smallMs = Math.min(smallMs, await measure(() => work(small)));
		}
		if (largeMs <= MAX_RATIO * smallMs) return undefined;
	}
	return `${largeMs.toFixed(1)} ms for ${STEP} times what takes ${smallMs.toFixed(1)} ms`;
}

/** How many times as long the work takes for one input as for the other: the shortest of three times each. */
export async function compareTimes<T>(
	work: (input: T) => unknown,
	one: T,
	other: T,
): Promise<number> {
	const times = [Infinity, Infinity];
	for (let round = 0; round < 3; round++) {
		for (const [index, input] of [one, other].entries()) {
			times[index] = Math.min(times[index] ?? 0, await measure(() => work(input)));
		}
	}
	return (times[0] ?? 0) / (times[1] ?? 0);
}
