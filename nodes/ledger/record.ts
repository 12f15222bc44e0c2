import { maskColumns } from '../payout/cards/mask';
import { asObject, asText } from '../payout/json/jsonObject';
import { toDecimalText } from '../payout/money/amount';
import type { Claim, Origin } from './claims';
import type { Ordered, Payout } from './entry';
import type { LedgerEvent } from './events';
import { canHaveArrived, OUTCOMES } from './states';
import type { Outcome } from './states';
import type { TableRow } from './tables';

/** Of what is claimed, and when. */
export interface ClaimSettings extends Origin {
	run: string;
	/** As an ISO 8601 timestamp in UTC. */
	now: string;
}

/**
 * Makes claims of the rows that a dry run has found right.
 *
 * @param checked the items of the dry run, with fingerprints
 * @param rows the rows themselves, in the same order
 */
export function toClaims(
	checked: readonly TableRow[],
	rows: readonly TableRow[],
	{ now, ...settings }: ClaimSettings,
): Claim[] {
	return checked.flatMap((item, position): Claim[] => {
		const reference = asText(item.reference);
		if (item.error || reference === '') return [];
		const columns = asObject(rows[position]);
		const hasCard = maskColumns(columns, [reference]) !== columns;
		return [
			{
				...settings,
				...readPayout(item),
				id: 0,
				reference,
				claimed_at: now,
				position,
				...(!hasCard && { columns }),
			},
		];
	});
}

function readPayout(item: TableRow): Payout {
	const minor = item.amount_minor;
	return {
		payout_fingerprint: asText(item.payout_fingerprint),
		account_fingerprint: asText(item.account_fingerprint),
		recipient: asText(item.recipient),
		destination: asText(item.destination),
		account: `…${asText(item.account_ending)}`,
		amount: typeof minor === 'number' ? showMinor(minor, item.amount) : '',
		currency: asText(item.currency),
	};
}

/** In major units where the scale of the currency is certain. */
function showMinor(minor: number, amount: unknown): string {
	return typeof amount === 'number' ? toDecimalText(BigInt(minor)) : `${minor} in minor units`;
}

/** What a person does about a payout whose first response was lost, when the second request was refused. */
const STILL_UNCLEAR =
	'The first request may have been accepted. Do not change the row or its reference, and send it again later.';

/**
 * Makes an event of the outcome of each payout that was sent; without one, it may have been paid.
 *
 * @param claims those of the run
 * @param sent the references that were sent; true where a first request may have arrived, so that a
 * refusal says nothing of that
 * @param items what Init Payout has put out for them, in both of its branches
 * @param now as an ISO 8601 timestamp in UTC
 */
export function toOutcomeEvents(
	claims: readonly Claim[],
	sent: ReadonlyMap<string, boolean>,
	items: readonly TableRow[],
	now: string,
): LedgerEvent[] {
	const outcomes = new Map(items.map((item) => [referenceOf(item), item]));
	return claims.flatMap((claim): LedgerEvent[] => {
		const { reference, run, requested_by: by } = claim;
		const isAgain = sent.get(reference);
		if (isAgain === undefined) return [];
		const ordered = toOrdered(claim, outcomes.get(reference) ?? {}, isAgain, now);
		return [{ reference, event: 'outcome', by, run, entry: { ordered } }];
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
	const isSent = outcome === 'submitted' || outcome === 'already_submitted';
	const advice = asText(error.advice) || OUTCOMES[outcome].nextStep;
	return {
		...pickPayout(claim),
		outcome: isRefusedAgain ? 'unknown' : outcome,
		outcome_at: now,
		ordered_at: claim.claimed_at,
		message: isSent ? '' : asText(error.message),
		next_step: isSent ? asText(item.next_action) : isRefusedAgain ? STILL_UNCLEAR : advice,
		session_id: asText(item.session_id) || asText(error.session_id),
		payout_id: asText(item.payout_id),
	};
}

/** What an entry keeps of a claim. */
function pickPayout(claim: Claim): Payout & Origin & Pick<Claim, 'columns'> {
	return {
		payout_fingerprint: claim.payout_fingerprint,
		account_fingerprint: claim.account_fingerprint,
		recipient: claim.recipient,
		destination: claim.destination,
		account: claim.account,
		amount: claim.amount,
		currency: claim.currency,
		requested_by: claim.requested_by,
		decided_by: claim.decided_by,
		source: claim.source,
		...(claim.columns && { columns: claim.columns }),
	};
}
