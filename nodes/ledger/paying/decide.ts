import { asText } from '../../payout/json/jsonObject';
import { decideClaim, isStale, readClaimRow } from '../claims';
import type { Claim, Order, Verdict } from '../claims';
import { isSamePayout, pickTexts, viewEntry } from '../entry';
import type { Entry, Payout } from '../entry';
import { gatherEntries } from '../following/fold';
import { OUTCOMES } from '../states';
import type { TableRow, Timestamp } from '../tables';

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
export function isSent({ verdict }: Pick<Decision, 'verdict'>): boolean {
	return verdict.startsWith('send');
}

/**
 * Decides for each claim of a run, in the order of its rows. Of two claims of one run on a reference,
 * the first counts.
 */
export function decideClaims(
	{ claims, events, payouts }: Tables,
	run: string,
	now: Timestamp,
): Decision[] {
	const read = claims.flatMap((row) => readClaimRow(row) ?? []);
	// One that was read twice counts once.
	const all = [...new Map(read.map((claim) => [claim.id, claim])).values()];
	const known = gatherEntries(payouts, events);
	return all
		.filter((claim) => claim.run === run)
		.sort((one, other) => one.position - other.position)
		.map((claim): Decision => {
			const { reference } = claim;
			const rivals = all.filter((one) => one.reference === reference && one.id !== claim.id);
			const isLeft = (rival: Claim) => rival.run !== run && isStale(rival, now);
			const { entry } = known.get(reference) ?? { entry: {} };
			const found = decideClaim(claim, rivals, isLeft, entry);
			const isOther = (rival: Claim) => rival.id < claim.id && !isSamePayout(claim, rival);
			const other = found === 'other_run' ? rivals.find(isOther) : undefined;
			const verdict = other ? 'other_payout' : found;
			// What a stopped run was about to send is over when the same payout is sent, or has arrived.
			const isSettled = (rival: Claim) => isLeft(rival) && isSamePayout(claim, rival);
			const settles = isSent({ verdict }) || verdict === 'arrived';
			const settled = settles ? rivals.filter(isSettled).map(({ id }) => id) : [];
			return { claim, verdict, entry, settled, ...explain(verdict, claim, entry, other) };
		});
}

const NEW_REFERENCE = 'Give a new payout a new reference.';

/** Why a payout is not sent, and what a person does about it; empty where it is sent. */
export function explain(
	verdict: Verdict,
	own: Payout,
	entry: Entry,
	/** The payout that its reference belongs to, where that is not the ledger's. */
	other: Payout | undefined = entry.ordered,
): Pick<Decision, 'message' | 'next_step'> {
	const say = (message: string, next_step: string) => ({ message, next_step });
	switch (verdict) {
		case 'send':
		case 'send_again':
		case 'send_corrected':
			return say('', '');
		case 'arrived': {
			const { text, nextStep } = viewEntry(entry);
			return say(
				`This payout ${text}. It was not sent again.`,
				entry.reported?.next_step || nextStep,
			);
		}
		case 'other_payout':
			return other
				? say(`Nothing was paid. ${describeDifference(own, other)}`, NEW_REFERENCE)
				: say(
						'Nothing was paid. Smart Glocal reports a payout with this reference that the ledger does not know.',
						`Find out whose it is. ${NEW_REFERENCE}`,
					);
		case 'other_run':
			return say(
				'This payout was not sent here: another run is sending it at this moment.',
				'Send the same again after ten minutes, to see how it ended.',
			);
		case 'refused':
			return say(
				`Nothing was paid. Since it was looked at, this reference was refused: ${entry.ordered?.message ?? ''}`,
				'Look at it again, and send it if it is right.',
			);
		case 'waiting_for_approval':
		case 'declined': {
			const { text, nextStep } = OUTCOMES[verdict];
			const { decided_by: person } = entry.ordered ?? {};
			const by = verdict === 'declined' && person ? ` by ${person}` : '';
			return say(`Nothing was paid. The payout with this reference ${text}${by}.`, nextStep);
		}
	}
}

/** Says in what a payout differs from the one that its reference belongs to. */
function describeDifference(own: Payout, known: Payout): string {
	const names = ['recipient', 'amount', 'currency', 'destination'] as const;
	const different: string[] = names.filter((name) => own[name] !== known[name]);
	const hasPrints = own.account_fingerprint !== '' && known.account_fingerprint !== '';
	const name = hasPrints ? 'account_fingerprint' : 'account';
	if (own[name] !== known[name]) different.push('account');
	const what = different.join(' and ') || 'data';
	const { currency, amount, recipient, account } = known;
	return `The reference belongs to another payout: ${currency} ${amount} to ${recipient}, account ${account}. This one has another ${what}.`;
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

const OUTCOME_TEXTS = [
	'reference',
	'recipient',
	'amount',
	'currency',
	// One of Init Payout's.
	'outcome',
	// Why it was not sent, such as `arrived` or `stopped`, or a code of Smart Glocal; can be empty.
	'reason',
	'message',
	'next_step',
	'session_id',
	'payout_id',
	// How far Smart Glocal is with it, where that is known.
	'status',
] as const;

/** How one row ended, for pages, files and other systems. */
export interface RowOutcome extends Record<(typeof OUTCOME_TEXTS)[number], string> {
	/** The position of the row among those that were checked, from 0. */
	position: number;
}

/** Makes an outcome of what is known of it. */
export function toRowOutcome(position: number, known: TableRow): RowOutcome {
	return { ...pickTexts(known, OUTCOME_TEXTS), position };
}

/** What another run is sending, may be paid by it. */
const LEFT_OUTCOMES: Partial<Record<Verdict, string>> = {
	arrived: 'already_submitted',
	other_run: 'unknown',
};

/** How a row ended that was not sent. */
export function toLeftOutcome(
	order: Omit<Order, 'word' | 'columns'>,
	{ verdict, message, next_step, entry }: Omit<Decision, 'claim' | 'settled'>,
): RowOutcome {
	const why = {
		outcome: LEFT_OUTCOMES[verdict] ?? 'not_sent',
		reason: verdict,
		message,
		next_step,
	};
	const { status } = entry.reported ?? {};
	return toRowOutcome(order.position, { ...order, ...viewEntry(entry), ...why, status });
}
