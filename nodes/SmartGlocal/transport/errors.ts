import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import type { RowProblem } from '../payout/columns';
import { explainApiError, REPEATED_KEY } from './apiErrors';
import type { Failure, Outcome } from './outcome';

/** What an error says about its row, beside its text; `details` of an error item. */
export interface FailureDetails extends IDataObject {
	outcome: Outcome;
	code: string;
	reference: string;
	description?: string;
}

/** An error of n8n that is about one row. */
export type RowError = (NodeApiError | NodeOperationError) & {
	context: { details?: FailureDetails };
};

const NEVER_LEFT_TEXTS: Readonly<Record<string, string>> = {
	http_429: 'Smart Glocal asked to wait (HTTP 429) three times',
	EAI_AGAIN: 'the name of the host could not be looked up',
	ECONNREFUSED: 'the host refused the connection',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	ENOTFOUND: 'the host does not exist',
	ETIMEDOUT: 'the connection was not made in time',
};

/** Shortest text for how an outcome came about, after "Payout 'X' was … : ". */
function explainUnknown(failure: Failure): string {
	if (failure.httpStatus !== undefined && failure.code === 'unreadable_answer') {
		return `Smart Glocal answered with HTTP ${failure.httpStatus}, but the answer is not readable`;
	}
	if (failure.httpStatus !== undefined && failure.code.startsWith('http_')) {
		return `the answer was HTTP ${failure.httpStatus}`;
	}
	if (failure.httpStatus !== undefined) return explainApiError(failure.code).meaning;
	if (/TIMEDOUT|ECONNABORTED/.test(failure.code)) return 'no answer came in time';
	return 'the connection broke before an answer came';
}

/** What went wrong before the order itself could be sent, in the words of a system error's code. */
function explainSetup(code: string): string {
	return /CERT|ISSUER|LEAF_SIGNATURE/.test(code)
		? `the host's certificate was not accepted (${code})`
		: `its session could not be created first (${code})`;
}

/**
 * Words an outcome for the person who runs the workflow: what happened, and what to do next.
 *
 * @returns the message, without the row's number, and the description with the next step
 */
export function describeFailure(
	failure: Failure,
	reference: string,
): { message: string; description: string } {
	const payout = reference === '' ? 'The payout' : `Payout '${reference}'`;
	if (failure.outcome === 'rejected') {
		const { meaning, advice } = explainApiError(failure.code);
		const said = failure.description ? `: "${failure.description}"` : '';
		return {
			message: `${payout} was refused: ${failure.code.startsWith('http_') ? `the answer was HTTP ${failure.httpStatus}` : meaning}`,
			description: `Nothing was paid. ${failure.code.startsWith('http_') ? "Check 'Environment' and the address in the credential, and any proxy in between." : advice} Smart Glocal's code is ${failure.code}${said}.`,
		};
	}
	if (failure.outcome === 'not_sent') {
		const why = NEVER_LEFT_TEXTS[failure.code] ?? explainSetup(failure.code);
		return {
			message: `${payout} was not sent: ${why}`,
			description:
				'Nothing was paid. Check the credential, the network and any proxy, and run the row again with the same reference.',
		};
	}
	const said = failure.description
		? ` Smart Glocal's code is ${failure.code}: "${failure.description}".`
		: '';
	return {
		message: `It is not known whether payout '${reference}' was accepted: ${explainUnknown(failure)}`,
		description: `Do not change the reference: running the row again with the same reference cannot pay twice. It either sends the payout or reports that it was already submitted.${said}`,
	};
}

/** Makes n8n's error for a row that Smart Glocal refused, or whose outcome is not known. */
export function createFailure(
	node: INode,
	itemIndex: number,
	failure: Failure,
	reference: string,
): RowError {
	const { message, description } = describeFailure(failure, reference);
	const error = new NodeApiError(
		node,
		{},
		{
			itemIndex,
			httpCode: failure.httpStatus === undefined ? undefined : String(failure.httpStatus),
			message,
			description,
		},
	) as RowError;
	error.context.details = {
		outcome: failure.outcome,
		code: failure.code,
		reference,
		...(failure.description !== undefined && { description: failure.description }),
	};
	return settle(error, `${message} [Item ${itemIndex}]`, description);
}

/** Makes n8n's error for a reference that was used before, for users who want to know. */
export function createRepetition(node: INode, itemIndex: number, reference: string): RowError {
	const message = `Payout '${reference}' was already submitted by an earlier run`;
	const description =
		"Nothing was sent twice. To have such rows as normal output, set the option 'Repeated References' to report them.";
	const error = new NodeApiError(node, {}, { itemIndex, message, description }) as RowError;
	error.context.details = { outcome: 'already_submitted', code: REPEATED_KEY, reference };
	return settle(error, `${message} [Item ${itemIndex}]`, description);
}

/** Makes n8n's error for a row whose turn never came. */
export function createStop(
	node: INode,
	itemIndex: number,
	reference: string,
	why: string,
): RowError {
	const message = `Payout '${reference}' was not sent: ${why}`;
	const description = 'Nothing was paid. Run the row again with the same reference.';
	const error = new NodeOperationError(node, message, { itemIndex, description }) as RowError;
	error.context.details = { outcome: 'not_sent', code: 'stopped', reference };
	return settle(error, `${message} [Item ${itemIndex}]`, description);
}

/** Makes n8n's error for a row that failed its checks, with everything that is wrong with it. */
export function createRefusal(
	node: INode,
	itemIndex: number,
	problems: readonly RowProblem[],
	reference: string,
): RowError {
	const who = reference === '' ? 'The payout' : `Payout '${reference}'`;
	const message = problems.map((problem) => problem.message).join(' ');
	const description = `${who} was not sent. Correct the row and run it again${reference === '' ? '' : ' with the same reference'}.`;
	const error = new NodeOperationError(node, message, { itemIndex, description }) as RowError;
	error.context.details = {
		outcome: 'not_sent',
		code: 'invalid_row',
		reference,
		fields: [...new Set(problems.map((problem) => problem.field))],
	};
	return settle(error, `${message} [Item ${itemIndex}]`, description);
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
