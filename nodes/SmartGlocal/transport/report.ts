import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { maskCardNumber } from '../payout/card';
import { findColumn } from '../payout/columns';
import { settle } from './errors';
import type { RowError } from './errors';
import type { Outcome } from './outcome';

/** What became of one row. */
export interface RowResult {
	index: number;
	reference: string;
	outcome: Outcome;
	/** For `submitted` and `already_submitted`. */
	items?: INodeExecutionData[];
	/** For every other outcome. */
	error?: RowError;
}

/** Rows named in full in a description; the rest stands in the error's context. */
const MOST_LINES = 200;

/**
 * Makes the item of a row that failed, for On Error = Continue.
 *
 * For the error output the item holds nothing beside `error` and `details`: n8n sends an item with
 * any further key to the success output, and merges the input's fields in by itself, unless
 * `pairedItem` is a bare number (n8n 2.41). That is how a row with a card number is kept from being
 * repeated: it stands in `details.row`, with the last four digits of the card at most.
 *
 * @param input the row's own item
 */
export function createErrorItem(
	result: RowResult,
	input: INodeExecutionData | undefined,
	usesErrorOutput: boolean,
): INodeExecutionData {
	const { json: row = {} } = input ?? {};
	const masked = maskCardColumns(row);
	const holdsCard = masked !== row;
	const own: IDataObject = {
		error: result.error?.message ?? '',
		details: {
			...result.error?.context.details,
			...(result.error?.description ? { advice: result.error.description } : {}),
			...(usesErrorOutput && holdsCard ? { row: masked } : {}),
		},
	};
	return {
		json: usesErrorOutput ? own : { ...masked, ...own },
		pairedItem: usesErrorOutput && holdsCard ? result.index : { item: result.index },
	};
}

/** The row itself when it has no card number, else a copy with its number masked. */
function maskCardColumns(row: IDataObject): IDataObject {
	const cardColumns = Object.keys(row).filter((header) => findColumn(header) === 'card_number');
	if (cardColumns.length === 0) return row;
	const masked = cardColumns.map((header) => [header, maskCardNumber(String(row[header] ?? ''))]);
	return { ...row, ...(Object.fromEntries(masked) as IDataObject) };
}

/** Makes the error for a batch of which nothing was sent because of its bad rows. */
export function createCheckError(
	node: INode,
	refused: readonly RowResult[],
	rowCount: number,
): NodeOperationError {
	const [first] = refused;
	const single = refused.length === 1 && first?.error;
	const message = single
		? `${first.error?.message}`
		: `${refused.length} of ${rowCount} rows need correcting; nothing was sent`;
	const description = [
		rowCount === 1 ? 'Nothing was sent.' : 'Nothing was sent, also for the rows that are right.',
		...(single ? [] : refused.slice(0, MOST_LINES).map(describeRow)),
		...(refused.length > MOST_LINES
			? [
					`And ${refused.length - MOST_LINES} more rows: items ${refused
						.slice(MOST_LINES)
						.map(({ index }) => index)
						.join(', ')}.`,
				]
			: []),
		adviseCorrection(refused, rowCount),
	].join('\n');
	const error = new NodeOperationError(node, message, { description });
	error.context.rows = refused.map(toContextRow);
	return settle(error, message, description);
}

function adviseCorrection([first, second]: readonly RowResult[], rowCount: number): string {
	const which = second
		? 'the rows'
		: first?.reference
			? `the row of payout '${first.reference}'`
			: 'the row';
	const again =
		rowCount === 1 && !first?.reference
			? 'run the workflow again'
			: `run the workflow again with the same ${rowCount === 1 ? 'reference' : 'references'}`;
	const goOn =
		rowCount === 1
			? ''
			: " To send the right rows all the same, set 'On Error' in the node's settings to continue.";
	return `Correct ${which} and ${again}.${goOn}`;
}

/** Makes the error for a batch that stopped at its first row that was refused or is unknown. */
export function createStopError(
	node: INode,
	results: readonly RowResult[],
	cause: RowResult,
): NodeOperationError {
	const message = cause.error?.message ?? 'The run was stopped';
	const description = [
		cause.error?.description ?? '',
		...(results.length > 1 ? summarize(results) : []),
	].join('\n');
	const error = new NodeOperationError(node, message, { description });
	error.context.details = cause.error?.context.details;
	error.context.rows = results.map(toContextRow);
	return settle(error, message, description);
}

function summarize(results: readonly RowResult[]): string[] {
	const groups: Array<[string, RowResult[]]> = [
		['Submitted', results.filter(({ outcome }) => outcome === 'submitted')],
		[
			'Already submitted by an earlier run',
			results.filter(({ outcome }) => outcome === 'already_submitted'),
		],
		['Refused', results.filter(({ outcome }) => outcome === 'rejected')],
		['Not known', results.filter(({ outcome }) => outcome === 'unknown')],
		['Not sent', results.filter(({ outcome }) => outcome === 'not_sent')],
	];
	return [
		`Of ${results.length} rows:`,
		...groups
			.filter(([, rows]) => rows.length > 0)
			.map(
				([name, rows]) =>
					`${name} (${rows.length}): ${rows.slice(0, MOST_LINES).map(nameRow).join(', ')}${rows.length > MOST_LINES ? ', …' : ''}.`,
			),
		'Run the workflow again with the same references: what was submitted is not paid twice.',
	];
}

function nameRow(result: RowResult): string {
	const sessionId = readSessionId(result);
	return sessionId === undefined ? `'${result.reference}'` : `'${result.reference}' (${sessionId})`;
}

function describeRow({ index, reference, error }: RowResult): string {
	const text = error?.message.replace(/ \[Item \d+\]$/, '') ?? '';
	return `Item ${index}${reference === '' ? '' : ` ('${reference}')`}: ${text}`;
}

function toContextRow(result: RowResult): IDataObject {
	const sessionId = readSessionId(result);
	return {
		item: result.index,
		reference: result.reference,
		outcome: result.outcome,
		...(sessionId !== undefined && { session_id: sessionId }),
		...(result.error && { message: result.error.message, ...result.error.context.details }),
	};
}

function readSessionId({ items, error }: RowResult): string | undefined {
	const json = items?.[0]?.json;
	const session = json?.session as IDataObject | undefined;
	const id = json?.session_id ?? session?.id ?? error?.context.details?.session_id;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
