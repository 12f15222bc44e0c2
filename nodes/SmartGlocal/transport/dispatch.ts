import { sleep } from 'n8n-workflow';

/** How many tasks run side by side, and where pauses go. Times are in milliseconds. */
export interface DispatchSettings {
	parallelRequests: number;
	batchSize: number;
	batchInterval: number;
}

/**
 * Runs one task for each row in order, never more than `parallelRequests` at a time.
 *
 * @param task must not throw
 * @param isStopped asked before each start; once true, nothing more is started
 * @returns when everything that was started has ended
 */
export async function dispatch<Row>(
	rows: readonly Row[],
	settings: DispatchSettings,
	task: (row: Row) => Promise<void>,
	isStopped: () => boolean,
): Promise<void> {
	const inFlight = new Set<Promise<void>>();
	for (const [position, row] of rows.entries()) {
		const pause = position > 0 && position % settings.batchSize === 0 && settings.batchInterval > 0;
		if (pause) await sleep(settings.batchInterval);
		if (inFlight.size >= settings.parallelRequests) await Promise.race(inFlight);
		if (isStopped()) break;

		const running: Promise<void> = task(row).finally(() => inFlight.delete(running));
		inFlight.add(running);
	}
	await Promise.all(inFlight);
}

/** Waits, but no longer than until the execution is cancelled. */
export async function waitUnlessCancelled(ms: number, signal: AbortSignal | undefined) {
	if (signal?.aborted) return;
	let wake = () => {};
	const cancelled = new Promise<void>((resolve) => {
		wake = resolve;
	});
	signal?.addEventListener('abort', wake, { once: true });
	await Promise.race([sleep(ms), cancelled]);
	signal?.removeEventListener('abort', wake);
}
