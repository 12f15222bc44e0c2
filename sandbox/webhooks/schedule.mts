const second = 1000;
const minute = 60 * second;

/** No gap between two tries is longer (/docs/reference/webhooks). */
export const longestGapMs = 15 * minute;

/** How long after the first try a webhook is given up (/docs/reference/webhooks). */
export const giveUpAfterMs = 30 * minute;

/**
 * The gaps between the tries. The reference says that they grow up to 15 minutes, not how. With
 * these, the seventh and last try comes 27 minutes and 40 seconds after the first.
 */
export const gapsMs: readonly number[] = [
	...[10 * second, 30 * second, minute, 3 * minute, 8 * minute],
	longestGapMs,
];

/** What happens after a try that failed: another one, or the end of all tries. */
export interface NextStep {
	/** In milliseconds from now. */
	waitMs: number;
	givesUp: boolean;
}

/**
 * Says what happens after a webhook was not answered with HTTP 200.
 *
 * @param attempts how many tries there were
 * @param elapsedMs how long ago the first one was
 * @returns the next try, or giving up when that would come more than 30 minutes after the first one
 */
export function nextStep(attempts: number, elapsedMs: number): NextStep {
	const gap = gapsMs[attempts - 1] ?? longestGapMs;
	const left = Math.max(0, giveUpAfterMs - elapsedMs);
	return gap <= left ? { waitMs: gap, givesUp: false } : { waitMs: left, givesUp: true };
}
