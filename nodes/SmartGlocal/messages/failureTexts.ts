import type { IDataObject } from 'n8n-workflow';
import { explainErrorCode, explainRefusalByStatus } from '../../api/errorCodes';
import { explainUnsent, isTimeout, UNSIGNED_CODE } from '../../api/networkFailures';
import { TOO_LARGE_CODE, UNREADABLE_CODE, WAIT_CODE } from '../../api/outcomes';
import type { Failure, Outcome } from '../../api/outcomes';
import type { Order, RequestKind } from '../../api/request';
import { describeOrder } from '../../api/simplify';
import { isInNone, maskCardNumbers } from '../../payout/cards/mask';
import type { fingerprintPayout } from '../../payout/reviewPayout';
import type { RowProblem } from '../../payout/validationError';

/** The row that a message is about. */
export interface RowLabel {
	/** The number of its item, from 0. */
	index: number;
	/** What people call it, as in "Row 7" (`numberRow`). */
	number: number;
	kind: RequestKind;
	/** The user's own reference; empty where the row has none, or was not read that far. */
	reference: string;
	sessionId?: string;
	/** What the row orders, once it has passed its own checks. */
	order?: Order;
	/** The numbers of the rows that pay the same amount to the same account, its own among them. */
	similarTo?: readonly number[] | undefined;
	/** The numbers of the rows that pay its account, if they do so under three or more names. */
	sharesAccountWith?: readonly number[] | undefined;
	/** Its reference and its account: their numbers are not those of cards, and are shown. */
	ownNumbers: readonly string[];
	/** Where they are put out. */
	fingerprints?: ReturnType<typeof fingerprintPayout>;
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
	description?: string;
	fields?: string[];
	advice: string;
}

/** Describes a row whose request failed. */
export function describeFailedRow(label: RowLabel, failure: Failure): RowFailure {
	const { message, description: advice } = describeFailure(failure, label.kind, nameOf(label));
	const { outcome, code, description } = failure;
	const quoted = description !== undefined && { description };
	return { message, outcome, code, ...identify(label), ...quoted, advice };
}

/** Why a batch ended before all its rows were sent: for a reason of its own, or a row's failure. */
export type StopReason = 'cancelled' | 'other_row' | 'asked_to_wait' | Failure;

/** Describes a row whose turn never came, because its batch had ended. */
export function describeSkippedRow(label: RowLabel, reason: StopReason): RowFailure {
	const noun = nounOf(label.kind, nameOf(label));
	const first = typeof reason === 'object' ? 'Do what the rows before it say, and run' : 'Run';
	return {
		message: `${noun} ${REQUEST_TEXTS[label.kind].notSent}: ${explainStop(reason)}`,
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
	const isUnknown = reason.outcome === 'unknown';
	const ended = isUnknown ? 'got no clear answer' : 'failed for a reason that is not theirs';
	return `the run stopped, because ten rows in a row ${ended} (${reason.code})`;
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

function identify({ reference, sessionId, order, fingerprints }: RowLabel): Partial<RowFailure> {
	return {
		...(reference !== '' && { reference }),
		...(sessionId !== undefined && { session_id: sessionId }),
		...(order?.amount && describeOrder(order)),
		...fingerprints,
	};
}

/** What messages call the row: its payout by reference, else the session that it is about. */
function nameOf({ kind, reference, sessionId = '' }: RowLabel): string {
	return kind === 'order' || kind === 'creation' ? reference : sessionId;
}

/** How messages speak of one kind of request. */
interface RequestTexts {
	/** Begins a message, with a reference or a session id for `{}`. */
	readonly noun: string;
	/** What follows the noun of a request that was not sent, or refused. */
	readonly notSent: string;
	readonly refused?: string;
	/** Follows "It is not known whether" and the noun. */
	readonly done: string;
	/** A sentence: what is true after a request that was not sent. */
	readonly nothingDone: string;
	/** The same after a refusal, where its advice does not say so. */
	readonly afterRefusal?: string;
	/** Follows "Correct the credential and …". */
	readonly again: string;
	/** Sentences: what is true now, and what to do. */
	readonly afterUnknown: string;
	/** After an answer that contradicts its request, with the session that it names for `{}`. */
	readonly afterContradiction: string;
}

const NOTHING_PAID = 'Nothing was paid.';
const NO_MONEY_YET = 'Nothing was paid: money only moves when a payout is started in a session.';
const ASK_SUPPORT = "ask Smart Glocal's support what happened";

const OF_SESSION = {
	noun: "Session '{}'",
	nothingDone: 'The request was not carried out.',
	afterContradiction: `Look at every session that is named here with the operation 'Get Status' before you do anything else, and ${ASK_SUPPORT}.`,
};

const LOOKUP = {
	...OF_SESSION,
	notSent: 'could not be looked up',
	done: 'has changed',
	again: 'look again',
	afterContradiction: `A lookup changes nothing. Do not act on this answer: run the row again, and ${ASK_SUPPORT} if the answer stays the same.`,
};

const REQUEST_TEXTS: Readonly<Record<RequestKind, RequestTexts>> = {
	order: {
		noun: "Payout '{}'",
		notSent: 'was not sent',
		refused: 'was refused',
		done: 'was accepted',
		nothingDone: NOTHING_PAID,
		afterRefusal: 'Nothing was paid by this request.',
		again: 'run the row again with the same reference',
		afterContradiction: `Do not change the reference, and do not pay in another way. Look at {} in the dashboard before you do anything else, and ${ASK_SUPPORT}. Running the row again with the same reference cannot pay twice.`,
		afterUnknown:
			'Do not change the reference: running the row again with the same reference cannot pay twice. It either sends the payout or reports that it was already submitted. The session in the dashboard, or the webhook, shows which.',
	},
	creation: {
		noun: 'The session',
		notSent: 'was not created',
		done: 'was created',
		nothingDone: NOTHING_PAID,
		afterRefusal: NOTHING_PAID,
		again: 'run the row again',
		afterContradiction: `${NO_MONEY_YET} Do not start a payout in {}. Run the row again for a new session, and ${ASK_SUPPORT}.`,
		afterUnknown: `${NO_MONEY_YET} Run the row again; a session that is left over does no harm.`,
	},
	confirmation: {
		...OF_SESSION,
		notSent: 'was not confirmed',
		done: 'was confirmed',
		again: 'confirm again before the 240 minutes are over',
		afterUnknown:
			"Look at it with the operation 'Get Status', or confirm again: confirming twice does not pay twice.",
	},
	cancellation: {
		...OF_SESSION,
		notSent: 'was not cancelled',
		done: 'was cancelled',
		again: 'cancel again',
		afterUnknown: "Look at it with the operation 'Get Status' before you do anything else.",
	},
	lookup: { ...LOOKUP, afterUnknown: 'A lookup changes nothing: run the row again.' },
	balance: {
		...LOOKUP,
		noun: 'The balance',
		afterUnknown: 'A lookup changes nothing: run it again.',
	},
};

const nounOf = (kind: RequestKind, name: string) =>
	REQUEST_TEXTS[kind].noun.replace('{}', () => name);

/** Words a failure for a person; `name` is the reference or session id that the request is about. */
export function describeFailure(failure: Failure, kind: RequestKind, name: string) {
	const texts = REQUEST_TEXTS[kind];
	const noun = nounOf(kind, name);
	const { source, code, httpStatus, contradiction, sessionId } = failure;
	switch (failure.outcome) {
		case 'rejected': {
			const { meaning, advice } =
				source === 'api' ? explainErrorCode(code, kind) : explainRefusalByStatus(httpStatus);
			return {
				message: `${noun} ${texts.refused ?? texts.notSent}: ${meaning}`,
				description: join(texts.afterRefusal, advice, quote(failure)),
			};
		}
		case 'not_sent': {
			const [why, advice] = explainNotSent(failure);
			const ours = code === UNSIGNED_CODE && failure.description;
			return {
				message: `${noun} ${texts.notSent}: ${why}`,
				description: join(texts.nothingDone, `${advice} ${texts.again}.`, ours),
			};
		}
		case 'unknown': {
			const what = `${noun.charAt(0).toLowerCase()}${noun.slice(1)} ${texts.done}`;
			const session = sessionId ? `session '${sessionId}'` : 'the session';
			return {
				message: `It is not known whether ${what}: ${explainUnknown(failure, kind)}`,
				description: contradiction
					? texts.afterContradiction.replace('{}', () => session)
					: join(texts.afterUnknown, source === 'api' && quote(failure)),
			};
		}
		case 'already_submitted':
			return {
				message: `${noun} was already submitted by an earlier request`,
				description:
					"Nothing was paid twice. To get such rows as normal output, set the option 'Repeated References' to report them.",
			};
	}
}

/** Whether a row failed with a code of Smart Glocal's that this package does not list. */
export function hasUnlistedCode({ source, code }: Failure): boolean {
	return source === 'api' && !explainErrorCode(code).isListed;
}

/** Why a request was not sent, and what to do before "look again" or the like, which follows. */
function explainNotSent({ code, beforeStart, contradiction }: Failure): [string, string] {
	if (contradiction) {
		const why = `its session could not be created first: ${contradiction}`;
		return [why, "Ask Smart Glocal's support what happened, then"];
	}
	const retry = 'Check the credential, the network and any proxy, and';
	if (beforeStart) return [`its session could not be created first (${code})`, retry];
	if (code === UNSIGNED_CODE) {
		return ['the credential could not sign the request', 'Correct the credential and'];
	}
	if (code === WAIT_CODE)
		return ['Smart Glocal asked to wait (HTTP 429)', 'Wait a few minutes and'];
	return [explainUnsent(code) ?? `the request did not leave n8n (${code})`, retry];
}

function explainUnknown(failure: Failure, kind: RequestKind): string {
	const { source, code, httpStatus, contradiction } = failure;
	if (contradiction) return contradiction;
	if (code === TOO_LARGE_CODE) return 'the answer is larger than 1 MB, so it was not read';
	if (source === 'network' && isTimeout(code)) return 'no answer came in time';
	if (source === 'network') return 'the connection broke before an answer came';
	if (source === 'client') return 'the answer could not be read';
	if (code === UNREADABLE_CODE) {
		return `Smart Glocal answered with HTTP ${httpStatus}, but the answer is not readable`;
	}
	const { isUncertain, meaning } = explainErrorCode(code, kind);
	if (source !== 'api' || !isUncertain) return `the answer was HTTP ${httpStatus}`;
	return hasUnlistedCode(failure) ? "Smart Glocal's answer leaves that open" : meaning;
}

function quote(failure: Failure): string {
	const { source, code, description } = failure;
	return join(
		`${source === 'api' ? "Smart Glocal's" : 'The'} code is ${code}${description ? `: "${description}"` : ''}.`,
		hasUnlistedCode(failure) && 'This node does not know that code.',
	);
}

function join(...sentences: Array<string | false | undefined>): string {
	return sentences.filter(Boolean).join(' ');
}
