import type { FaultRule } from '../sandbox/server.mts';

/** How the server responds. */
export interface BenchServer {
	latency: Latency;
	/** Requests that it allows in any second, when there is a limit. */
	requestsPerSecond?: number | undefined;
	/** Whether it is no sandbox, but a server that does no more than answer. */
	isPlain?: boolean | undefined;
	/** Requests that a plain server works on at once, when there is a limit. */
	mostInFlight?: number | undefined;
}

/** How long every response is held back, in ms; or `long-tail`, where some take far longer. */
export type Latency = number | typeof LONG_TAIL;

export const LONG_TAIL = 'long-tail';

/** The latency of everything that is not measured at several. */
export const NEAR = 20;

/** The latencies that ways are compared at. */
export const LATENCIES: readonly Latency[] = [NEAR, 300, 1_000, LONG_TAIL];

/** The limits that ways are measured with. */
export const LIMITED: BenchServer = { latency: NEAR, requestsPerSecond: 50 };
export const LIMITED_IN_FLIGHT: BenchServer = { latency: 300, mostInFlight: 50, isPlain: true };

/** The server that shows what a way can do at best. */
export const PLAIN: BenchServer = { latency: 1_000, isPlain: true };

const MEDIAN_MS = 300;
const STEPS = 100;
/** With this exponent one response in ten takes over 700 ms, one in a hundred about 2.5 s. */
const TAIL = 2.5;

/**
 * Faults that make response times follow a log-logistic distribution with a median of 300 ms. The
 * sandbox draws from seeded numbers for each reference, so each payout takes as long in every run.
 */
export function longTailFaults(): FaultRule[] {
	return Array.from({ length: STEPS }, (_, step) => ({
		// Of the steps that are left, each is as probable.
		when: { probability: 1 / (STEPS - step) },
		fault: { type: 'slow', ms: Math.round(longTailMs((step + 0.5) / STEPS)) },
	}));
}

/** The response time in ms that a share of all response times, between 0 and 1, stays below. */
function longTailMs(share: number): number {
	return MEDIAN_MS * (share / (1 - share)) ** (1 / TAIL);
}

/** A latency in words. */
export function describeLatency(latency: Latency): string {
	if (latency !== LONG_TAIL) return `${latency.toLocaleString('en-US')} ms`;
	return `${MEDIAN_MS} ms, long-tailed`;
}
