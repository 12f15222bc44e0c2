import { sleep } from 'n8n-workflow';

/** How long a wait can go on after it is no longer needed. */
const POLL_INTERVAL_MS = 100;

/**
 * Waits, but stops early once `isOver` is true. Leaves no timer behind.
 *
 * @param ms time in milliseconds
 */
export async function waitUnless(isOver: () => boolean, ms: number): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !isOver(); left = end - Date.now()) {
		await sleep(Math.min(left, POLL_INTERVAL_MS));
	}
}
