import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Failure, Outcome } from '../../api/outcomes';
import type { RequestKind } from '../../api/request';
import type { ValidationError } from '../payout/validationError';
import { describeFailure } from './failureTexts';
import type { FailureTexts } from './failureTexts';
import { REQUEST_TEXTS } from './requestTexts';

/** The row that a message is about. */
export interface RowLabel {
	node: INode;
	/** The number of its item, from 0. */
	index: number;
	kind: RequestKind;
	/** The user's own reference; empty where the row has none, or was not read that far. */
	reference: string;
	sessionId?: string;
}

/** What an error says about its row, besides its texts; `details` of an error item. */
export interface FailureDetails extends IDataObject {
	outcome: Outcome;
	code: string;
	/** The user's own reference, for rows that have one. */
	reference?: string;
	session_id?: string;
	/** What Smart Glocal says. */
	description?: string;
	/** The columns that are wrong. */
	fields?: string[];
}

/** An error of n8n that is about one row. */
export type RowError = (NodeApiError | NodeOperationError) & {
	context: { details: FailureDetails };
};

/** Makes n8n's error for a row whose request failed. */
export function createFailureError(label: RowLabel, failure: Failure): RowError {
	const texts = describeFailure(failure, label.kind, nameOf(label));
	const httpCode = failure.httpStatus === undefined ? undefined : String(failure.httpStatus);
	const error = new NodeApiError(label.node, {}, { ...texts, httpCode });
	const { outcome, code, description } = failure;
	return finish(error, label, texts, {
		outcome,
		code,
		...(description !== undefined && { description }),
	});
}

/**
 * Makes n8n's error for a row whose turn never came.
 *
 * @param why follows "Payout 'X' was not sent: "
 */
export function createSkippedError(label: RowLabel, why: string): RowError {
	const { noun, notSent } = REQUEST_TEXTS[label.kind];
	const texts = {
		message: `${noun(nameOf(label))} ${notSent}: ${why}`,
		description: 'Nothing was sent for it. Run the row again as it is.',
	};
	const error = new NodeOperationError(label.node, texts.message, texts);
	return finish(error, label, texts, { outcome: 'not_sent', code: 'stopped' });
}

/** Makes n8n's error for a row that failed its checks, with everything that is wrong with it. */
export function createValidationError(
	label: RowLabel,
	{ message, problems }: ValidationError,
): RowError {
	const { reference } = label;
	const texts = {
		message,
		description:
			reference === ''
				? 'Nothing was sent for this row. Correct it and run it again.'
				: `Payout '${reference}' was not sent. Correct the row and run it again with the same reference.`,
	};
	const fields = problems.flatMap(({ field, otherFields = [] }) => [field, ...otherFields]);
	const error = new NodeOperationError(label.node, message, texts);
	return finish(error, label, texts, {
		outcome: 'not_sent',
		code: 'invalid_row',
		fields: [...new Set(fields)].filter((field) => field !== ''),
	});
}

/**
 * Sets an error's texts once more: n8n replaces a message in which it finds the name of a system
 * error, such as EPERM inside a recipient's name, by one that advises to retry (n8n-workflow 2.41).
 */
export function setTexts<T extends NodeApiError | NodeOperationError>(
	error: T,
	{ message, description }: FailureTexts,
): T {
	error.message = message;
	error.description = description;
	error.messages = [];
	return error;
}

/**
 * Adds the row's number and what is known about the row. The number is in the message and not in
 * `context.itemIndex`, which the editor would append once more (n8n 2.41).
 */
function finish(
	error: NodeApiError | NodeOperationError,
	{ index, reference, sessionId }: RowLabel,
	{ message, description }: FailureTexts,
	details: FailureDetails,
): RowError {
	error.context.details = {
		...(reference !== '' && { reference }),
		...(sessionId !== undefined && { session_id: sessionId }),
		...details,
	};
	return setTexts(error as RowError, { message: `${message} [Item ${index}]`, description });
}

/** What messages call the row: its payout by reference, else the session that it is about. */
function nameOf({ kind, reference, sessionId = '' }: RowLabel): string {
	return kind === 'order' || kind === 'creation' ? reference : sessionId;
}
