import { asText } from '../payout/json/jsonObject';
import type { LedgerEvent } from './events';
import type { Reported } from './entry';
import { STATUSES } from './states';
import type { Status } from './states';
import type { TableRow } from './tables';

/**
 * Makes events of what webhooks or look-ups say.
 *
 * @param items those of the trigger, or of Get Status, both with Simplify on; of one session each
 * @param event `webhook` or `look_up`
 * @param now as an ISO 8601 timestamp in UTC
 */
export function toReportedEvents(
	items: readonly TableRow[],
	event: string,
	now: string,
): LedgerEvent[] {
	return items.flatMap((item): LedgerEvent[] => {
		const reference = asText(item.reference);
		if (item.error || reference === '') return [];
		const session_id = asText(item.session_id);
		const told = {
			amount: typeof item.amount === 'number' ? item.amount : null,
			currency: asText(item.currency),
			payouts: items.filter((other) => other.session_id === item.session_id).length,
		};
		const reported = { ...readState(item), status_at: now, session_id };
		const entry = { reported: { ...reported, payout_id: asText(item.payout_id) } };
		return [{ reference, event, by: '', run: '', entry, told }];
	});
}

type State = Pick<Reported, 'status' | 'rank' | 'message' | 'next_step'>;

const toState = (
	status: Status,
	message = '',
	next_step: string = STATUSES[status].nextStep,
): State => ({
	status,
	rank: STATUSES[status].rank,
	message,
	next_step,
});

function readState(item: TableRow): State {
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
