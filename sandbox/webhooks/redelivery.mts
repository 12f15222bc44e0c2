const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** No gap between two attempts is longer (/docs/reference/webhooks). */
const MAX_GAP_MS = 15 * MINUTE_MS;

/** A webhook is given up this long after its first attempt (/docs/reference/webhooks). */
const GIVE_UP_AFTER_MS = 30 * MINUTE_MS;

/**
 * The gaps between the attempts. The reference says that they grow to 15 minutes, but not how. With
 * these, the seventh and last attempt comes 27 minutes and 40 seconds after the first.
 */
const GAPS_MS: readonly number[] = [
	10 * SECOND_MS,
	30 * SECOND_MS,
	MINUTE_MS,
	3 * MINUTE_MS,
	8 * MINUTE_MS,
];

/**
 * Decides what follows a failed attempt.
 *
 * @param attempts how many attempts there were
 * @param elapsedMs the time since the first one
 * @returns the time until the next attempt, or until the webhook is given up
 */
export function nextStep(
	attempts: number,
	elapsedMs: number,
): { waitMs: number; givesUp: boolean } {
	const gapMs = GAPS_MS[attempts - 1] ?? MAX_GAP_MS;
	const leftMs = Math.max(0, GIVE_UP_AFTER_MS - elapsedMs);
	return gapMs <= leftMs ? { waitMs: gapMs, givesUp: false } : { waitMs: leftMs, givesUp: true };
}
