import type { IExecuteFunctions } from 'n8n-workflow';
import { STOPPED } from '../../../api/send';
import type { RowResult } from '../../messages/nodeErrors';
import { createCircuitBreaker } from './circuitBreaker';
import type { Operation } from '../defineOperation';
import { BatchQueue } from './requestQueue';
import type { PreparedRow } from '../read/prepareRows';
import { runConcurrently } from './runConcurrently';
import { sendRow, sendRows, toResult } from './sendRows';
import type { Sending } from './sendRows';
import { waitUntilFinal } from './waitUntilFinal';

/** How much longer the last look may take, before the rows that it did not reach keep their status. */
const MAX_OVERTIME_MS = 30_000;

/**
 * Like `sendRows`, for lookups: then looks again at the rows whose payouts are not final, until they
 * are or the time is over, which counts from the end of the first look. All rows are looked up once
 * before any of them is looked up again, and a row that waits has no place among the requests in
 * flight. After its first look a row cannot fail any more: it keeps the last good response.
 */
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

	const { settings, connect } = sending;
	const { maxWaitMs = 0 } = settings;
	const cancelSignal = context.getExecutionCancelSignal();
	const isCancelled = () => cancelSignal?.aborted === true;
	const latest = Date.now() + maxWaitMs + MAX_OVERTIME_MS;
	const mayChange = ({ label }: PreparedRow) => results[label.index]?.mayChange === true;
	const lookAgain = async (open: readonly PreparedRow[]) => {
		const breaker = createCircuitBreaker();
		const isStopped = () =>
			isCancelled() || queue.isRefused || breaker.cause !== undefined || Date.now() > latest;
		// One for each look: a gap must not be taken for a slow answer, nor one bad look for the last.
		const queue = new BatchQueue(settings.parallelRequests, isStopped, () => breaker.isFailing);
		const look = async (row: PreparedRow, send: ReturnType<typeof connect>) => {
			const { end, sessionId } = await sendRow(row, lookup, send);
			if (end !== STOPPED) breaker.record(end);
			if ('items' in end) results[row.label.index] = toResult(row.label, end, sessionId);
		};
		await runConcurrently(
			open,
			settings,
			queue,
			async (row, rowQueue) => await look(row, connect(rowQueue)),
			isStopped,
		);
		return open.filter(mayChange);
	};
	await waitUntilFinal(rows.filter(mayChange), maxWaitMs, lookAgain, isCancelled);
}
