import { asText } from '../../payout/json/jsonObject';
import { decideClaim, isStale, readClaimRow } from '../claims';
import type { Claim, Order, Verdict } from '../claims';
import { isSamePayout } from '../entry';
import type { Entry, Payout } from '../entry';
import { gatherEntries } from '../following/fold';
import { OUTCOMES, STATUSES } from '../states';
import type { TableRow } from '../tables';

/** What the tables held, in the order in which they are to be read. */
export interface Tables {
	claims: readonly TableRow[];
	/** Those that are not folded yet. */
	events: readonly TableRow[];
	/** Those of the claimed references. */
	payouts: readonly TableRow[];
}

/** A claim, and what is to be done with it. */
export interface Decision {
	claim: Claim;
	verdict: Verdict;
	/** Why it is not sent, and what is known of it; empty where it is sent. */
	message: string;
	/** What a person does about it. */
	next_step: string;
	entry: Entry;
	/** The ids of claims of runs that were stopped, which are settled when this one is. */
	settled: number[];
}

/** Whether a decision is to send. */
export function isSent({ verdict }: Decision): boolean {
	return verdict.startsWith('send');
}

/**
 * Decides for each claim of a run, in the order of its rows. Of two claims of one run on a reference,
 * the first counts.
 *
 * @param run the run, and which of its chunks
 * @param now as an ISO 8601 timestamp in UTC
 */
export function decideClaims(
	{ claims, events, payouts }: Tables,
	run: string,
	now: string,
): Decision[] {
	// One that was read twice counts once.
	const byId = new Map(
		claims.flatMap((row) => readClaimRow(row) ?? []).map((claim) => [claim.id, claim]),
	);
	const all = [...byId.values()];
	const known = gatherEntries(payouts, events);
	const byReference = new Map<string, Claim[]>();
	for (const claim of all) {
		byReference.set(claim.reference, [...(byReference.get(claim.reference) ?? []), claim]);
	}
	return all
		.filter((claim) => claim.run === run)
		.sort((one, other) => one.position - other.position)
		.map((claim): Decision => {
			const others = byReference.get(claim.reference) ?? [];
			const rivals = others.filter(({ id }) => id !== claim.id);
			const isLeft = (rival: Claim) => rival.run !== run && isStale(rival, now);
			const { entry } = known.get(claim.reference) ?? { entry: {} };
			const found = decideClaim(claim, rivals, isLeft, entry);
			const other = rivals.find((rival) => rival.id < claim.id && !isSamePayout(claim, rival));
			const verdict = found === 'other_run' && other ? 'other_payout' : found;
			const left = rivals.filter(isLeft);
			const settled = left.filter((rival) => isSettled(verdict, claim, rival)).map(({ id }) => id);
			return {
				claim,
				verdict,
				entry,
				settled,
				...explain(verdict, claim, entry, found === 'other_run' ? other : undefined),
			};
		});
}

/** What a stopped run was about to send is over when the same payout is sent, or has arrived. */
function isSettled(verdict: Verdict, own: Claim, rival: Claim): boolean {
	return (verdict.startsWith('send') || verdict === 'arrived') && isSamePayout(own, rival);
}

const NEW_REFERENCE = 'Give a new payout a new reference.';

/**
 * Why a payout is not sent, and what a person does about it; empty where it is sent.
 *
 * @param other the payout that its reference belongs to, where that is not the ledger's
 */
export function explain(
	verdict: Verdict,
	own: Payout,
	{ ordered, reported }: Entry,
	other: Payout | undefined = ordered,
) {
	const say = (message: string, nextStep: string) => ({ message, next_step: nextStep });
	switch (verdict) {
		case 'send':
		case 'send_again':
		case 'send_corrected':
			return say('', '');
		case 'arrived': {
			const state = reported
				? STATUSES[reported.status]
				: OUTCOMES[ordered?.outcome ?? 'submitted'];
			const said = reported?.next_step || state.nextStep;
			return say(`This payout ${state.text}. It was not sent again.`, said);
		}
		case 'other_payout':
			return other
				? say(`Nothing was paid for this row. ${describeDifference(own, other)}`, NEW_REFERENCE)
				: say(
						'Nothing was paid for this row. Smart Glocal reports a payout with this reference that the ledger does not know.',
						'Find out whose it is, and give a new payout a new reference.',
					);
		case 'other_run':
			return say(
				'This payout was not sent here: another run is sending it at this moment.',
				'Send the same row again after ten minutes, to see how it ended.',
			);
		case 'refused':
			return say(
				`Nothing was paid for this row. Since it was looked at, this reference was refused: ${ordered?.message ?? ''}`,
				'Look at it again, and send it if it is right.',
			);
		case 'waiting_for_approval':
		case 'declined': {
			const { text, nextStep } = OUTCOMES[verdict];
			const by = verdict === 'declined' && ordered?.decided_by ? ` by ${ordered.decided_by}` : '';
			return say(
				`Nothing was paid for this row. The payout with this reference ${text}${by}.`,
				nextStep,
			);
		}
	}
}

/** Says in what a payout differs from the one that its reference belongs to. */
function describeDifference(own: Payout, known: Payout): string {
	const names = ['recipient', 'amount', 'currency', 'destination'] as const;
	const different: string[] = names.filter((name) => own[name] !== known[name]);
	const hasPrints = own.account_fingerprint !== '' && known.account_fingerprint !== '';
	const isOtherAccount = hasPrints
		? own.account_fingerprint !== known.account_fingerprint
		: own.account !== known.account;
	if (isOtherAccount) different.push('account');
	const what = different.length > 0 ? different.join(' and ') : 'data';
	const money = `${known.currency} ${known.amount}`;
	return `Its reference belongs to another payout: ${money} to ${known.recipient}, account ${known.account}. This row has another ${what}.`;
}

/** By these columns, which Init Payout does not read, a row that was sent is known again. */
const SENT_REFERENCE = 'smart_glocal_reference';
const SENT_VERDICT = 'smart_glocal_claim';

/** The columns that a row gets before it is sent. */
export function markSent({ claim, verdict }: Decision): TableRow {
	return { [SENT_REFERENCE]: claim.reference, [SENT_VERDICT]: verdict };
}

/** Reads from the rows that were sent which references they have, and whether each was sent again. */
export function readSent(rows: readonly TableRow[]): Map<string, boolean> {
	return new Map(
		rows.map((row) => [asText(row[SENT_REFERENCE]), row[SENT_VERDICT] === 'send_again']),
	);
}

/** How one row ended, for pages, files and other systems. */
export interface RowOutcome {
	/** The position of the row among those that were checked, from 0. */
	position: number;
	reference: string;
	recipient: string;
	amount: string;
	currency: string;
	/** One of Init Payout's. */
	outcome: string;
	/** Why it was not sent, such as `arrived` or `stopped`, or a code of Smart Glocal; can be empty. */
	reason: string;
	message: string;
	next_step: string;
	session_id: string;
	payout_id: string;
	/** How far Smart Glocal is with it, where that is known. */
	status: string;
}

/** What another run is sending, may be paid by it. */
const LEFT_OUTCOMES: Partial<Record<Verdict, string>> = {
	arrived: 'already_submitted',
	other_run: 'unknown',
};

/** How a row ended that was not sent. */
export function toLeftOutcome(
	order: Pick<Order, 'position' | 'reference' | keyof Payout>,
	{ verdict, message, next_step, entry }: Omit<Decision, 'claim' | 'settled'>,
): RowOutcome {
	const { ordered, reported } = entry;
	const { position, reference, recipient, amount, currency } = order;
	return {
		position,
		reference,
		recipient,
		amount,
		currency,
		outcome: LEFT_OUTCOMES[verdict] ?? 'not_sent',
		reason: verdict,
		message,
		next_step,
		session_id: asText(reported?.session_id) || asText(ordered?.session_id),
		payout_id: asText(reported?.payout_id) || asText(ordered?.payout_id),
		status: reported?.status ?? '',
	};
}
