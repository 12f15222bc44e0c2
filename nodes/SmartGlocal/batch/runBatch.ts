import type { IExecuteFunctions, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { authenticateRequest } from '../../../credentials/authenticateRequest';
import { CREDENTIAL_TYPE } from '../../../credentials/credentialType';
import { createSend } from '../../api/send';
import type { Send } from '../../api/send';
import { createCheckError, createSettingsError } from '../messages/nodeErrors';
import type { RowResult } from '../messages/nodeErrors';
import { ValidationError } from '../payout/validationError';
import { readBatchSettings } from './batchSettings';
import type { BatchSettings } from './batchSettings';
import type { Operation } from './defineOperation';
import { showRequest } from './dryRun';
import { prepareRows, refuse } from './prepareRows';
import type { PreparedRows } from './prepareRows';
import { createRowReader, toValidationError } from './readParameters';
import { labelRow } from './rowMask';
import { sendRows } from './sendRows';
import { toItems } from './toItems';

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
			return [toItems(this, await runBatch(this, operation))];
		};
	return Object.fromEntries(
		operations.map((operation) => [operation.value, toFunction(operation)]),
	);
}

/** A batch whose rows are checked, and the way to Smart Glocal, which a dry run does not need. */
type Batch = { rows: PreparedRows; settings: BatchSettings } & (
	| { isDryRun: true }
	| { isDryRun: false; send: Send }
);

/** What keeps a whole batch from being sent. */
interface Obstacle {
	obstacle: NodeOperationError;
}

async function runBatch(context: IExecuteFunctions, operation: Operation): Promise<RowResult[]> {
	const goesOn = context.continueOnFail();
	const batch = await openBatch(context, operation);
	if ('obstacle' in batch) {
		if (!goesOn) throw batch.obstacle;
		// Under On Error = Continue, n8n takes the input of a node that throws for its good output.
		return refuseAll(context, operation, batch.obstacle);
	}

	const { ready, refused } = batch.rows;
	if (refused.length > 0 && !goesOn) {
		throw createCheckError(context.getNode(), refused, ready.length + refused.length);
	}
	const results: RowResult[] = [];
	for (const result of refused) results[result.index] = result;
	if (batch.isDryRun) {
		for (const row of ready) results[row.label.index] = showRequest(row, operation.path);
	} else {
		await sendRows(context, operation, ready, batch, results);
	}
	return results;
}

/** Reads the settings, prepares the rows, and makes sure that the credential can sign. */
async function openBatch(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<Batch | Obstacle> {
	const node = context.getNode();
	const rowAt = createRowReader(context);
	let settings: BatchSettings;
	try {
		settings = readBatchSettings(rowAt, operation);
	} catch (failure) {
		const advice = 'Correct the setting and run the workflow again.';
		return { obstacle: createSettingsError(node, toValidationError(failure), advice) };
	}
	const rowCount = context.getInputData().length;
	const rows = await prepareRows(operation, rowAt, rowCount, settings.limits);
	if (settings.dryRun) return { rows, settings, isDryRun: true };

	try {
		const credentials = await context.getCredentials(CREDENTIAL_TYPE);
		await authenticateRequest(credentials, { url: '/', body: '{}' });
		const send = createSend(context, credentials, settings.connection);
		return { rows, settings, isDryRun: false, send };
	} catch (failure) {
		const advice = 'Correct the credential and run the workflow again.';
		return { obstacle: createSettingsError(node, failure as Error, advice) };
	}
}

/** Gives every row of a batch that could not be opened the same reason. */
function refuseAll(
	context: IExecuteFunctions,
	{ kind }: Operation,
	{ message }: Error,
): RowResult[] {
	const problem = new ValidationError([{ field: '', message }]);
	const rowAt = createRowReader(context);
	return context
		.getInputData()
		.map((_item, index) => refuse(labelRow(rowAt(index), kind, ''), problem));
}
