import type { IDataObject } from 'n8n-workflow';
import type { Failure, Outcome } from '../../api/outcomes';
import type { Order, RequestKind } from '../../api/request';
import { describeMoney } from '../../api/simplify';
import { isInNone, maskCardNumbers } from '../../payout/cards';
import type { RowProblem } from '../../payout/validationError';
import { describeFailure, REQUEST_TEXTS } from './failureTexts';

/** The row that a message is about. */
export interface RowLabel {
	/** The number of its item, from 0. */
	index: number;
	kind: RequestKind;
	/** The user's own reference; empty where the row has none, or was not read that far. */
	reference: string;
	sessionId?: string;
	/** What the row orders, once it has passed its own checks. */
	order?: Order;
	/** The indexes of the rows that pay the same amount to the same account, its own among them. */
	similarTo?: readonly number[];
	/** Its reference and its account: their numbers are not those of cards, and are shown. */
	ownNumbers: readonly string[];
}

/** Why a row failed, as a person and a workflow read it: the `error` of its item. */
export interface RowFailure extends IDataObject {
	message: string;
	outcome: Exclude<Outcome, 'submitted'>;
	code: string;
	reference?: string;
	session_id?: string;
	/** What the row orders, where that is known, as in the items of rows that were sent. */
	amount?: number | null;
	amount_minor?: number | null;
	currency?: string | null;
	/** What Smart Glocal says. */
	description?: string;
	/** The columns that are wrong. */
	fields?: string[];
	/** What to do next. */
	advice: string;
}

/** Describes a row whose request failed. */
export function describeFailedRow(label: RowLabel, failure: Failure): RowFailure {
	const { message, description: advice } = describeFailure(failure, label.kind, nameOf(label));
	const { outcome, code, description } = failure;
	const quoted = description === undefined ? {} : { description };
	return { message, outcome, code, ...identify(label), ...quoted, advice };
}

/** Why a batch ended before all its rows were sent: for a reason of its own, or a row's failure. */
export type StopReason = 'cancelled' | 'other_row' | 'asked_to_wait' | Failure;

/** Describes a row whose turn never came, because its batch had ended. */
export function describeSkippedRow(label: RowLabel, reason: StopReason): RowFailure {
	const { noun, notSent } = REQUEST_TEXTS[label.kind];
	const first = typeof reason === 'object' ? 'Do what the rows before it say, and run' : 'Run';
	return {
		message: `${noun(nameOf(label))} ${notSent}: ${explainStop(reason)}`,
		outcome: 'not_sent',
		code: 'stopped',
		...identify(label),
		advice: `Nothing was sent for it. ${first} the row again as it is.`,
	};
}

function explainStop(reason: StopReason): string {
	if (reason === 'cancelled') return 'the execution was cancelled before its turn';
	if (reason === 'other_row') return 'the run stopped at another row before its turn';
	if (reason === 'asked_to_wait') return 'Smart Glocal kept asking to wait, so the run stopped';
	const { outcome, code } = reason;
	return outcome === 'unknown'
		? `the run stopped, because ten rows in a row got no clear answer (${code})`
		: `the run stopped, because ten rows in a row failed for a reason that is not theirs (${code})`;
}

/** Describes a row that failed its checks, with everything that is wrong with it. */
export function describeInvalidRow(label: RowLabel, problems: readonly RowProblem[]): RowFailure {
	const { reference, ownNumbers } = label;
	const fields = problems.flatMap(({ field, otherFields = [] }) => [field, ...otherFields]);
	const message = problems.map((problem) => problem.message).join(' ');
	return {
		message: maskCardNumbers(message, isInNone(ownNumbers)),
		outcome: 'not_sent',
		code: 'invalid_row',
		...identify(label),
		fields: [...new Set(fields)].filter((field) => field !== ''),
		advice: `Nothing was sent for it. Correct the row, or what else the message names, and run it again${reference === '' ? '' : ' with the same reference'}.`,
	};
}

function identify({ reference, sessionId, order }: RowLabel): Partial<RowFailure> {
	return {
		...(reference !== '' && { reference }),
		...(sessionId !== undefined && { session_id: sessionId }),
		...(order?.amount && describeMoney({ minor: order.amount, currency: order.currency || null })),
	};
}

/** What messages call the row: its payout by reference, else the session that it is about. */
function nameOf({ kind, reference, sessionId = '' }: RowLabel): string {
	return kind === 'order' || kind === 'creation' ? reference : sessionId;
}
