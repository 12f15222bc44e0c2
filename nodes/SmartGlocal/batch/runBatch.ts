import type { IExecuteFunctions, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { authenticateRequest } from '../../../credentials/authenticateRequest';
import { createSend } from '../../api/send';
import type { ConnectionSettings, Pace, Send } from '../../api/send';
import { createCheckError, createSettingsError } from '../messages/nodeErrors';
import type { RowResult } from '../messages/nodeErrors';
import { ValidationError } from '../payout/validationError';
import { readBatchSettings } from './batchSettings';
import type { BatchSettings } from './batchSettings';
import type { Operation } from './defineOperation';
import { showRequest } from './dryRun';
import { recallTry, rememberTry } from './earlierTry';
import type { Try } from './earlierTry';
import { prepareRows, refuse } from './prepareRows';
import { readCredentials } from './readCredentials';
import { createRowReader, toValidationError } from './readParameters';
import { labelRow, rememberReads } from './rowMask';
import { sendRows } from './sendRows';
import { toItems } from './toItems';
import { createTurns } from './turns';
import { warnOfVolatileReference } from './volatileReference';

/**
 * Makes the functions that n8n calls for the operations of a resource (`customOperations`).
 *
 * n8n's own engine for declared operations evaluates every expression of every row before it does
 * anything else, sends all requests at once, and throws all outputs away when one row fails (n8n
 * 2.41). The batch checks all rows first, sends a few at a time, and gives every row one outcome.
 */
export function runInBatches(operations: readonly Operation[]) {
	const toFunction = (operation: Operation) =>
		async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return [await toItems(this, await runBatch(this, operation))];
		};
	return Object.fromEntries(
		operations.map((operation) => [operation.value, toFunction(operation)]),
	);
}

/** What keeps a whole batch from being sent. */
interface Obstacle {
	obstacle: NodeOperationError;
}

async function runBatch(context: IExecuteFunctions, operation: Operation): Promise<RowResult[]> {
	const batch = recallTry(context) ?? (await checkRows(context, operation));
	if ('obstacle' in batch) return await refuseAll(context, operation, batch.obstacle);
	const { dryRun, connection } = batch.settings;
	const connect = dryRun ? undefined : await openWay(context, connection);
	if (typeof connect === 'object') return await refuseAll(context, operation, connect.obstacle);

	if (operation.kind === 'order') warnOfVolatileReference(context);
	const { results, settings } = batch;
	const { ready, refused } = batch.rows;
	if (refused.length > 0 && !context.continueOnFail()) {
		throw createCheckError(context.getNode(), refused, ready.length + refused.length);
	}
	if (!connect) {
		for (const row of ready) results[row.label.index] = showRequest(row, operation.path);
		return results;
	}
	const open = ready.filter(({ label }) => !results[label.index]?.items);
	try {
		await sendRows(context, operation, open, { settings, connect }, results);
	} finally {
		rememberTry(context, batch);
	}
	return results;
}

/** Reads the settings of the batch, and checks all its rows. */
async function checkRows(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<Try | Obstacle> {
	const reader = createRowReader(context);
	const rowCount = context.getInputData().length;
	let settings: BatchSettings;
	try {
		settings = await readBatchSettings(reader, rowCount, operation);
	} catch (failure) {
		const advice = 'Correct the setting and run the workflow again.';
		const problem = toValidationError(failure);
		return { obstacle: createSettingsError(context.getNode(), problem, advice) };
	}
	const rows = await prepareRows(operation, reader, rowCount, settings.limits);
	const results: RowResult[] = [];
	for (const result of rows.refused) results[result.index] = result;
	return { settings, rows, results };
}

/** Reads the credential, and makes sure that it can sign. */
async function openWay(
	context: IExecuteFunctions,
	connection: ConnectionSettings,
): Promise<((pace: Pace) => Send) | Obstacle> {
	try {
		const credentials = await readCredentials(context);
		await authenticateRequest(credentials, { url: '/', body: '{}' });
		return createSend(context, credentials, connection);
	} catch (failure) {
		const advice = 'Correct the credential and run the workflow again.';
		return { obstacle: createSettingsError(context.getNode(), failure as Error, advice) };
	}
}

/**
 * Ends a batch that cannot be opened. Under On Error = Continue, every row gets the reason, because
 * n8n takes the input of a node that throws for its good output.
 */
async function refuseAll(
	context: IExecuteFunctions,
	{ kind }: Operation,
	obstacle: NodeOperationError,
): Promise<RowResult[]> {
	if (!context.continueOnFail()) throw obstacle;
	const problem = new ValidationError([{ field: '', message: obstacle.message }]);
	const { rowAt } = createRowReader(context);
	const giveTurn = createTurns();
	const results: RowResult[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		await giveTurn();
		results.push(refuse(labelRow(rememberReads(rowAt(index)), kind, ''), problem));
	}
	return results;
}
