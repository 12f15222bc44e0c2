import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import type { RowProblem } from '../payout/columns';
import { REPEATED_KEY } from './apiErrors';
import { describeFailure } from './failureTexts';
import type { Failure, Outcome } from './outcome';
import type { RowContext } from './rowContext';
import { recallFacts } from './rowFacts';
import { SUBJECTS } from './subject';

/** What an error says about its row, beside its text; `details` of an error item. */
export interface FailureDetails extends IDataObject {
	outcome: Outcome;
	code: string;
	/** The user's own reference, for rows that have one. */
	reference?: string;
	session_id?: string;
	/** What the API says. */
	description?: string;
	/** The columns that are wrong. */
	fields?: string[];
}

/** An error of n8n that is about one row. */
export type RowError = (NodeApiError | NodeOperationError) & {
	context: { details?: FailureDetails };
};

/** Makes n8n's error for a row that Smart Glocal refused, or whose outcome is not known. */
export function createFailure(row: RowContext, failure: Failure): RowError {
	const { message, description } = describeFailure(failure, recallFacts(row).subject);
	const httpCode = failure.httpStatus === undefined ? undefined : String(failure.httpStatus);
	const error = new NodeApiError(row.getNode(), {}, { message, description, httpCode });
	return finish(error, row, message, description, {
		outcome: failure.outcome,
		code: failure.code,
		...(failure.description !== undefined && { description: failure.description }),
	});
}

/** Makes n8n's error for a reference that was used before, for users who want to know. */
export function createRepetition(row: RowContext): RowError {
	const message = `Payout '${recallFacts(row).reference}' was already submitted by an earlier run`;
	const description =
		"Nothing was sent twice. To have such rows as normal output, set the option 'Repeated References' to report them.";
	const error = new NodeApiError(row.getNode(), {}, { message, description });
	return finish(error, row, message, description, {
		outcome: 'already_submitted',
		code: REPEATED_KEY,
	});
}

/** Makes n8n's error for a row whose turn never came. */
export function createStop(row: RowContext, why: string): RowError {
	const { kind, name } = recallFacts(row).subject;
	const texts = SUBJECTS[kind];
	const message = `${texts.noun(name)} ${texts.notSent}: ${why}`;
	const description = 'Nothing was sent for it. Run the row again as it is.';
	const error = new NodeOperationError(row.getNode(), message, { description });
	return finish(error, row, message, description, { outcome: 'not_sent', code: 'stopped' });
}

/**
 * Makes n8n's error for a row that failed its checks, with everything that is wrong with it.
 *
 * @param reference the row's reference, where the row has no facts because it was never built
 */
export function createRefusal(
	row: RowContext,
	problems: readonly RowProblem[],
	reference = recallFacts(row).reference,
): RowError {
	const message = problems.map((problem) => problem.message).join(' ');
	const description =
		reference === ''
			? 'Nothing was sent for this row. Correct it and run it again.'
			: `Payout '${reference}' was not sent. Correct the row and run it again with the same reference.`;
	const error = new NodeOperationError(row.getNode(), message, { description });
	return finish(error, row, message, description, {
		outcome: 'not_sent',
		code: 'invalid_row',
		...(reference !== '' && { reference }),
		fields: [
			...new Set(problems.flatMap(({ field, otherFields = [] }) => [field, ...otherFields])),
		].filter(Boolean),
	});
}

/**
 * Says under which item and which reference or session an error stands. The item's number is in the
 * message and not in `context.itemIndex`, which the editor would append once more (n8n 2.41).
 */
function finish(
	error: NodeApiError | NodeOperationError,
	row: RowContext,
	message: string,
	description: string,
	details: FailureDetails,
): RowError {
	const { reference, sessionId } = recallFacts(row);
	error.context.details = {
		...(reference !== '' && { reference }),
		...(sessionId !== undefined && { session_id: sessionId }),
		...details,
	};
	return settle(error as RowError, `${message} [Item ${row.getItemIndex()}]`, description);
}

/**
 * Sets the texts once more: n8n replaces a message in which it finds the name of a system error,
 * such as EPERM inside a recipient's name, by one that advises to retry (n8n-workflow 2.41).
 */
export function settle<T extends NodeApiError | NodeOperationError>(
	error: T,
	message: string,
	description: string,
): T {
	error.message = message;
	error.description = description;
	error.messages = [];
	return error;
}
