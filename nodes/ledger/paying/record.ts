import { asObject, asText } from '../../payout/json/jsonObject';
import type { Claim } from '../claims';
import { pickPayout } from '../entry';
import type { Ordered } from '../entry';
import type { LedgerEvent } from '../events';
import { canHaveArrived, hasArrived, OUTCOMES } from '../states';
import type { Outcome } from '../states';
import type { TableRow, Timestamp } from '../tables';
import { toRowOutcome } from './decide';
import type { RowOutcome } from './decide';

/** What a person does about a payout whose first response was lost, when the second request was refused. */
const STILL_UNCLEAR =
	'The first request may have been accepted. Do not change the row or its reference, and send it again later.';

/**
 * Records the outcome of each payout that was sent; without one, it may have been paid. Gives what is
 * written of it, and what people are told.
 *
 * @param sent the references that were sent; true where a first request may have arrived, so that a
 * refusal says nothing of that
 * @param items what Init Payout has put out for them, in both of its branches
 */
export function recordOutcomes(
	claims: readonly Claim[],
	sent: ReadonlyMap<string, boolean>,
	items: readonly TableRow[],
	now: Timestamp,
): Array<{ event: LedgerEvent; outcome: RowOutcome }> {
	const outcomes = new Map(items.map((item) => [referenceOf(item), item]));
	return claims.flatMap((claim) => {
		const { reference, run, requested_by: by, position } = claim;
		const isAgain = sent.get(reference);
		if (isAgain === undefined) return [];
		const item = outcomes.get(reference) ?? {};
		const ordered = toOrdered(claim, item, isAgain, now);
		const { code: reason } = asObject(item.error);
		return {
			event: { reference, event: 'outcome', by, run, entry: { ordered } },
			outcome: toRowOutcome(position, { ...ordered, reference, reason }),
		};
	});
}

/** The reference that was sent: beside an error, the item has the row's own, which may be written otherwise. */
function referenceOf(item: TableRow): string {
	return asText(asObject(item.error).reference) || asText(item.reference);
}

function toOrdered(claim: Claim, item: TableRow, isAgain: boolean, now: string): Ordered {
	const error = asObject(item.error);
	const said = asText(item.outcome);
	const outcome: Outcome = Object.hasOwn(OUTCOMES, said) ? (said as Outcome) : 'unknown';
	const isRefusedAgain = isAgain && !canHaveArrived(outcome);
	const isSent = hasArrived(outcome);
	const advice = asText(error.advice) || OUTCOMES[outcome].nextStep;
	const recorded = isRefusedAgain ? 'unknown' : outcome;
	return {
		// Only what got no clear answer is sent again.
		...pickPayout({ ...claim, columns: recorded === 'unknown' ? claim.columns : undefined }),
		outcome: recorded,
		outcome_at: now,
		ordered_at: claim.claimed_at,
		message: isSent ? '' : asText(error.message),
		next_step: isSent ? asText(item.next_action) : isRefusedAgain ? STILL_UNCLEAR : advice,
		session_id: asText(item.session_id) || asText(error.session_id),
		payout_id: asText(item.payout_id),
	};
}
