import { maskColumns } from '../payout/cards/mask';
import { asObject, asText, isObject, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { isSamePayout, pickTexts, readTime } from './entry';
import type { Entry, Origin, Payout } from './entry';
import { canHaveArrived, hasArrived } from './states';
import type { TableRow, Timestamp } from './tables';

/** A row that was found right, and is to be sent on somebody's word. */
export interface Order extends Payout, Origin {
	reference: string;
	/** The position of the row among those that were checked, from 0. */
	position: number;
	word: Word;
	/** When whoever ordered it looked at the ledger; empty for now. */
	looked_at: Timestamp | '';
	/** What was known of it then, as a row of the ledger; empty for nothing, undefined if nobody looked. */
	known?: TableRow | undefined;
	/** The row itself. */
	columns: JsonObject;
}

/** What a run is about to send: written before it decides, removed when its outcome is written. */
export interface Claim extends Omit<Order, 'columns'> {
	/** Given out by the table, in order. */
	id: number;
	/** The run, and which of its chunks. */
	run: string;
	claimed_at: Timestamp;
	/** To send the row again; never one with a card. */
	columns?: JsonObject;
}

/** Makes claims of orders, as Compare with Ledger puts them out; other items are left out. */
export function toClaims(items: readonly TableRow[], run: string, now: Timestamp): Claim[] {
	return items.filter(isOrder).map((item) => {
		const { columns, ...order } = item;
		const claim = { ...order, known: undefined, id: 0, run, claimed_at: now };
		return { ...claim, ...(!hasCard(item) && { columns }) };
	});
}

/** Whether an order has the number of a card, which no table holds. */
export function hasCard({ columns, reference }: Pick<Order, 'columns' | 'reference'>): boolean {
	return maskColumns(columns, [reference]) !== columns;
}

/** What a person has seen is so long completed by news; after that, the references are looked up again. */
const FRESH_MS = 10 * 60_000;

/** Longer than it takes to look up a file, and than clocks differ. */
const OVERLAP_MS = 5 * 60_000;

/** Since when events complete what is known of all items; undefined where they must be looked up again. */
export function findNewsStart(items: readonly TableRow[], now: Timestamp): Timestamp | undefined {
	const times = items.map((item) => (isOrder(item) && item.known ? Date.parse(item.looked_at) : 0));
	const oldest = Math.min(...times);
	const isFresh = items.length > 0 && Date.parse(now) - oldest < FRESH_MS;
	return isFresh ? new Date(oldest - OVERLAP_MS).toISOString() : undefined;
}

/** Whether an item is an order. */
export function isOrder(item: TableRow): item is TableRow & Order {
	return asText(item.reference) !== '' && 'payout_fingerprint' in item && isObject(item.columns);
}

/** Writes a claim as a row of its table. */
export function toClaimRow(claim: Claim): TableRow {
	const { reference, run, claimed_at, recipient, amount, currency, ...details } = claim;
	const shown = { reference, run, claimed_at, recipient, amount, currency };
	return { ...shown, details: JSON.stringify({ ...details, id: undefined }) };
}

const NOTHING_CLAIMED = { reference: '', recipient: '', amount: '', currency: '', details: '' };

/** The row of a run that claims nothing: with it, its workflow goes on. */
export function toEmptyClaimRow(run: string, now: Timestamp): TableRow {
	return { ...NOTHING_CLAIMED, run, claimed_at: now };
}

/** Reads a row of the table of claims; undefined for one that holds no claim. */
export function readClaimRow(row: TableRow): Claim | undefined {
	const details = asObject(parseJson(asText(row.details)));
	const id = Number(row.id);
	if (!(id > 0) || asText(row.reference) === '' || !('payout_fingerprint' in details)) {
		return undefined;
	}
	return {
		...details,
		...pickTexts(row, ['reference', 'run', 'recipient', 'amount', 'currency']),
		id,
		claimed_at: readTime(row.claimed_at),
	} as Claim;
}

/** A run that has not written its outcomes for so long was stopped: a chunk takes seconds. */
const STALE_MS = 10 * 60_000;

/** Whether a claim is so old that its run must have been stopped. */
export function isStale({ claimed_at }: Pick<Claim, 'claimed_at'>, now: Timestamp): boolean {
	return Date.parse(now) - Date.parse(claimed_at) > STALE_MS;
}

/** How the run of a fold begins, whose row among the claims has no reference. */
const FOLD = 'fold/';

/** Whether it is the turn of a fold: of all claims, read after its own, its row was the first of a fold. */
export function hasTurn(claims: readonly TableRow[], run: string, now: Timestamp): boolean {
	const [first] = claims
		.map(({ id, run: of, claimed_at: at }) => ({ id, run: asText(of), claimed_at: readTime(at) }))
		.filter((fold) => fold.run.startsWith(FOLD) && !isStale(fold, now))
		.sort((one, other) => Number(one.id) - Number(other.id));
	return first?.run === run;
}

/** On whose word a payout is sent, or a request is decided. */
export type Word =
	/** A person's or a system's. */
	| 'ordered'
	/** A second person's, about a request that waits. */
	| 'approval'
	/** A second person's, who has declined a request: nothing is sent, only told how it stands. */
	| 'decline'
	/** Nobody's: an earlier run may have been stopped. */
	| 'catch_up';

/** Why a claimed payout is sent, or not; the first three are sent. */
export type Verdict =
	| 'send'
	/** After a refusal that was known to whoever ordered it. */
	| 'send_corrected'
	/** The first request may have arrived, so that a refusal of this one would say nothing. */
	| 'send_again'
	/** Smart Glocal has it. */
	| 'arrived'
	/** The reference belongs to another payout. */
	| 'other_payout'
	| 'other_run'
	| 'waiting_for_approval'
	| 'declined'
	/** And nobody has ordered it since. */
	| 'refused';

/**
 * Decides once whether a claimed payout is sent. All claims must have been read after its own was
 * written, new events after the claims, and the ledger last: then nothing is overlooked that another
 * run moves from one table to the next. `test/model/` explores what can happen. Rivals are the claims of
 * other runs with its reference; one is left where its run must have been stopped.
 */
export function decideClaim(
	own: Pick<Claim, 'id' | 'word' | 'looked_at' | keyof Payout>,
	rivals: readonly Claim[],
	isLeft: (rival: Claim) => boolean,
	{ ordered, reported }: Entry,
): Verdict {
	const { word, looked_at: lookedAt } = own;
	const canTakeOver = (rival: Claim) =>
		word !== 'decline' && isLeft(rival) && isSamePayout(own, rival);
	// Of two claims, only one is the lower.
	if (rivals.some((rival) => rival.id < own.id && !canTakeOver(rival))) return 'other_run';
	const takesOver = rivals.some(canTakeOver);
	if (!ordered) {
		if (reported) return 'other_payout';
		if (takesOver) return 'send_again';
		return word === 'ordered' ? 'send' : 'refused';
	}
	const { outcome } = ordered;
	const isSame = isSamePayout(own, ordered);
	if (reported || canHaveArrived(outcome)) {
		if (!isSame) return 'other_payout';
		return word === 'decline' || reported || hasArrived(outcome) ? 'arrived' : 'send_again';
	}
	if (outcome === 'waiting_for_approval') return 'waiting_for_approval';
	// A run that was stopped may have sent it before.
	if (outcome === 'declined') return takesOver ? 'other_run' : 'declined';
	if (word === 'decline') return 'refused';
	if (outcome === 'approved') {
		if (!isSame) return 'other_payout';
		return word === 'catch_up' || takesOver ? 'send_again' : 'send';
	}
	const isNews = lookedAt !== '' && ordered.outcome_at > lookedAt;
	if (word !== 'ordered' || isNews) return 'refused';
	return takesOver ? 'send_again' : 'send_corrected';
}
