import type { IExecuteFunctions, INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { authenticateRequest } from '../../../credentials/authenticateRequest';
import { createSend } from '../../api/send';
import type { ConnectionSettings, Pace, Send } from '../../api/send';
import { createCheckError, createSettingsError } from '../messages/nodeErrors';
import type { RowResult } from '../messages/nodeErrors';
import { ValidationError } from '../../payout/validationError';
import { readBatchSettings } from './read/batchSettings';
import type { BatchSettings } from './read/batchSettings';
import { checkBalance } from './check/checkBalance';
import { checkControlSums } from './check/controlSums';
import type { Operation } from './defineOperation';
import { diagnoseHeaders } from './check/diagnoseHeaders';
import { showRequest } from './report/dryRun';
import { recallTry, rememberTry } from './send/retryOnFail';
import type { Try } from './send/retryOnFail';
import { lookUntilFinal } from './send/lookUntilFinal';
import { readIdentity } from './read/prepareRequest';
import { prepareRows, refuse } from './read/prepareRows';
import { readCredentials } from './read/readCredentials';
import { createRowReader, rememberReads, toValidationError } from './read/readParameters';
import { reportRun } from './report/reportRun';
import type { Run } from './report/reportRun';
import { labelRow } from './read/rowLabels';
import { sendRows } from './send/sendRows';
import { toItems } from './report/toItems';
import { createTurns } from './send/eventLoop';
import { warnOfVolatileReference } from './check/volatileReference';

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
			const run = await runBatch(this, operation);
			const items = await toItems(this, run);
			return [operation.kind === 'order' ? reportRun(this, run, items) : items];
		};
	return Object.fromEntries(
		operations.map((operation) => [operation.value, toFunction(operation)]),
	);
}

const RUN_AGAIN = 'Run the workflow again when that is done.';

/** What keeps a whole batch from being sent. */
interface Obstacle {
	obstacle: NodeOperationError;
}

async function runBatch(context: IExecuteFunctions, operation: Operation): Promise<Run> {
	const known = recallTry(context);
	const batch = known ?? (await checkRows(context, operation));
	if ('obstacle' in batch) return await refuseAll(context, operation, batch.obstacle);
	const { settings, results, rows } = batch;
	const { ready, refused } = rows;
	const { dryRun, connection } = settings;
	const connect = dryRun ? undefined : await openWay(context, connection);
	if (typeof connect === 'object') return await refuseAll(context, operation, connect.obstacle);

	if (operation.kind === 'order') warnOfVolatileReference(context);
	if (refused.length > 0 && !context.continueOnFail()) {
		const rowCount = ready.length + refused.length;
		throw await createCheckError(context.getNode(), refused, rowCount, createTurns());
	}
	const run: Run = { results, output: settings.output, isDryRun: dryRun, notes: [] };
	// A retry sends the rest of a batch that was whole at its first try.
	if (!known) {
		const problem = await checkWhole(context, batch, connect, run.notes);
		if (problem) return refuseReady(context, run, batch, problem);
	}
	if (!connect) {
		for (const row of ready) results[row.label.index] = showRequest(row, operation.path);
		return run;
	}
	const isOpen = (result?: RowResult) => !result?.items || result.mayChange === true;
	const open = ready.filter(({ label }) => isOpen(results[label.index]));
	const send = settings.maxWaitMs === undefined ? sendRows : lookUntilFinal;
	try {
		await send(context, operation, open, { settings, connect }, results);
	} finally {
		rememberTry(context, batch);
	}
	return run;
}

/** Compares the batch with its control sums and the balance; gives why it must not be sent. */
async function checkWhole(
	context: IExecuteFunctions,
	{ settings, rows: { ready, refused } }: Try,
	connect: ((pace: Pace) => Send) | undefined,
	notes: string[],
): Promise<ValidationError | undefined> {
	const orders = ready.flatMap(({ request }) => request.order ?? []);
	const refusedCount = refused.length;
	const counted = { rowCount: ready.length + refusedCount, refusedCount, orders };
	const differing = checkControlSums(counted, settings.controls);
	if (differing) return new ValidationError([differing]);
	if (!connect || !settings.checkBalance || orders.length === 0) return undefined;
	const balance = await checkBalance(context, orders, connect);
	notes.push(...balance.notes);
	if (balance.problem === undefined) return undefined;
	const { problem: message } = balance;
	return new ValidationError([{ field: 'checkBalance', message, reason: 'balance too low' }]);
}

/** Ends a batch whose rows are right one by one, but not as a whole. */
function refuseReady(
	context: IExecuteFunctions,
	run: Run,
	{ rows: { ready } }: Try,
	problem: ValidationError,
): Run {
	if (!context.continueOnFail()) {
		throw createSettingsError(context.getNode(), problem, RUN_AGAIN);
	}
	for (const { label } of ready) run.results[label.index] = refuse(label, problem);
	return run;
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
	const wrongHeaders = await diagnoseHeaders(context, reader, operation.kind);
	if (wrongHeaders !== undefined) {
		return {
			obstacle: createSettingsError(context.getNode(), new Error(wrongHeaders), RUN_AGAIN),
		};
	}
	const rows = await prepareRows(operation, reader, rowCount, settings.limits);
	const results: RowResult[] = [];
	for (const result of rows.refused) results[result.label.index] = result;
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
): Promise<Run> {
	if (!context.continueOnFail()) throw obstacle;
	const problem = new ValidationError([{ field: '', message: obstacle.message }]);
	const { rowAt } = createRowReader(context);
	const giveTurn = createTurns();
	const results: RowResult[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		await giveTurn();
		const row = rememberReads(rowAt(index));
		results.push(refuse(labelRow(row, kind, readIdentity(row).reference), problem));
	}
	return { results, isDryRun: false, notes: [] };
}
