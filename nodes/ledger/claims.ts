import { asObject, asText, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { isSamePayout, readTime } from './entry';
import type { Entry, Payout } from './entry';
import { canHaveArrived, hasArrived } from './states';
import type { TableRow } from './tables';

/** Who ordered a payout, and from where. */
export interface Origin {
	requested_by: string;
	decided_by: string;
	/** The file or the workflow. */
	source: string;
}

/** What a run is about to send: written before it decides, removed when its outcome is written. */
export interface Claim extends Payout, Origin {
	/** Given out by the table, in order. */
	id: number;
	reference: string;
	/** The run, and which of its chunks. */
	run: string;
	/** As an ISO 8601 timestamp in UTC. */
	claimed_at: string;
	/** The position of the row among those of its chunk, from 0. */
	position: number;
	/** The row itself, to send it again; never one with a card. */
	columns?: JsonObject;
}

/** Writes a claim as a row of its table. */
export function toClaimRow(claim: Claim): TableRow {
	const { reference, run, claimed_at, recipient, amount, currency, ...details } = claim;
	const shown = { reference, run, claimed_at, recipient, amount, currency };
	return { ...shown, details: JSON.stringify({ ...details, id: undefined }) };
}

/** The row of a run that claims nothing: with it, its workflow goes on. */
export function toEmptyClaimRow(run: string, now: string): TableRow {
	return {
		reference: '',
		run,
		claimed_at: now,
		recipient: '',
		amount: '',
		currency: '',
		details: '',
	};
}

/** Reads a row of the table of claims; undefined for one that holds no claim. */
export function readClaimRow(row: TableRow): Claim | undefined {
	const details = asObject(parseJson(asText(row.details)));
	const id = Number(row.id);
	if (!(id > 0) || asText(row.reference) === '' || !('payout_fingerprint' in details)) {
		return undefined;
	}
	return {
		...(details as Partial<Claim>),
		id,
		reference: asText(row.reference),
		run: asText(row.run),
		claimed_at: readTime(row.claimed_at),
		recipient: asText(row.recipient),
		amount: asText(row.amount),
		currency: asText(row.currency),
	} as Claim;
}

/** A run that has not written its outcomes for so long was stopped: a chunk takes seconds. */
const STALE_MS = 10 * 60_000;

/** Whether a claim is so old that its run must have been stopped; `now` as an ISO 8601 timestamp. */
export function isStale({ claimed_at }: Claim, now: string): boolean {
	return Date.parse(now) - Date.parse(claimed_at) > STALE_MS;
}

/** On whose word a payout is sent, or a request is decided. */
export type Word =
	/** A person's or a system's. */
	| 'ordered'
	/** A second person's, about a request that waits. */
	| 'approval'
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
 * run moves from one table to the next. `test/model/` explores what can happen.
 *
 * @param rivals the claims of other runs with this reference
 * @param isLeft whether a rival is so old that its run must have been stopped
 * @param entry what the ledger and the events know of the reference
 * @param orderedAt when whoever ordered it looked at the ledger; empty for now
 */
export function decideClaim(
	own: Pick<Claim, 'id' | keyof Payout>,
	rivals: readonly Claim[],
	isLeft: (rival: Claim) => boolean,
	{ ordered, reported }: Entry,
	word: Word,
	orderedAt = '',
): Verdict {
	const canTakeOver = (rival: Claim) => isLeft(rival) && isSamePayout(own, rival);
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
		return reported || hasArrived(outcome) ? 'arrived' : 'send_again';
	}
	if (outcome === 'declined') return 'declined';
	if (outcome === 'waiting_for_approval') {
		return word === 'approval' && isSame ? 'send' : 'waiting_for_approval';
	}
	if (outcome === 'approved') {
		if (!isSame) return 'other_payout';
		return word === 'catch_up' || takesOver ? 'send_again' : 'send';
	}
	const isNews = orderedAt !== '' && ordered.outcome_at > orderedAt;
	if (word !== 'ordered' || isNews) return 'refused';
	return takesOver ? 'send_again' : 'send_corrected';
}
