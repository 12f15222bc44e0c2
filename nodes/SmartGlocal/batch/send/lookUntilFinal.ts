import type { IExecuteFunctions } from 'n8n-workflow';
import { waitUnless } from '../../../api/send';
import type { RowResult } from '../../messages/nodeErrors';
import type { Operation } from '../defineOperation';
import type { PreparedRow } from '../read/prepareRows';
import { sendConcurrently, sendRows } from './sendRows';
import type { Sending } from './sendRows';

/** The time between two looks at the same sessions: 2 s, 3 s, 4.5 s and so on, up to half a minute. */
const FIRST_GAP_MS = 2_000;
const GAP_GROWTH = 1.5;
const MAX_GAP_MS = 30_000;

/** How much longer the last look may take, before the rows that it did not reach keep their status. */
const MAX_OVERTIME_MS = 30_000;

/** Like `sendRows`, then looks again until all rows are final. A row keeps its last good answer. */
export async function lookUntilFinal(
	context: IExecuteFunctions,
	operation: Operation,
	rows: readonly PreparedRow[],
	sending: Sending,
	results: RowResult[],
): Promise<void> {
	const { interpretFinality: interpret = operation.interpret } = operation;
	const lookup = { ...operation, interpret };
	await sendRows(context, lookup, rows, sending, results);

	const cancelSignal = context.getExecutionCancelSignal();
	const isCancelled = () => cancelSignal?.aborted === true;
	const end = Date.now() + (sending.settings.maxWaitMs ?? 0);
	const isStopped = () => isCancelled() || Date.now() > end + MAX_OVERTIME_MS;
	const endRow = (index: number, result: RowResult) => {
		if (result.items) results[index] = result;
	};
	let gapMs = FIRST_GAP_MS;
	for (let leftMs = end - Date.now(); leftMs > 0; leftMs = end - Date.now()) {
		const open = rows.filter(({ label }) => results[label.index]?.mayChange);
		if (open.length === 0) return;
		await waitUnless(isCancelled, Math.min(gapMs, leftMs));
		if (isCancelled()) return;
		// A queue for each look: a gap must not be taken for a slow answer, nor one bad look for the last.
		await sendConcurrently(lookup, open, sending, results, isStopped, endRow);
		gapMs = Math.min(gapMs * GAP_GROWTH, MAX_GAP_MS);
	}
}
