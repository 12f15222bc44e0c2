import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Outcome } from '../../api/outcomes';
import { FileError } from '../../file/fileError';
import { isInNone, maskCardData, maskCardNumbers } from '../../payout/cards/mask';
import { listSome, showValue } from '../../payout/text/shownValue';
import type { RowProblem } from '../../payout/validationError';
import { groupByReason } from './rowGroups';
import type { RowSentence } from './rowGroups';
import type { RowFailure, RowLabel } from './failureTexts';

/** How one row ended: with items for the output, or with a failure. */
export interface RowResult {
	label: RowLabel;
	outcome: Outcome;
	/** The session that it has become known by. */
	sessionId?: string;
	/** They can hold card data. */
	items?: IDataObject[];
	mayChange?: boolean;
	failure?: RowFailure;
	/** Whether Smart Glocal answered with a code that this package does not list. */
	hasUnlistedCode?: boolean;
	problems?: readonly RowProblem[];
}

export type FailedRow = RowResult & { failure: RowFailure };

/** What a run's summary and its error call the rows of each outcome, in their order. */
export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
	submitted: 'submitted',
	already_submitted: 'already submitted by an earlier request',
	rejected: 'refused',
	unknown: 'unknown',
	not_sent: 'not sent',
};

/** How many rows of one outcome a description names; all of them are in the error's context. */
const MAX_NAMED_ROWS = 20;

/** Begins each entry of a list: n8n shows a description as one paragraph, without line breaks. */
const BULLET = '• ';

/** Makes the error for a batch whose settings or credential cannot be used. */
export function createSettingsError(
	node: INode,
	{ message }: Pick<Error, 'message'>,
	advice: string,
): NodeOperationError {
	return createError(node, maskCardNumbers(message), `Nothing was sent. ${advice}`);
}

/** Makes the error for a file that cannot be read or written, with everything that is wrong with it. */
export function createFileError(node: INode, failure: unknown, fileName = ''): NodeOperationError {
	const problems = failure instanceof FileError ? failure.problems : [(failure as Error).message];
	const [first = '', ...others] = problems.map((problem) => maskCardNumbers(problem));
	const name = fileName === '' ? 'the file' : `'${showValue(fileName)}'`;
	// A title is short.
	const [, sentence = first, advice = ''] = /^(.+?\.)\s+(?=\p{Lu})(.*)$/su.exec(first) ?? [];
	const isOne = others.length === 0;
	const message = isOne ? sentence : `${problems.length} things in ${name} need correcting`;
	const texts = isOne ? [advice] : [first, ...others].map((text) => BULLET + text);
	const error = createError(node, message, texts.join('\n'));
	error.context.problems = [first, ...others];
	return error;
}

const CORRECT =
	'Correct what is wrong and run the workflow again. Leave each reference that is right as it is.';
const SEND_THE_OTHERS =
	"To send the right rows anyway, set 'On Error' in the node's settings to continue.";

/** Makes the error for a batch of which nothing was sent, because some rows failed their checks. */
export async function createCheckError(
	node: INode,
	refused: readonly FailedRow[],
	rowCount: number,
	giveTurn: () => Promise<void>,
): Promise<NodeOperationError> {
	const rows: IDataObject[] = [];
	const sentences: RowSentence[] = [];
	for (const row of refused) {
		await giveTurn();
		rows.push(toContextRow(row));
		const { number, reference: name, ownNumbers } = row.label;
		for (const problem of row.problems ?? []) {
			const message = maskCardNumbers(problem.message, isInNone(ownNumbers));
			sentences.push({ number, name, message });
		}
	}
	const [first] = refused;
	const single = refused.length === 1 ? first : undefined;
	const message = single
		? withItem(single.failure, single.label.index)
		: `${refused.length} of ${rowCount} rows need correcting; nothing was sent`;
	const reasons = single ? [] : await groupByReason(sentences, giveTurn);
	const description = [
		rowCount === 1 ? 'Nothing was sent.' : 'Nothing was sent, not even the rows that are right.',
		...reasons.map((text) => BULLET + text),
		rowCount === 1 ? CORRECT : `${CORRECT} ${SEND_THE_OTHERS}`,
	].join('\n');
	const error = createError(node, message, description);
	error.context.rows = rows;
	return error;
}

/** Makes the error for a batch that stopped at its first failed row; `results` are those of all. */
export function createStopError(
	node: INode,
	results: readonly RowResult[],
	{ label, failure }: FailedRow,
): NodeOperationError {
	const outcomes = results.length > 1 ? listOutcomes(results) : [];
	const description = [failure.advice, ...outcomes].join('\n');
	const error = createError(node, withItem(failure, label.index), description);
	error.context.details = failure;
	error.context.rows = results.map(toContextRow);
	return error;
}

function listOutcomes(results: readonly RowResult[]): string[] {
	const groups = Object.entries(OUTCOME_NAMES).flatMap(([outcome, name]) => {
		const rows = results.filter((row) => row.outcome === outcome);
		if (rows.length === 0) return [];
		const named = rows.map(({ label, sessionId }) => {
			const session = sessionId === undefined ? '' : ` (${sessionId})`;
			return `'${label.reference}'${session}`;
		});
		const title = name.charAt(0).toUpperCase() + name.slice(1);
		return [`${BULLET}${title} (${rows.length}): ${listSome(named, MAX_NAMED_ROWS)}.`];
	});
	const again =
		'Run the workflow again with the same references: what was submitted is not paid twice.';
	return [`Of ${results.length} rows:`, ...groups, again];
}

/** What an error keeps of a row. */
function toContextRow({ label, outcome, sessionId, failure }: RowResult): IDataObject {
	const session = sessionId !== undefined && { session_id: sessionId };
	return { row: label.number, reference: label.reference, outcome, ...session, ...failure };
}

/** Not in `context.itemIndex`, which the editor would append once more (n8n 2.41). */
function withItem({ message }: RowFailure, index: number): string {
	return `${message} [Item ${index}]`;
}

/**
 * Makes an error of n8n, of texts without card data: n8n stores everything in it, the node's
 * parameters too. Its texts are set again: n8n replaces one that holds the name of a system error, as
 * EPERM in a recipient's name, by advice to retry (n8n-workflow 2.41).
 */
function createError(node: INode, message: string, description: string): NodeOperationError {
	// The proxy can hold a password.
	const parameters = maskCardData({ ...node.parameters, requestOptions: {} });
	const shown = { ...node, parameters };
	const error = new NodeOperationError(shown, message, { description });
	return Object.assign(error, { message, description, messages: [] });
}
