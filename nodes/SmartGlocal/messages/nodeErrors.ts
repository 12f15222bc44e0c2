import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Outcome } from '../../api/outcomes';
import type { Order } from '../../api/request';
import { createCardMask } from '../../payout/cards/cardMask';
import type { CardMask } from '../../payout/cards/cardMask';
import type { RowProblem } from '../../payout/headers/matchColumns';
import { groupByReason } from './rowGroups';
import type { RowSentence } from './rowGroups';
import type { RowFailure, RowLabel } from './rowFailures';

/** How one row ended: with items for the output, or with an error. */
export interface RowResult {
	/** The number of its item, from 0. */
	index: number;
	/** Empty where the row has none. */
	reference: string;
	sessionId?: string;
	outcome: Outcome;
	items?: IDataObject[];
	/** Whether the row waits for the final status of its payouts. */
	mayChange?: boolean;
	failure?: RowFailure;
	/** What its checks found wrong. */
	problems?: readonly RowProblem[];
	order?: Order;
	similarTo?: readonly number[];
	/** Hides the row's card data. */
	mask: CardMask;
}

/** The result of a row that failed. */
export type FailedRow = RowResult & { failure: RowFailure };

/** How many rows of one outcome a description names; all of them are in the error's context. */
const MAX_NAMED_ROWS = 20;

/** Begins each entry of a list: n8n shows a description as one paragraph, without line breaks. */
const BULLET = '• ';

/** What a row's result begins with. */
export function startResult({ index, reference, order, similarTo, mask }: RowLabel) {
	return { index, reference, mask, ...(order && { order }), ...(similarTo && { similarTo }) };
}

/** Makes the error for a batch whose settings or credential cannot be used. */
export function createSettingsError(
	node: INode,
	{ message }: Error,
	advice: string,
): NodeOperationError {
	return createError(node, createCardMask().text(message), `Nothing was sent. ${advice}`);
}

/**
 * Makes the error for one row. The row's number is in the message and not in `context.itemIndex`,
 * which the editor would append once more (n8n 2.41).
 *
 * @param index the number of the row's item, from 0
 */
export function createRowError(
	node: INode,
	failure: RowFailure,
	index: number,
): NodeOperationError {
	const error = createError(node, withItem(failure, index), failure.advice);
	error.context.details = failure;
	return error;
}

/**
 * Makes the error for a batch of which nothing was sent, because some rows failed their checks.
 *
 * @param giveTurn called once a row, and once a sentence about one
 */
export async function createCheckError(
	node: INode,
	refused: readonly RowResult[],
	rowCount: number,
	giveTurn: () => Promise<void>,
): Promise<NodeOperationError> {
	const single = refused.length === 1 ? refused[0] : undefined;
	const message = single?.failure
		? withItem(single.failure, single.index)
		: `${refused.length} of ${rowCount} rows need correcting; nothing was sent`;
	const rows: IDataObject[] = [];
	const sentences: RowSentence[] = [];
	for (const row of refused) {
		await giveTurn();
		rows.push(toContextRow(row));
		if (!single) sentences.push(...listSentences(row));
	}
	const reasons = await groupByReason(sentences, giveTurn);
	const description = [
		rowCount === 1 ? 'Nothing was sent.' : 'Nothing was sent, not even the rows that are right.',
		...reasons.map((text) => BULLET + text),
		adviseCorrection(refused, rowCount),
	].join('\n');
	const error = createError(node, message, description);
	error.context.rows = rows;
	return error;
}

function adviseCorrection([first, second]: readonly RowResult[], rowCount: number): string {
	const oneRow = first?.reference ? `the row of payout '${first.reference}'` : 'the row';
	const correct = `Correct ${second ? 'the rows' : oneRow}`;
	if (rowCount > 1) {
		return `${correct} and run the workflow again with the same references. To send the right rows anyway, set 'On Error' in the node's settings to continue.`;
	}
	const again = 'run the workflow again';
	return `${correct} and ${first?.reference ? `${again} with the same reference` : again}.`;
}

function listSentences({ index, reference, failure, problems, mask }: RowResult): RowSentence[] {
	const messages = problems?.map(({ message }) => mask.text(message)) ?? [failure?.message ?? ''];
	return messages.map((message) => ({ index, name: reference, message }));
}

/**
 * Makes the error for a batch that stopped at its first row that was refused or is unknown.
 *
 * @param rows all rows (see `toContextRow`)
 */
export function createStopError(
	node: INode,
	rows: readonly IDataObject[],
	{ index, failure }: FailedRow,
): NodeOperationError {
	const description = [failure.advice, ...(rows.length > 1 ? listOutcomes(rows) : [])];
	const error = createError(node, withItem(failure, index), description.join('\n'));
	error.context.details = failure;
	error.context.rows = rows;
	return error;
}

/** What a summary calls the rows of each outcome, in its order. */
const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
	submitted: 'Submitted',
	already_submitted: 'Already submitted by an earlier request',
	rejected: 'Refused',
	unknown: 'Not known',
	not_sent: 'Not sent',
};

function listOutcomes(all: readonly IDataObject[]): string[] {
	const groups = Object.entries(OUTCOME_NAMES).flatMap(([outcome, name]) => {
		const rows = all.filter((row) => row.outcome === outcome);
		if (rows.length === 0) return [];
		const named = rows.slice(0, MAX_NAMED_ROWS).map(nameRow).join(', ');
		const rest = rows.length - MAX_NAMED_ROWS;
		return [`${BULLET}${name} (${rows.length}): ${named}${rest > 0 ? ` and ${rest} more` : ''}.`];
	});
	return [
		`Of ${all.length} rows:`,
		...groups,
		'Run the workflow again with the same references: what was submitted is not paid twice.',
	];
}

function nameRow({ reference, session_id: sessionId }: IDataObject): string {
	return `'${String(reference)}'${sessionId === undefined ? '' : ` (${String(sessionId)})`}`;
}

/** What an error keeps of a row. It can take long, when the row has much card data to hide. */
export function toContextRow(row: RowResult): IDataObject {
	const { index, reference, sessionId, outcome, failure, mask } = row;
	return {
		row: index + 1,
		reference,
		outcome,
		...(sessionId !== undefined && { session_id: mask.text(sessionId, 'none') }),
		...failure,
	};
}

function withItem({ message }: RowFailure, index: number): string {
	return `${message} [Item ${index}]`;
}

/**
 * Makes an error of n8n, from texts without card data: n8n shows and stores everything in it, and the
 * node's parameters as well, of which one can be a request body. Its texts are set once more
 * afterwards: n8n replaces a message in which it finds the name of a system error, such as EPERM
 * inside a recipient's name, by one that advises to retry (n8n-workflow 2.41).
 */
function createError(node: INode, message: string, description: string): NodeOperationError {
	const shown = { ...node, parameters: createCardMask().data(node.parameters) };
	const error = new NodeOperationError(shown, message, { description });
	return Object.assign(error, { message, description, messages: [] });
}
