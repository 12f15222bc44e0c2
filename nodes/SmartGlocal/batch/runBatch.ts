import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { authenticateRequest } from '../../../credentials/authenticateRequest';
import { readGuardRails } from '../../../credentials/guardRails';
import { createSend } from '../../api/send';
import type { RowProblem } from '../../payout/validationError';
import { createCheckError, createSettingsError } from '../messages/nodeErrors';
import type { RowResult } from '../messages/nodeErrors';
import { checkControlSums } from './check/limits';
import { checkBalance } from './check/checkBalance';
import { diagnoseHeaders } from './check/diagnoseHeaders';
import type { Operation } from './defineOperation';
import { readBatchSettings, readCredentials } from './read/batchSettings';
import type { BatchSettings } from './read/batchSettings';
import { identifyRow, prepareRows, refuse } from './read/prepareRows';
import type { PreparedRows } from './read/prepareRows';
import { createRowReader, toValidationError } from './read/readParameters';
import { showRequest } from './report/dryRun';
import { reportRun } from './report/reportRun';
import type { Run } from './report/reportRun';
import { createTurns } from './send/eventLoop';
import { lookUntilFinal, sendRows } from './send/sendRows';
import type { Sending } from './send/sendRows';

/**
 * Makes the functions that n8n calls for a resource (`customOperations`). n8n's own engine evaluates all
 * expressions of all rows first, sends all requests at once, and throws all outputs away when one row
 * fails (n8n 2.41). The batch checks all rows, sends a few at a time, and gives each row one outcome.
 */
export function runInBatches(operations: readonly Operation[]) {
	const entries = operations.map((operation) => {
		async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return [await reportRun(this, await runBatch(this, operation), operation.kind)];
		}
		return [operation.value, run] as const;
	});
	return Object.fromEntries(entries);
}

interface Try {
	credentials: Awaited<ReturnType<typeof openCredential>>;
	settings: BatchSettings;
	rows: PreparedRows;
	results: RowResult[];
	owners: Sending['owners'];
}

const RUN_AGAIN = 'Run the workflow again when that is done.';

async function runBatch(context: IExecuteFunctions, operation: Operation): Promise<Run> {
	const [firstItem] = context.getInputData();
	const earlier = firstItem && tries.get(firstItem);
	let batch: Try;
	let connect: Sending['connect'] | undefined;
	try {
		batch = earlier ?? (await checkRows(context, operation));
		const { dryRun, connection } = batch.settings;
		const credentials = earlier ? await openCredential(context, dryRun) : batch.credentials;
		connect = dryRun ? undefined : createSend(context, credentials, connection);
	} catch (obstacle) {
		return await refuseAll(context, operation, obstacle as Error);
	}
	const { settings, results, owners } = batch;
	const { ready, refused } = batch.rows;
	const rowCount = ready.length + refused.length;
	if (refused.length > 0 && !context.continueOnFail()) {
		throw await createCheckError(context.getNode(), refused, rowCount, createTurns());
	}
	const run: Run = { results, settings, notes: [] };
	// A retry sends the rest of a batch that was whole at its first try.
	const problem = earlier ? undefined : await checkWhole(context, batch, connect, run.notes);
	if (problem) {
		if (!context.continueOnFail()) {
			throw createSettingsError(context.getNode(), problem, RUN_AGAIN);
		}
		for (const { label } of ready) results[label.index] = refuse(label, [problem]);
		return run;
	}
	if (!connect) {
		for (const row of ready) results[row.label.index] = showRequest(row, operation.path);
		return run;
	}
	const isOpen = (result?: RowResult) => !result?.items || result.mayChange === true;
	const open = ready.filter(({ label }) => isOpen(results[label.index]));
	const send = settings.maxWaitMs === undefined ? sendRows : lookUntilFinal;
	try {
		await send(context, operation, open, { settings, connect, owners }, results);
	} finally {
		const isFailed = results.some(({ failure }) => failure !== undefined);
		if (firstItem && isFailed && context.getNode().retryOnFail) tries.set(firstItem, batch);
	}
	return run;
}

/** Reads the settings of the batch, and checks all its rows. Throws an error of n8n when it cannot. */
async function checkRows(context: IExecuteFunctions, operation: Operation): Promise<Try> {
	const rowCount = context.getInputData().length;
	let settings: BatchSettings;
	try {
		settings = await readBatchSettings(createRowReader(context), rowCount, operation);
	} catch (failure) {
		const advice = 'Correct the setting and run the workflow again.';
		throw createSettingsError(context.getNode(), toValidationError(failure), advice);
	}
	const credentials = await openCredential(context, settings.dryRun);
	const reader = createRowReader(context, credentials);
	const message = await diagnoseHeaders(context, reader, operation.kind);
	if (message !== undefined) throw createSettingsError(context.getNode(), { message }, RUN_AGAIN);
	const rows = await prepareRows(operation, reader, rowCount, settings);
	const results: RowResult[] = [];
	for (const result of rows.refused) results[result.label.index] = result;
	return { credentials, settings, rows, results, owners: new Map() };
}

/** Reads the credential, and makes sure that it can be used. Throws an error of n8n when it cannot. */
async function openCredential(context: IExecuteFunctions, isDryRun: boolean) {
	try {
		const credentials = await readCredentials(context);
		readGuardRails(credentials);
		if (!isDryRun) await authenticateRequest(credentials, { url: '/api/v1/wallet/balance' });
		return credentials;
	} catch (failure) {
		const advice = 'Correct the credential and run the workflow again.';
		throw createSettingsError(context.getNode(), failure as Error, advice);
	}
}

/** Compares the batch with its control sums and the balance; gives why it must not be sent. */
async function checkWhole(
	context: IExecuteFunctions,
	{ settings, rows: { ready, refused } }: Try,
	connect: Sending['connect'] | undefined,
	notes: string[],
): Promise<RowProblem | undefined> {
	const orders = ready.flatMap(({ request }) => request.order ?? []);
	const rowCount = ready.length + refused.length;
	const differing = checkControlSums(rowCount, refused.length, orders, settings);
	if (differing) return differing;
	if (!connect || !settings.checkBalance || orders.length === 0) return undefined;
	const message = await checkBalance(context, orders, connect, notes);
	if (message === undefined) return undefined;
	return { field: 'checkBalance', message, reason: 'balance too low' };
}

/** Under Continue, every row gets the reason: n8n takes the input of a node that throws as good. */
async function refuseAll(context: IExecuteFunctions, { kind }: Operation, obstacle: Error) {
	if (!context.continueOnFail()) throw obstacle;
	const problem = { field: '', message: obstacle.message };
	const { rowAt } = createRowReader(context);
	const giveTurn = createTurns();
	const results: RowResult[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		await giveTurn();
		results.push(refuse(identifyRow(rowAt(index), kind).label, [problem]));
	}
	return { results, notes: [] };
}

/**
 * The last try of a run that n8n may run again ("Retry On Fail"), without evaluating its rows again: an
 * expression that gives another reference each time would pay a second time. By the first item of the
 * input: n8n makes new items for each run of a node and keeps them for its retries (n8n 1.88 to 2.41),
 * so that what is remembered ends with the execution.
 */
const tries = new WeakMap<INodeExecutionData, Try>();
