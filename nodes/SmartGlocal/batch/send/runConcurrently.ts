import { waitUnless } from '../../../api/send';
import type { Leave, RequestQueue } from '../../../api/send';
import type { BatchQueue } from './requestQueue';

/** Where the user wants pauses. */
export interface PauseSettings {
	/** After this many rows comes a pause. */
	batchSize: number;
	batchIntervalMs: number;
}

/**
 * Runs one task for each row in order, each as soon as its first request has a place.
 *
 * @param task must not throw; its requests wait in the queue that it is given
 * @param isStopped once true, nothing more is started
 * @returns when everything that was started has ended
 */
export async function runConcurrently<Item>(
	rows: readonly Item[],
	{ batchSize, batchIntervalMs }: PauseSettings,
	queue: BatchQueue,
	task: (row: Item, queue: RequestQueue) => Promise<void>,
	isStopped: () => boolean,
): Promise<void> {
	const running = new Set<Promise<void>>();
	for (const [position, row] of rows.entries()) {
		if (position > 0 && position % batchSize === 0) await waitUnless(isStopped, batchIntervalMs);
		const place = await queue.enterRow();
		if (!place) break;
		const run = runRow(row, place, queue, task).finally(() => running.delete(run));
		running.add(run);
	}
	await Promise.all(running);
}

async function runRow<Item>(
	row: Item,
	place: Leave,
	queue: BatchQueue,
	task: (row: Item, queue: RequestQueue) => Promise<void>,
) {
	let first: Leave | undefined = place;
	const enter = async (isNeeded: boolean) => {
		const leave = first ?? (await queue.enter(isNeeded));
		first = undefined;
		return leave;
	};
	await task(row, { enter });
	await first?.('answered');
	queue.endRow();
}
