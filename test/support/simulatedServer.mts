import type { LoadSignal } from '../../nodes/api/send';

/**
 * A server in simulated time: takes a request, and gives the time until its answer in ms, and what
 * that says. It is told the time, and how many requests are in flight with this one.
 */
export type SimulatedServer = (
	now: number,
	inFlight: number,
) => { ms: number; signal?: LoadSignal };

/** Answers every request after the same time. */
export const fixedLatency =
	(ms: number): SimulatedServer =>
	() => ({ ms });

/** Answers after a time that is drawn from a log-normal distribution with this median. */
export function longTail(medianMs: number, sigma: number, random: () => number): SimulatedServer {
	return () => {
		const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		return { ms: medianMs * Math.exp(sigma * normal) };
	};
}

/**
 * Works on so many requests at a time; the others queue.
 *
 * @param changes other numbers of workers, each from a time on
 */
export function workerPool(
	ms: number,
	workers: number,
	changes: ReadonlyArray<{ at: number; workers: number }> = [],
): SimulatedServer {
	const phases = [{ at: 0, workers }, ...changes];
	let ends: number[] = [];
	let lastBegan = 0;
	return (now) => {
		const from = Math.max(now, lastBegan);
		ends = ends.filter((end) => end > from);
		const begins = phases.map((phase) => Math.max(from, phase.at, ends.at(-phase.workers) ?? 0));
		const isInPhase = (time: number, index: number) => time < (phases[index + 1]?.at ?? Infinity);
		lastBegan = begins.find(isInPhase) ?? from;
		ends.push(lastBegan + ms);
		return { ms: lastBegan + ms - now };
	};
}

/** Takes longer for every request the more are in flight: twice as long with `doubledBy`. */
export const loadedServer =
	(ms: number, doubledBy: number): SimulatedServer =>
	(_now, inFlight) => ({ ms: ms * (1 + inFlight / doubledBy) });

/** Allows so many requests a second, and as many at once (a token bucket); refuses the others. */
export function rateLimit(ms: number, perSecond: number, atOnce = perSecond): SimulatedServer {
	let tokens = atOnce;
	let last = 0;
	return (now) => {
		tokens = Math.min(atOnce, tokens + ((now - last) * perSecond) / 1_000);
		last = now;
		if (tokens < 1) return { ms, signal: 'asked_to_wait' };
		tokens--;
		return { ms };
	};
}

/** Works on so many requests at once, and soon refuses any other. */
export function inFlightLimit(ms: number, most: number): SimulatedServer {
	let ends: number[] = [];
	return (now) => {
		ends = ends.filter((end) => end > now);
		if (ends.length >= most) return { ms: Math.min(ms, 20), signal: 'asked_to_wait' };
		ends.push(now + ms);
		return { ms };
	};
}
