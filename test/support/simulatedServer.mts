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

/** Works on so many requests at a time; the others queue. */
export function workerPool(ms: number, workersAt: (now: number) => number): SimulatedServer {
	let freeAt: number[] = [];
	return (now) => {
		const workers = workersAt(now);
		freeAt = freeAt.filter((at) => at > now).sort((a, b) => a - b);
		const begins = freeAt.length < workers ? now : (freeAt[freeAt.length - workers] ?? now);
		freeAt.push(begins + ms);
		return { ms: begins + ms - now };
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
