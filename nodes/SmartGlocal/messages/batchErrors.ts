import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Outcome } from '../../api/outcomes';
import { setTexts } from './rowErrors';
import type { RowError } from './rowErrors';

/** How one row ended: with items for the output, or with an error. */
export interface RowResult {
	/** The number of its item, from 0. */
	index: number;
	/** Empty where the row has none. */
	reference: string;
	sessionId?: string;
	outcome: Outcome;
	items?: IDataObject[];
	error?: RowError;
}

/** How many rows a description names; all of them are in the error's context. */
const MAX_NAMED_ROWS = 200;

/** Makes the error for a batch whose settings or credential cannot be used. */
export function createSettingsError(
	node: INode,
	{ message }: Error,
	advice: string,
): NodeOperationError {
	const description = `Nothing was sent. ${advice}`;
	return setTexts(new NodeOperationError(node, message, { description }), { message, description });
}

/** Makes the error for a batch of which nothing was sent, because some rows failed their checks. */
export function createCheckError(
	node: INode,
	refused: readonly RowResult[],
	rowCount: number,
): NodeOperationError {
	const single = refused.length === 1 ? refused[0]?.error : undefined;
	const message =
		single?.message ?? `${refused.length} of ${rowCount} rows need correcting; nothing was sent`;
	const others = refused.slice(MAX_NAMED_ROWS).map(({ index }) => index);
	const description = [
		rowCount === 1 ? 'Nothing was sent.' : 'Nothing was sent, not even the rows that are right.',
		...(single ? [] : refused.slice(0, MAX_NAMED_ROWS).map(describeRow)),
		...(others.length > 0 ? [`And ${others.length} more rows: items ${others.join(', ')}.`] : []),
		adviseCorrection(refused, rowCount),
	].join('\n');
	const error = new NodeOperationError(node, message, { description });
	error.context.rows = refused.map(toContextRow);
	return setTexts(error, { message, description });
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

/** Makes the error for a batch that stopped at its first row that was refused or is unknown. */
export function createStopError(
	node: INode,
	results: readonly RowResult[],
	cause: RowError,
): NodeOperationError {
	const { message } = cause;
	const description = [
		cause.description ?? '',
		...(results.length > 1 ? summarize(results) : []),
	].join('\n');
	const error = new NodeOperationError(node, message, { description });
	error.context.details = cause.context.details;
	error.context.rows = results.map(toContextRow);
	return setTexts(error, { message, description });
}

/** What a summary calls the rows of each outcome, in its order. */
const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
	submitted: 'Submitted',
	already_submitted: 'Already submitted by an earlier run',
	rejected: 'Refused',
	unknown: 'Not known',
	not_sent: 'Not sent',
};

function summarize(results: readonly RowResult[]): string[] {
	const groups = Object.entries(OUTCOME_NAMES).flatMap(([outcome, name]) => {
		const rows = results.filter((result) => result.outcome === outcome);
		if (rows.length === 0) return [];
		const named = rows.slice(0, MAX_NAMED_ROWS).map(nameRow).join(', ');
		return [`${name} (${rows.length}): ${named}${rows.length > MAX_NAMED_ROWS ? ', …' : ''}.`];
	});
	return [
		`Of ${results.length} rows:`,
		...groups,
		'Run the workflow again with the same references: what was submitted is not paid twice.',
	];
}

function nameRow({ reference, sessionId }: RowResult): string {
	return sessionId === undefined ? `'${reference}'` : `'${reference}' (${sessionId})`;
}

function describeRow({ index, reference, error }: RowResult): string {
	const text = error?.message.replace(/ \[Item \d+\]$/, '') ?? '';
	return `Item ${index}${reference === '' ? '' : ` ('${reference}')`}: ${text}`;
}

function toContextRow({ index, reference, sessionId, outcome, error }: RowResult): IDataObject {
	return {
		item: index,
		reference,
		outcome,
		...(sessionId !== undefined && { session_id: sessionId }),
		...(error && { message: error.message, ...error.context.details }),
	};
}
