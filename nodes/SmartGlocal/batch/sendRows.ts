import type { IExecuteFunctions } from 'n8n-workflow';
import { UNREADABLE_CODE } from '../../api/outcomes';
import type { Failure } from '../../api/outcomes';
import type { Send } from '../../api/send';
import { orderThroughSession } from '../../api/sessionFirst';
import type { SessionExchange } from '../../api/sessionFirst';
import { createStopError } from '../messages/nodeErrors';
import type { FailedRow, RowResult } from '../messages/nodeErrors';
import { describeFailedRow, describeSkippedRow } from '../messages/rowFailures';
import type { RowLabel } from '../messages/rowFailures';
import type { BatchSettings } from './batchSettings';
import { runConcurrently } from './concurrency';
import type { Operation } from './defineOperation';
import type { PreparedRow } from './prepareRows';

/** How rows are sent. */
interface Sending {
	send: Send;
	settings: BatchSettings;
}

/**
 * Sends the rows and adds their results, each at its row's index.
 *
 * @param results those of the rows that are not sent
 * @throws an error of n8n that lists all rows, when On Error is Stop and a row fails
 */
export async function sendRows(
	context: IExecuteFunctions,
	operation: Operation,
	rows: readonly PreparedRow[],
	sending: Sending,
	results: RowResult[],
): Promise<void> {
	const cancelSignal = context.getExecutionCancelSignal();
	const stopsAtFailure = !context.continueOnFail();
	const isCancelled = () => cancelSignal?.aborted === true;
	let cause: FailedRow | undefined;

	await runConcurrently(
		rows,
		sending.settings,
		async (row) => {
			const result = await sendRow(row, operation, sending);
			results[result.index] = result;
			if (result.failure) cause ??= result as FailedRow;
		},
		() => (stopsAtFailure && cause !== undefined) || isCancelled(),
	);

	const why = isCancelled()
		? 'the execution was cancelled before its turn'
		: 'the run stopped at another row before its turn';
	for (const { label } of rows) {
		const { index, reference, mask } = label;
		const failure = describeSkippedRow(label, why);
		results[index] ??= { index, reference, outcome: failure.outcome, failure, mask };
	}
	if (cause && stopsAtFailure) throw createStopError(context.getNode(), results, cause);
}

async function sendRow(
	{ label, request, output }: PreparedRow,
	{ path, interpret }: Operation,
	{ send, settings }: Sending,
): Promise<RowResult> {
	const call = { path, ...request };
	const { index, reference, mask } = label;
	try {
		const exchange: SessionExchange = settings.sessionFirst
			? await orderThroughSession(call, send)
			: await send(call);
		const result =
			'failure' in exchange ? exchange.failure : interpret(exchange.response, request, output);
		if ('items' in result) return { index, reference, ...result, mask };
		const { sessionId = label.sessionId } = exchange;
		return fail({ ...label, ...(sessionId !== undefined && { sessionId }) }, result);
	} catch {
		// Ours to mend, but the request has left by now: the outcome is not known.
		return fail(label, { outcome: 'unknown', source: 'client', code: UNREADABLE_CODE });
	}
}

function fail(label: RowLabel, failure: Failure): FailedRow {
	const { index, reference, sessionId, mask } = label;
	return {
		index,
		reference,
		mask,
		...(sessionId !== undefined && { sessionId }),
		outcome: failure.outcome,
		failure: describeFailedRow(label, failure),
	};
}
