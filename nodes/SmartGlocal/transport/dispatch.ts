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
	let next = 0;
	let gate = Promise.resolve();
	// One loop for each place, instead of waiting for the first of all that run: what waits for a row
	// that hangs must not grow with the number of rows.
	const work = async () => {
		while (next < rows.length && !isStopped()) {
			const position = next++;
			if (position > 0 && position % settings.batchSize === 0 && settings.batchInterval > 0) {
				gate = gate.then(async () => await waitUnless(isStopped, settings.batchInterval));
			}
			await gate;
			if (!isStopped()) await task(rows[position] as Row);
		}
	};
	await Promise.all(Array.from({ length: settings.parallelRequests }, work));
}

/** Longest time in ms until a wait notices that it is no longer needed. */
const NOTICE = 100;

/** Waits, but not much longer than until `isOver` says so; leaves no timer behind. */
export async function waitUnless(isOver: () => boolean, ms: number) {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !isOver(); left = end - Date.now()) {
		await sleep(Math.min(left, NOTICE));
	}
}
