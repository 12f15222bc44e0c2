import type { Leave, Pace } from '../../../api/send';
import { waitUnless } from '../../../api/wait';
import type { BatchPace } from './requestQueue';

/** Where the user wants pauses. */
export interface PauseSettings {
	/** After this many rows comes a pause. */
	batchSize: number;
	batchIntervalMs: number;
}

/**
 * Runs one task for each row in order, each as soon as its first request has a place.
 *
 * @param task must not throw; its requests keep the pace that it is given
 * @param isStopped once true, nothing more is started
 * @returns when everything that was started has ended
 */
export async function runConcurrently<Item>(
	rows: readonly Item[],
	{ batchSize, batchIntervalMs }: PauseSettings,
	pace: BatchPace,
	task: (row: Item, pace: Pace) => Promise<void>,
	isStopped: () => boolean,
): Promise<void> {
	const running = new Set<Promise<void>>();
	for (const [position, row] of rows.entries()) {
		if (position > 0 && position % batchSize === 0) await waitUnless(isStopped, batchIntervalMs);
		const place = await pace.enterRow();
		if (!place) break;
		const run = runRow(row, place, pace, task).finally(() => running.delete(run));
		running.add(run);
	}
	await Promise.all(running);
}

async function runRow<Item>(
	row: Item,
	place: Leave,
	pace: BatchPace,
	task: (row: Item, pace: Pace) => Promise<void>,
) {
	let first: Leave | undefined = place;
	const enter = async (isNeeded: boolean) => {
		const leave = first ?? (await pace.enter(isNeeded));
		first = undefined;
		return leave;
	};
	await task(row, { enter });
	await first?.('answered');
	pace.endRow();
}
