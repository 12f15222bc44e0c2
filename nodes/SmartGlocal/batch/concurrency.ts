import { waitUnless } from '../../api/wait';

/** How many requests are in flight at once, and where the user wants pauses. */
export interface ConcurrencySettings {
	parallelRequests: number;
	/** After this many rows comes a pause. */
	batchSize: number;
	batchIntervalMs: number;
}

/** The most that 'Parallel Requests' can be. */
export const MAX_PARALLEL_REQUESTS = 20;

/**
 * Runs one task for each row in order, never more than `parallelRequests` at a time.
 *
 * @param task must not throw
 * @param isStopped asked before each start; once true, nothing more is started
 * @returns when everything that was started has ended
 */
export async function runConcurrently<Item>(
	rows: readonly Item[],
	settings: ConcurrencySettings,
	task: (row: Item) => Promise<void>,
	isStopped: () => boolean,
): Promise<void> {
	let next = 0;
	let gate = Promise.resolve();
	// A fixed set of workers instead of a race over all tasks in flight: what waits for a row that
	// hangs must not grow with the number of rows.
	const work = async () => {
		while (next < rows.length && !isStopped()) {
			const position = next++;
			if (position > 0 && position % settings.batchSize === 0 && settings.batchIntervalMs > 0) {
				gate = gate.then(async () => await waitUnless(isStopped, settings.batchIntervalMs));
			}
			await gate;
			if (!isStopped()) await task(rows[position] as Item);
		}
	};
	await Promise.all(Array.from({ length: settings.parallelRequests }, work));
}
