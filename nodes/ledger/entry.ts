import { asObject, asText, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { hasArrived, OUTCOMES, STATUSES } from './states';
import type { Outcome, Status } from './states';
import type { TableRow, Timestamp } from './tables';

/** What makes two payouts under one reference the same. */
export const PAYOUT_TEXTS = [
	// HMAC of reference, recipient, account, amount, currency and destination; empty in old ledgers.
	'payout_fingerprint',
	'account_fingerprint',
	'recipient',
	'destination',
	// The last four characters, behind `…`.
	'account',
	// In major units, with a point before the cents.
	'amount',
	'currency',
] as const;

/** Who ordered a payout, and from where: the file or the workflow. */
const ORIGIN_TEXTS = ['requested_by', 'decided_by', 'source'] as const;

/** What is said of a payout, and what Smart Glocal knows it by. */
const NEWS_TEXTS = ['message', 'next_step', 'session_id', 'payout_id'] as const;

type Texts<Names extends readonly string[]> = Record<Names[number], string>;

export type Payout = Texts<typeof PAYOUT_TEXTS>;

/** Of a request that was decided, with its code: its link goes on saying how it stands. */
export type Origin = Texts<typeof ORIGIN_TEXTS> & { approval_code?: string };

type News = Texts<typeof NEWS_TEXTS>;

/** A payout as it was ordered, and its outcome. */
export interface Ordered extends Payout, Origin, News {
	outcome: Outcome;
	outcome_at: Timestamp;
	ordered_at: Timestamp;
	/** The row itself, to send it again; never one with a card. */
	columns?: JsonObject | undefined;
	/** Of a request that waits. */
	decide_until?: Timestamp;
}

/** What Smart Glocal has said of a payout since. */
export interface Reported extends News {
	status: Status;
	/** That of the status, or more for each part that came back. */
	rank: number;
	status_at: Timestamp;
}

/** What is known of one reference: the request that counts, and the news that is furthest. */
export interface Entry {
	ordered?: Ordered | undefined;
	reported?: Reported | undefined;
}

/** Of a reference that was ordered here. */
export interface OrderedEntry extends Entry {
	ordered: Ordered;
}

/** The texts of these names; empty where there are none. */
export function pickTexts<Name extends string>(row: TableRow, names: readonly Name[]) {
	return Object.fromEntries(names.map((name) => [name, asText(row[name])])) as Record<Name, string>;
}

/** What an entry and an order have in common. */
export function pickPayout(order: Payout & Origin & Pick<Ordered, 'columns'>) {
	const { approval_code, columns } = order;
	return {
		...pickTexts({ ...order }, [...PAYOUT_TEXTS, ...ORIGIN_TEXTS]),
		...(approval_code !== undefined && { approval_code }),
		...(columns && { columns }),
	};
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
	const { outcome, status, approval_code } = pickTexts(row, ['outcome', 'status', 'approval_code']);
	if (!Object.hasOwn(OUTCOMES, outcome)) return {};
	const inner = asObject(parseJson(asText(row.row)));
	const { payout_fingerprint, account_fingerprint } = inner;
	// Ledgers of older workflows have the columns alone.
	const columns = asObject(
		'columns' in inner || 'payout_fingerprint' in inner ? inner.columns : inner,
	);
	const news = pickTexts(row, NEWS_TEXTS);
	const hasNews = Object.hasOwn(STATUSES, status);
	const ordered: Ordered = {
		...pickTexts({ ...row, payout_fingerprint, account_fingerprint }, PAYOUT_TEXTS),
		...pickTexts(row, ORIGIN_TEXTS),
		...news,
		...(hasNews && { message: '', next_step: '' }),
		// Older workflows wrote it before they sent, and were stopped.
		outcome: outcome === 'sending' ? 'unknown' : (outcome as Outcome),
		outcome_at: readTime(row.outcome_at),
		ordered_at: readTime(row.ordered_at),
		...(Object.keys(columns).length > 0 && { columns }),
		...(approval_code !== '' && { approval_code }),
		...(row.decide_until ? { decide_until: readTime(row.decide_until) } : {}),
	};
	if (!hasNews) return { ordered };
	const rank = Number(row.status_rank) || STATUSES[status as Status].rank;
	const status_at = readTime(row.status_at);
	return { ordered, reported: { ...news, status: status as Status, rank, status_at } };
}

/** A time, whichever way a table gives it; empty for none. */
export function readTime(value: unknown): Timestamp | '' {
	const time = new Date(value instanceof Date || typeof value === 'number' ? value : asText(value));
	return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** How far a payout is, and what Smart Glocal knows it by: its news count more than its order. */
export function viewEntry({ ordered, reported }: Entry) {
	const state = reported ? STATUSES[reported.status] : OUTCOMES[ordered?.outcome ?? 'submitted'];
	return {
		text: state.text,
		nextStep: state.nextStep,
		isFinal: reported ? reported.rank >= STATUSES.failed.rank : state.turn === 'nobody',
		session_id: reported?.session_id || (ordered?.session_id ?? ''),
		payout_id: reported?.payout_id || (ordered?.payout_id ?? ''),
	};
}

/** Writes the ledger's row of a reference, with all columns but for those that it never had. */
export function toLedgerRow(reference: string, { ordered, reported }: OrderedEntry): TableRow {
	const { columns, payout_fingerprint, account_fingerprint, ...known } = ordered;
	const { isFinal, session_id, payout_id } = viewEntry({ ordered, reported });
	const isSubmitted = known.outcome === 'submitted';
	const { message, next_step } = reported ?? known;
	return {
		...known,
		reference,
		// A column for times takes no empty text (n8n 2.41).
		ordered_at: known.ordered_at || null,
		outcome_at: known.outcome_at || null,
		// What Smart Glocal reports, it has accepted.
		outcome: reported && !hasArrived(known.outcome) ? 'submitted' : known.outcome,
		message,
		next_step,
		session_id,
		payout_id,
		status: reported?.status ?? (isSubmitted ? 'in_progress' : ''),
		status_rank: reported?.rank ?? (isSubmitted ? STATUSES.in_progress.rank : 0),
		status_at: (reported?.status_at ?? (isSubmitted ? known.outcome_at : '')) || null,
		final: isFinal,
		row: JSON.stringify({
			payout_fingerprint,
			account_fingerprint,
			...(!isFinal && columns && { columns }),
		}),
	};
}
