import { asObject, asText, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { hasArrived, OUTCOMES, STATUSES } from './states';
import type { Outcome, Status } from './states';
import type { TableRow } from './tables';

/** What makes two payouts under one reference the same. */
export interface Payout {
	/** HMAC of reference, recipient, account, amount, currency and destination; empty in old ledgers. */
	payout_fingerprint: string;
	account_fingerprint: string;
	recipient: string;
	destination: string;
	/** The last four characters, behind `…`. */
	account: string;
	/** In major units, with a point before the cents. */
	amount: string;
	currency: string;
}

/** A payout as it was ordered, and its outcome. Times are ISO 8601 in UTC. */
export interface Ordered extends Payout {
	outcome: Outcome;
	outcome_at: string;
	ordered_at: string;
	message: string;
	next_step: string;
	session_id: string;
	payout_id: string;
	requested_by: string;
	decided_by: string;
	source: string;
	/** The row itself, to send it again; never one with a card. */
	columns?: JsonObject | undefined;
	/** Of a request that waits. */
	approval_code?: string;
	decide_until?: string;
}

/** What Smart Glocal has said of a payout since. */
export interface Reported {
	status: Status;
	/** That of the status, or more for each part that came back. */
	rank: number;
	status_at: string;
	message: string;
	next_step: string;
	session_id: string;
	payout_id: string;
}

/** What is known of one reference: the request that counts, and the news that is furthest. */
export interface Entry {
	ordered?: Ordered;
	reported?: Reported;
}

/** Whether two payouts are the same; where one has no fingerprint, by what people see of them. */
export function isSamePayout(one: Payout, other: Payout): boolean {
	if (one.payout_fingerprint !== '' && other.payout_fingerprint !== '') {
		return one.payout_fingerprint === other.payout_fingerprint;
	}
	const names = ['recipient', 'account', 'amount', 'currency'] as const;
	return names.every((name) => one[name] === other[name]);
}

/**
 * Makes one of what two sources know of one reference. Neither the order of sources nor how often each
 * comes makes a difference, so a webhook may come late, twice, or before the outcome.
 */
export function joinEntries(one: Entry, other: Entry): Entry {
	const ordered = chooseLast(one.ordered, other.ordered, ({ outcome, outcome_at }) => [
		OUTCOMES[outcome].rank,
		outcome_at,
	]);
	const reported = chooseLast(one.reported, other.reported, ({ rank, status_at }) => [
		rank,
		status_at,
	]);
	return { ...(ordered && { ordered }), ...(reported && { reported }) };
}

function chooseLast<Part>(
	one: Part | undefined,
	other: Part | undefined,
	toOrder: (part: Part) => [rank: number, at: string],
): Part | undefined {
	if (one === undefined || other === undefined) return one ?? other;
	const [rank, at] = toOrder(one);
	const [otherRank, otherAt] = toOrder(other);
	if (rank !== otherRank) return rank > otherRank ? one : other;
	if (at !== otherAt) return at > otherAt ? one : other;
	return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
}

/** Reads a row of the ledger; empty for an empty one. */
export function readLedgerRow(row: TableRow): Entry {
	const text = (name: string) => asText(row[name]);
	const outcome = text('outcome');
	if (!Object.hasOwn(OUTCOMES, outcome)) return {};
	const inner = asObject(parseJson(text('row')));
	// Ledgers of older workflows have the columns alone.
	const columns = 'columns' in inner || 'payout_fingerprint' in inner ? inner.columns : inner;
	const common = { session_id: text('session_id'), payout_id: text('payout_id') };
	const said = { message: text('message'), next_step: text('next_step') };
	const status = text('status');
	const hasNews = Object.hasOwn(STATUSES, status);
	const ordered: Ordered = {
		...common,
		...(hasNews ? { message: '', next_step: '' } : said),
		// Older workflows wrote it before they sent, and were stopped.
		outcome: outcome === 'sending' ? 'unknown' : (outcome as Outcome),
		outcome_at: readTime(row.outcome_at),
		ordered_at: readTime(row.ordered_at),
		payout_fingerprint: asText(inner.payout_fingerprint),
		account_fingerprint: asText(inner.account_fingerprint),
		recipient: text('recipient'),
		destination: text('destination'),
		account: text('account'),
		amount: text('amount'),
		currency: text('currency'),
		requested_by: text('requested_by'),
		decided_by: text('decided_by'),
		source: text('source'),
		...(Object.keys(asObject(columns)).length > 0 && { columns: asObject(columns) }),
		...(text('approval_code') !== '' && { approval_code: text('approval_code') }),
		...(row.decide_until ? { decide_until: readTime(row.decide_until) } : {}),
	};
	if (!hasNews) return { ordered };
	const rank = Number(row.status_rank) || STATUSES[status as Status].rank;
	const status_at = readTime(row.status_at);
	return { ordered, reported: { ...common, ...said, status: status as Status, rank, status_at } };
}

/** A time as an ISO 8601 timestamp in UTC, whichever way a table gives it; empty for none. */
export function readTime(value: unknown): string {
	const time = new Date(value instanceof Date || typeof value === 'number' ? value : asText(value));
	return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** Writes the ledger's row of a reference, with all columns but for those that it never had. */
export function toLedgerRow(reference: string, { ordered, reported }: Entry): TableRow {
	const { columns, payout_fingerprint, account_fingerprint, ...known } = ordered ?? NOT_ORDERED;
	const { outcome, session_id, payout_id, message, next_step } = known;
	const isSubmitted = outcome === 'submitted';
	const isFinal = reported
		? reported.rank >= STATUSES.failed.rank
		: OUTCOMES[outcome].turn === 'nobody';
	const inner = {
		payout_fingerprint,
		account_fingerprint,
		...(!isFinal && columns && { columns }),
	};
	return {
		...known,
		reference,
		// A column for times takes no empty text (n8n 2.41).
		ordered_at: known.ordered_at || null,
		outcome_at: known.outcome_at || null,
		// What Smart Glocal reports, it has accepted.
		outcome: reported && !hasArrived(outcome) ? 'submitted' : outcome,
		message: reported?.message ?? message,
		next_step: reported?.next_step ?? next_step,
		session_id: reported?.session_id || session_id,
		payout_id: reported?.payout_id || payout_id,
		status: reported?.status ?? (isSubmitted ? 'in_progress' : ''),
		status_rank: reported?.rank ?? (isSubmitted ? STATUSES.in_progress.rank : 0),
		status_at: (reported?.status_at ?? (isSubmitted ? known.outcome_at : '')) || null,
		final: isFinal,
		row: JSON.stringify(inner),
	};
}

/** Of what nobody has ordered here. */
const NOT_ORDERED: Ordered = {
	outcome: 'submitted',
	outcome_at: '',
	ordered_at: '',
	message: '',
	next_step: '',
	session_id: '',
	payout_id: '',
	requested_by: '',
	decided_by: '',
	source: '',
	payout_fingerprint: '',
	account_fingerprint: '',
	recipient: '',
	destination: '',
	account: '',
	amount: '',
	currency: '',
};
