import { waitUnless } from '../../../api/wait';

/** How long the user can wait for final statuses. */
export const MAX_STATUS_WAIT_SECONDS = 600;
export const DEFAULT_STATUS_WAIT_SECONDS = 300;

/** The time between two looks at the same sessions: 2 s, 3 s, 4.5 s and so on, up to half a minute. */
const FIRST_GAP_MS = 2_000;
const GAP_GROWTH = 1.5;
const MAX_GAP_MS = 30_000;

/**
 * Looks at sessions again, all of them together, until all are final or the time is over. The gaps
 * grow, and the last one is cut, so that the last look begins when the time ends. Between two looks
 * nothing is held but one timer.
 *
 * @param sessions those that have been looked at once, and may change
 * @param lookAgain gives those of its sessions that may still change
 * @param isStopped asked before each look and during each gap; once true, the wait ends
 */
export async function waitUntilFinal<Session>(
	sessions: readonly Session[],
	maxWaitMs: number,
	lookAgain: (open: readonly Session[]) => Promise<readonly Session[]>,
	isStopped: () => boolean,
): Promise<void> {
	const end = Date.now() + maxWaitMs;
	let open = sessions;
	let gapMs = FIRST_GAP_MS;
	for (let leftMs = maxWaitMs; open.length > 0 && leftMs > 0; leftMs = end - Date.now()) {
		await waitUnless(isStopped, Math.min(gapMs, leftMs));
		if (isStopped()) return;
		open = await lookAgain(open);
		gapMs = Math.min(gapMs * GAP_GROWTH, MAX_GAP_MS);
	}
}
