import { amountText } from '../currency.mts';
import type { Ledger } from '../ledger/ledger.mts';
import { leftToReturn } from '../ledger/lifecycle.mts';
import type { PayoutOrder, SessionPayout } from '../ledger/session.mts';
import { awaitsConfirmation } from '../ledger/sessionResponse.mts';
import { markup, pill } from './markup.mts';
import type { Markup } from './markup.mts';
import { section } from './section.mts';

/** Failures that somebody wanted or let happen. */
const CANCELLATIONS: readonly (string | undefined)[] = [
	'session_cancelled_by_partner',
	'confirm_timeout',
];

function recipientName({ participant_details }: PayoutOrder): string {
	const { full_name, first_name, last_name } = participant_details?.recipient ?? {};
	const names = full_name === undefined ? [first_name, last_name] : [full_name];
	return names.filter((name) => typeof name === 'string').join(' ') || '-';
}

/** Says in a word where a payout stands, and why it is not further. */
function standing(payout: SessionPayout): Markup {
	const code = payout.error?.code;
	if (payout.status === 'failed') {
		const word = CANCELLATIONS.includes(code) ? 'Cancelled' : 'Failed';
		return markup`${pill(word, 'bad')} <small>${code?.replaceAll('_', ' ')}</small>`;
	}
	if (payout.status === 'succeeded') {
		return leftToReturn(payout) === 0 ? pill('Returned', 'bad') : pill('Paid', 'good');
	}
	const reason = awaitsConfirmation(payout) ? 'waits for confirmation' : 'being processed';
	return markup`${pill('Accepted only', 'open')} <small>${reason}</small>`;
}

/** The table of all payouts: to whom, how much, and whether it was paid. */
export function payoutsPart({ ledger }: { ledger: Ledger }): Markup {
	const rows = ledger.books.payouts().flatMap((booked) => {
		const { payoutId, sessionId, reference, idempotencyKey, amount, currency, returned } = booked;
		const payout = ledger.payout(payoutId)?.payout;
		if (payout === undefined) return [];
		const row = [
			markup`${recipientName(payout.order)} <small>${booked.destination}</small>`,
			amountText(amount, currency),
			standing(payout),
			returned > 0 ? amountText(returned, currency) : '',
			reference ?? idempotencyKey ?? '-',
			`${payoutId} in ${sessionId}`,
		];
		return [row];
	});
	const columns = 'Recipient, Amount, State, Came back, Reference, Payout';
	return section('Payouts', columns, rows);
}
