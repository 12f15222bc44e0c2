import { NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { authenticateRequest } from '../../../credentials/authenticateRequest';
import type { AmountUnit } from '../payout/amount';
import { dispatch } from './dispatch';
import { showRequests } from './dryRun';
import { createFailure, createRefusal, createStop } from './errors';
import type { RowError } from './errors';
import type { DeclaredOperation } from './operation';
import { classifyFailure } from './outcome';
import type { Outcome } from './outcome';
import { prepareRows } from './prepare';
import type { PreparedRow } from './prepare';
import { createCheckError, createErrorItem, createStopError } from './report';
import type { RowResult } from './report';
import { createRowContexts } from './rowContext';
import type { RowContext } from './rowContext';
import { recallFacts } from './rowFacts';
import { createSend, CREDENTIAL_TYPE } from './send';
import { orderThroughSession } from './sessionFirst';
import type { TwoStepResult } from './sessionFirst';
import { readBatchSettings } from './settings';
import type { BatchSettings } from './settings';

/**
 * Makes the function that runs a declared operation for all rows of an execution.
 *
 * n8n's own engine for declared operations evaluates every expression of every row before it does
 * anything else, sends all requests at once, and throws all outputs away when one row fails (n8n
 * 2.41). This one checks all rows first, sends a few at a time, and gives every row one outcome.
 *
 * @returns a function for `customOperations` of the node, called with n8n's execute context
 */
export function runDeclared(operation: DeclaredOperation) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const results: RowResult[] = [];
		const [opened] = await Promise.allSettled([openBatch(this, operation)]);
		if (opened.status === 'rejected') {
			// Under On Error = Continue n8n takes the input of a node that throws for its good output.
			if (!this.continueOnFail()) throw opened.reason;
			return [collect(this, refuseAll(this, opened.reason))];
		}

		const batch = opened.value;
		for (const { index, row, refusal } of batch.rows) {
			if (refusal) results[index] = failed(row, refusal);
		}
		const refused = results.filter(Boolean);
		if (refused.length > 0 && !this.continueOnFail()) {
			throw createCheckError(this.getNode(), refused, batch.rows.length);
		}
		if (batch.order) await sendRows(this, operation, batch, batch.order, results);
		else for (const result of showRequests(batch.rows)) results[result.index] = result;
		return [collect(this, results)];
	};
}

/** The same for all operations of a resource, by their names. */
export function runAllDeclared(operations: readonly DeclaredOperation[]) {
	return Object.fromEntries(
		operations.map((operation) => [operation.value, runDeclared(operation)]),
	);
}

/** A batch that is ready to be sent; without `order`, only its requests are shown. */
interface Batch {
	rows: PreparedRow[];
	settings: BatchSettings;
	order?: Order;
}

async function openBatch(context: IExecuteFunctions, operation: DeclaredOperation): Promise<Batch> {
	const settings = readBatchSettings(context, operation);
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const rows = await prepareRows(context, operation, {
		unit: readUnit(context),
		maxAmount: (options.maxAmount ?? 0) as string | number,
		maxTotal: (options.maxTotal ?? 0) as string | number,
	});
	if (settings.dryRun) return { rows, settings };

	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_TYPE);
	await ensureCanSign(context, credentials);
	const send = createSend(context, credentials, settings.request);
	return {
		rows,
		settings,
		order: settings.sessionFirst
			? async (request) => await orderThroughSession(request, send)
			: async (request) => ({ answer: await send(request) }),
	};
}

/** A body written as in the API reference is always in minor units. */
function readUnit(context: IExecuteFunctions): AmountUnit {
	const isJson = context.getNodeParameter('specify', 0, 'fields') === 'json';
	return isJson ? 'minor' : (context.getNodeParameter('amountUnit', 0, 'major') as AmountUnit);
}

async function sendRows(
	context: IExecuteFunctions,
	operation: DeclaredOperation,
	{ rows, settings }: Batch,
	order: Order,
	results: RowResult[],
) {
	const cancelSignal = context.getExecutionCancelSignal();
	const stopsAtFailure = !context.continueOnFail();
	let cause: RowResult | undefined;

	const pending = rows.filter(({ request }) => request !== undefined);
	await dispatch(
		pending,
		settings,
		async (prepared) => {
			const result = await sendRow(prepared, operation, order);
			results[prepared.index] = result;
			if (result.error) cause ??= result;
		},
		() => (stopsAtFailure && cause !== undefined) || cancelSignal?.aborted === true,
	);

	const why = cancelSignal?.aborted
		? 'the execution was cancelled before its turn'
		: 'the run stopped at another row before its turn';
	for (const { index, row } of rows) results[index] ??= failed(row, createStop(row, why));
	if (cause && stopsAtFailure) throw createStopError(context.getNode(), results, cause);
}

/** Gives every row of a batch that could not be opened the same reason. */
function refuseAll(context: IExecuteFunctions, failure: unknown): RowResult[] {
	const message = failure instanceof Error ? failure.message : String(failure);
	const rowContext = createRowContexts(context);
	return context.getInputData().map((_, index) => {
		const row = rowContext(index);
		return failed(row, createRefusal(row, [{ field: '', message }]));
	});
}

async function sendRow(
	{ index, row, request }: PreparedRow,
	operation: DeclaredOperation,
	order: Order,
): Promise<RowResult> {
	const facts = recallFacts(row);
	try {
		const ordered = await order(request as IHttpRequestOptions);
		if (ordered.sessionId !== undefined) facts.sessionId = ordered.sessionId;
		if ('failure' in ordered) return failed(row, createFailure(row, ordered.failure));

		let items: INodeExecutionData[] = [{ json: {} }];
		for (const read of operation.routing.output.postReceive) {
			items = await read.call(row, items, ordered.answer);
		}
		const outcome = (items[0]?.json.outcome ?? 'submitted') as Outcome;
		return { index, reference: facts.reference, outcome, items };
	} catch (failure) {
		const isKnown = (failure as RowError).context?.details !== undefined;
		return failed(
			row,
			isKnown ? (failure as RowError) : createFailure(row, classifyFailure(failure)),
		);
	}
}

/** How the answer to a row's order is got: in one request, or in two with the session first. */
type Order = (request: IHttpRequestOptions) => Promise<TwoStepResult>;

function failed(row: RowContext, error: RowError): RowResult {
	const { outcome = 'unknown', reference = '' } = error.context.details ?? {};
	return { index: row.getItemIndex(), reference, outcome, error };
}

/** Refuses a credential that cannot sign before anything is sent, instead of once for each row. */
async function ensureCanSign(
	context: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
) {
	try {
		await authenticateRequest(credentials, { url: '/', body: '{}' });
	} catch (failure) {
		throw new NodeOperationError(context.getNode(), (failure as Error).message, {
			description: 'Nothing was sent. Correct the credential and run the workflow again.',
		});
	}
}

/** All items in the order of their rows, each linked to its own. */
function collect(context: IExecuteFunctions, results: readonly RowResult[]): INodeExecutionData[] {
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const inputs = context.getInputData();
	return results.flatMap((result): INodeExecutionData[] => {
		if (result.error) return [createErrorItem(result, inputs[result.index], usesErrorOutput)];
		return (result.items ?? []).map((item) => ({ ...item, pairedItem: { item: result.index } }));
	});
}
