import { asObject, asText } from '../../payout/json/jsonObject';
import { viewEntry } from '../entry';
import type { Reported } from '../entry';
import type { LedgerEvent } from '../events';
import { askToDecide, joinSentences } from '../sentences';
import { STATUSES } from '../states';
import type { Status } from '../states';
import type { TableRow, Timestamp } from '../tables';
import { gatherEntries, isStillWaiting } from './fold';

/** Makes events of the items of the trigger, of Get Status or of Confirm, with Simplify on. */
export function toReportedEvents(
	items: readonly TableRow[],
	event: 'webhook' | 'look_up' | 'confirm',
	now: Timestamp,
): LedgerEvent[] {
	// A webhook can come twice in one run.
	const names = items.map(
		(item, index) => asText(item.payout_id) || asText(item.event_key) || index,
	);
	return items.flatMap((item): LedgerEvent[] => {
		const reference = asText(item.reference);
		const state = event === 'confirm' ? readConfirmation(item) : readState(item);
		// A webhook comes once, so that somebody must be told of it in any case.
		if (!state || (reference === '' && event !== 'webhook')) return [];
		const session_id = asText(item.session_id);
		const told = {
			amount: typeof item.amount === 'number' ? item.amount : null,
			currency: asText(item.currency),
			payouts: new Set(names.filter((_, index) => items[index]?.session_id === item.session_id))
				.size,
		};
		const payout_id = asText(item.payout_id);
		const entry = { reported: { ...state, status_at: now, session_id, payout_id } };
		const heard = { reference, event, by: '', run: '', entry };
		return [event === 'confirm' ? heard : { ...heard, told }];
	});
}

/**
 * Leaves out the look-ups that say nothing new: those of other payouts, and what the ledger has already,
 * except for what still waits for a confirmation that should have come.
 */
export function selectNews(
	events: readonly LedgerEvent[],
	payouts: readonly TableRow[],
): LedgerEvent[] {
	const known = gatherEntries(payouts, []);
	return events.filter(({ reference, entry: { reported } }) => {
		const entry = known.get(reference)?.entry;
		if (!reported || !entry) return false;
		const before = entry.reported;
		if (viewEntry(entry).session_id !== reported.session_id) return false;
		return reported.rank > (before?.rank ?? 0) || isStillWaiting(reported, before);
	});
}

type State = Pick<Reported, 'status' | 'rank' | 'message' | 'next_step'>;

function toState(status: Status, message = ''): State {
	const { rank, nextStep } = STATUSES[status];
	return { status, rank, message, next_step: nextStep };
}

/** Of an unclear response, nothing is known; nor where there is nothing to confirm any more. */
function readConfirmation({ error, session_id }: TableRow): State | undefined {
	if (!error) return toState('confirmed');
	const { outcome, code, message, advice } = asObject(error);
	if (outcome !== 'rejected' || code === 'session_wrong_state') return undefined;
	const state = toState('ready_to_confirm', `Smart Glocal did not confirm it. ${asText(message)}`);
	const next_step = joinSentences(asText(advice), askToDecide(asText(session_id)));
	// Further than one that nobody has tried to confirm, so that a person is told.
	return { ...state, rank: state.rank + 1, next_step };
}

function readState(item: TableRow): State | undefined {
	if (item.error) return undefined;
	const { event, payout_status: payout, session_status: session } = item;
	if (item.refund) return readReturn(asText(item.refund));
	const failure = asText(item.failure);
	if (session === 'error' || failure.includes('not final')) return toState('unclear', failure);
	const isEnded = session === undefined || session === 'accepted' || session === 'cancelled';
	const isCancelled =
		session === 'cancelled' ||
		(event === 'payment_finished' && payout === 'pending' && failure !== '');
	if (payout === 'succeeded' && isEnded && session !== 'cancelled') return toState('succeeded');
	if ((payout === 'failed' && isEnded) || (isCancelled && payout !== 'succeeded')) {
		return toState('failed', failure || 'cancelled, no reason given');
	}
	const isReady = event === 'ready_to_confirm' || item.next_action === 'confirm';
	return toState(isReady ? 'ready_to_confirm' : 'in_progress');
}

/** A payout can come back in parts, each of which can be in progress first: the rank grows with all. */
function readReturn(refund: string): State {
	const parts = refund.split('; ');
	const inProgress = parts.filter((part) => part.startsWith('refund in progress'));
	const rank = STATUSES.returned.rank + 2 * parts.length - inProgress.length;
	const hasReturned = parts.some((part) => /^refund(ed)?[:,]/.test(part));
	const message = hasReturned ? refund : `nothing has come back of a return (${refund})`;
	return { ...toState(hasReturned ? 'returned' : 'succeeded', message), rank };
}
