import type { Item } from './ledgerRow.mts';

/** A row of the ledger, or what is to be written into one. */
export type Entry = Record<string, unknown>;

/** What Smart Glocal says of a payout, in the words of the ledger. */
export interface Change {
	reference: string;
	sessionId: string;
	payoutId: string;
	status: string;
	/** Only a higher one than the ledger's is written, so that late news change nothing. */
	rank: number;
	/** Whether nothing more is expected. */
	final: boolean;
	message: string;
	nextStep: string;
	/** In major units; null where it is not known. */
	amount: number | null;
	currency: string;
}

type State = Pick<Change, 'status' | 'rank' | 'final' | 'message' | 'nextStep'>;

/** The outcomes after which Smart Glocal can have a payout. */
const POSSIBLY_SENT = ['sending', 'unknown', 'already_submitted', 'submitted'];

/** What the ledger's other outcomes mean for a payout that Smart Glocal nevertheless reports. */
const NOT_SENT: Readonly<Record<string, string>> = {
	waiting_for_approval: 'waits for its approval',
	declined: 'was declined',
	rejected: 'was refused',
	not_sent: 'was not sent',
};

/**
 * Reads what a webhook or a lookup says.
 *
 * @param json an item of the trigger, or of Get Status, both with Simplify on
 */
export function readChange(json: Record<string, unknown>): Change {
	return {
		reference: String(json.reference ?? ''),
		sessionId: String(json.session_id ?? ''),
		payoutId: String(json.payout_id ?? ''),
		amount: typeof json.amount === 'number' ? json.amount : null,
		currency: String(json.currency ?? ''),
		...readState(json),
	};
}

function readState(json: Record<string, unknown>): State {
	const { event, payout_status: payout, session_status: session } = json;
	if (json.refund) return readReturn(String(json.refund));
	const failure = String(json.failure ?? '');
	const open = { final: false, message: '', nextStep: '' };
	if (session === 'error' || failure.includes('not final')) {
		const status = payout === 'failed' ? 'failed' : 'in_progress';
		const nextStep = 'Ask Smart Glocal’s support how it ends, and do not pay it again before.';
		return { ...open, status, rank: 25, message: failure, nextStep };
	}
	const isEnded = session === undefined || session === 'accepted' || session === 'cancelled';
	const isCancelled =
		session === 'cancelled' ||
		(event === 'payment_finished' && payout === 'pending' && failure !== '');
	if (payout === 'succeeded' && isEnded && session !== 'cancelled') {
		return { ...open, status: 'succeeded', rank: 30, final: true };
	}
	if ((payout === 'failed' && isEnded) || (isCancelled && payout !== 'succeeded')) {
		const message = failure || 'cancelled, no reason given';
		const nextStep = 'Nothing was paid. Find out why, and pay it again under a new reference.';
		return { status: 'failed', rank: 30, final: true, message, nextStep };
	}
	const isReady = event === 'ready_to_confirm' || json.next_action === 'confirm';
	if (isReady) return { ...open, status: 'ready_to_confirm', rank: 20 };
	return { ...open, status: 'in_progress', rank: 10 };
}

/** A payout can come back in parts, each of which can be in progress first: the rank grows with all. */
function readReturn(refund: string): State {
	const parts = refund.split('; ');
	const inProgress = parts.filter((part) => part.startsWith('refund in progress'));
	const rank = 40 + 2 * parts.length - inProgress.length;
	const final = inProgress.length === 0;
	if (!parts.some((part) => /^refund(ed)?[:,]/.test(part))) {
		const message = `A return was reported, and nothing has come back (${refund}).`;
		return { status: 'succeeded', rank, final, message, nextStep: '' };
	}
	const message = `The recipient’s bank has returned money (${refund}).`;
	const nextStep = 'Find out why, and pay what came back under a new reference.';
	return { status: 'returned', rank, final, message, nextStep };
}

/**
 * Why the ledger does not know a payout that Smart Glocal reports; empty when it does: the same
 * reference, and the same session or none yet.
 *
 * @param entry the ledger's row with this reference
 */
export function findDoubt({ sessionId }: Change, entry: Entry | undefined): string {
	if (!entry?.reference) return 'The ledger has no payout with this reference.';
	const outcome = String(entry.outcome ?? '');
	if (!POSSIBLY_SENT.includes(outcome)) {
		return `In the ledger it ${NOT_SENT[outcome] ?? 'has no outcome'}.`;
	}
	if (sessionId === '') return 'Smart Glocal names no session.';
	const known = String(entry.session_id ?? '');
	if (known === '' || known === sessionId) return '';
	return `The ledger has this reference with another session, ${known}.`;
}

/**
 * Why a payout that the ledger knows is not confirmed without a person; empty when it is.
 *
 * The currency can be another one after a conversion (API reference, section 12.8); the amount is
 * compared only in the currency of the order.
 *
 * @param payouts how many the session has: they can only be confirmed together
 */
export function findReasonToHold(
	{ amount, currency }: Change,
	entry: Entry,
	payouts: number,
): string {
	if (payouts > 1) return 'Its session has several payouts, which are confirmed together.';
	const isSame = amount === null || amount.toFixed(2) === entry.amount;
	if (isSame || currency !== entry.currency) return '';
	return `Smart Glocal has ${currency} ${amount.toFixed(2)}, and the ledger ${currency} ${String(entry.amount)}.`;
}

/**
 * What is written into the ledger's row, if that is not further yet.
 *
 * @param reasonToHold why it is not confirmed; empty when it is
 * @param now as an ISO 8601 timestamp
 */
export function toStatusRow(change: Change, reasonToHold: string, now: string): Entry {
	const isHeld = change.status === 'ready_to_confirm' && reasonToHold !== '';
	return {
		reference: change.reference,
		// Smart Glocal reports it, so it was accepted.
		outcome: 'submitted',
		session_id: change.sessionId,
		...(change.payoutId !== '' && { payout_id: change.payoutId }),
		status: change.status,
		status_rank: change.rank,
		status_at: now,
		message: isHeld ? reasonToHold : change.message,
		next_step: isHeld ? askToDecide(change.sessionId) : change.nextStep,
		final: change.final,
		// It holds account data, and is never sent again.
		...(change.final && { row: '' }),
	};
}

/** What a person does about a payout that is not confirmed. */
export function askToDecide(sessionId: unknown): string {
	return `Confirm or cancel session ${String(sessionId)}: Smart Glocal cancels it after 240 minutes.`;
}

/**
 * What is to be done about the rows that have just changed: an item for each to confirm and for each
 * that a person must know of, with its `kind` and a sentence in `notice`.
 */
export function toTasks(changed: readonly Item[]): Item[] {
	return changed.flatMap(({ json: row }) => {
		const kind = findKind(row);
		if (kind === '') return [];
		const { reference, session_id } = row;
		return [{ json: { kind, notice: describeEntry(row), reference, session_id } }];
	});
}

function findKind({ status, status_rank: rank, next_step }: Entry): string {
	if (status === 'ready_to_confirm') return next_step ? 'decide' : 'confirm';
	if (Number(rank) >= 40) return 'returned';
	return status === 'failed' || rank === 25 ? 'failed' : '';
}

/** Sentences for a person about a row of the ledger, and what to do. */
export function describeEntry(row: Entry): string {
	const { reference, currency, amount, recipient, status, next_step: nextStep } = row;
	const message = String(row.message ?? '').replace(/\.$/, '');
	const payout = `Payout ${String(reference)} (${String(currency)} ${String(amount)} to ${String(recipient)})`;
	const states: Record<string, string> = {
		ready_to_confirm: 'waits for its confirmation',
		failed: 'failed',
		returned: 'came back',
	};
	const state = `${payout} ${states[String(status)] ?? 'needs a look'}`;
	const what = message === '' ? `${state}.` : `${state}: ${message}.`;
	return `${what} ${String(nextStep ?? '')}`.trim();
}
