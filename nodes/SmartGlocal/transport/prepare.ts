import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { maskCardNumbers } from '../payout/card';
import type { RowProblem } from '../payout/columns';
import { checkBatch } from './batchRules';
import type { BatchLimits } from './batchRules';
import { createRefusal } from './errors';
import type { RowError } from './errors';
import type { DeclaredOperation } from './operation';
import { REQUEST_DEFAULTS } from './operation';
import { createRowContexts } from './rowContext';
import type { RowContext } from './rowContext';
import { recallFacts } from './rowFacts';
import type { RowFacts } from './rowFacts';

/** A row with its request, or with the reason why it must not be sent. */
export interface PreparedRow {
	index: number;
	row: RowContext;
	request?: IHttpRequestOptions;
	refusal?: RowError;
}

/** Longest time in ms that rows are built before n8n gets the turn for its other work. */
const TURN = 20;

/**
 * Builds and checks all rows of a batch before the first request, so that a bad row can stop all.
 *
 * @throws whatever n8n throws for a setting that is not about one row
 */
export async function prepareRows(
	context: IExecuteFunctions,
	operation: DeclaredOperation,
	limits: BatchLimits,
): Promise<PreparedRow[]> {
	const rowContext = createRowContexts(context);
	const rows: PreparedRow[] = [];
	let turnEnds = Date.now() + TURN;
	for (let index = 0; index < context.getInputData().length; index++) {
		if (Date.now() > turnEnds) {
			await sleep(0);
			turnEnds = Date.now() + TURN;
		}
		rows.push(await prepareRow(rowContext(index), operation));
	}

	const facts = new Map<number, RowFacts>();
	for (const { index, row, request } of rows) if (request) facts.set(index, recallFacts(row));
	for (const [index, problems] of checkBatch(facts, limits)) {
		const prepared = rows[index];
		if (!prepared) continue;
		prepared.refusal = createRefusal(prepared.row, problems);
		delete prepared.request;
	}
	return rows;
}

async function prepareRow(row: RowContext, operation: DeclaredOperation): Promise<PreparedRow> {
	const index = row.getItemIndex();
	let request: IHttpRequestOptions = {
		...REQUEST_DEFAULTS,
		...operation.routing.request,
		headers: { ...REQUEST_DEFAULTS.headers },
	};
	try {
		for (const build of operation.routing.send.preSend) request = await build.call(row, request);
		return { index, row, request };
	} catch (failure) {
		return { index, row, refusal: toRefusal(row, failure) };
	}
}

/** An expression that cannot be evaluated is the row's own trouble, like a bad value. */
function toRefusal(row: RowContext, failure: unknown): RowError {
	const known = failure instanceof NodeOperationError || failure instanceof NodeApiError;
	if (known && 'details' in failure.context) return failure as RowError;
	return createRefusal(row, [describeExpressionFailure(failure)]);
}

/** n8n's own text, with the field that the expression stands in, which n8n says beside it only. */
function describeExpressionFailure(failure: unknown): RowProblem {
	const message = maskCardNumbers(failure instanceof Error ? failure.message : String(failure));
	const { parameter } = (failure as { context?: { parameter?: unknown } }).context ?? {};
	if (typeof parameter !== 'string') return { field: '', message };
	const field = parameter.split('.').at(-1) ?? parameter;
	return {
		field,
		message: `The expression in '${field}' cannot be evaluated: ${message.replace(/\.$/, '')}.`,
	};
}
