import { askToDecide, describeEntry, findDoubt } from './followPayout.mts';
import { findReasonToHold, readChange, toStatusRow, toTasks } from './followPayout.mts';
import type { Entry } from './followPayout.mts';
import type { Item } from './ledgerRow.mts';
import { showAmount } from './text.mts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a payout that waits for its confirmation is left alone before a person is told. */
const WAITING_MS = 180 * MINUTE_MS;

/** How long what is being sent is left alone: the run that sends it may still be working. */
const SENDING_MS = 10 * MINUTE_MS;

/** How long a confirmation is left to the workflow that received the webhook. */
const CONFIRMING_MS = 5 * MINUTE_MS;

/** Milliseconds since a time of the ledger; none for an empty one. */
function age(time: unknown, now: string): number {
	return time ? Date.parse(now) - Date.parse(String(time)) : 0;
}

/** Since when nothing more is known of a payout. */
function lastNews({ status_at: status, outcome_at: outcome, ordered_at: ordered }: Entry): string {
	return (
		[status, outcome, ordered]
			.map((time) => String(time ?? ''))
			.sort()
			.at(-1) ?? ''
	);
}

function wasPossiblySent({ outcome }: Entry): boolean {
	return ['sending', 'unknown', 'already_submitted', 'submitted'].includes(String(outcome));
}

/** The rows that can be looked up. */
export function listToLookUp(open: readonly Item[]): Item[] {
	return open.filter(({ json }) => json.session_id && wasPossiblySent(json));
}

/** Whether a payout got no clear answer, and nobody is sending it now. */
function isUnclear(row: Entry, now: string): boolean {
	const isLeft = ['sending', 'unknown'].includes(String(row.outcome)) && !row.session_id;
	return isLeft && age(lastNews(row), now) > SENDING_MS;
}

/** The rows that are sent again, from the ledger's copy. */
export function listToSend(open: readonly Item[], now: string): Item[] {
	const unclear = open.filter(({ json }) => isUnclear(json, now) && json.row);
	return unclear.map(({ json }) => ({
		json: { entry: json, row: JSON.parse(String(json.row)) as Entry },
	}));
}

/**
 * Those that would be sent as the ledger says: with the same reference, amount and currency.
 *
 * @param listed by `listToSend`
 * @param checked the node's item for each, from a dry run
 * @param isSame whether those are wanted, or the others
 */
export function selectSame(
	listed: readonly Item[],
	checked: readonly Item[],
	isSame: boolean,
): Item[] {
	return listed.filter(({ json }, index) => {
		const { error, reference, currency, ...money } = checked[index]?.json ?? { error: true };
		const entry = json.entry as Entry;
		const isEqual =
			!error &&
			reference === entry.reference &&
			currency === entry.currency &&
			showAmount(money) === entry.amount;
		return isEqual === isSame;
	});
}

/**
 * What is to be written after a lookup: a row for each payout that has gone on. Never empty, so that
 * the loop goes on; the row that is there in any case changes nothing.
 *
 * @param rows of the ledger, which were looked up
 * @param answers the items of Get Status
 */
export function toLookedUpRows(
	rows: readonly Item[],
	answers: readonly Item[],
	now: string,
): Item[] {
	const changed = matchAnswers(rows, answers).flatMap(({ row, change, reason }) =>
		change.rank > Number(row.status_rank) ? [{ json: toStatusRow(change, reason, now) }] : [],
	);
	const [{ json: { reference, session_id } } = { json: {} as Entry }] = rows;
	return changed.length > 0 ? changed : [{ json: { reference, session_id, status_rank: -1 } }];
}

/**
 * What is to be done after a lookup: what `toTasks` says of the rows that have changed, and what still
 * waits for its confirmation although its webhook came a while ago.
 *
 * @param changed the ledger's rows that have changed
 */
export function listTasks(
	rows: readonly Item[],
	answers: readonly Item[],
	changed: readonly Item[],
	now: string,
): Item[] {
	const stillWaiting = matchAnswers(rows, answers).filter(({ row, change, reason }) => {
		const isReady = row.status_rank === 20 || row.status_rank === 22;
		const isWaiting = isReady && change.status === 'ready_to_confirm' && reason === '';
		return isWaiting && age(row.status_at, now) > CONFIRMING_MS;
	});
	const tasks = stillWaiting.map(({ row }) => {
		const waiting = { ...row, status: 'ready_to_confirm', message: '', next_step: '' };
		return { json: waiting };
	});
	return [...toTasks(changed.filter(({ json }) => json.reference)), ...toTasks(tasks)];
}

/** The payout of each row among the answers, where it is certain which one it is. */
function matchAnswers(rows: readonly Item[], answers: readonly Item[]) {
	return rows.flatMap(({ json: row }) => {
		const found = answers
			.filter(({ json }) => !json.error && json.session_id === row.session_id)
			.map(({ json }) => readChange(json));
		const change = found.find(({ reference }) => reference === row.reference);
		if (!change || findDoubt(change, row) !== '') return [];
		return [{ row, change, reason: findReasonToHold(change, row, found.length) }];
	});
}

/**
 * What a person is told, once: the next step is written into the row, and only where another one was
 * there, somebody is told.
 *
 * @param open the ledger's rows that are not final
 */
export function toReports(open: readonly Item[], now: string): Item[] {
	return open.flatMap(({ json: row }) => {
		const nextStep = findReport(row, now);
		if (nextStep === '') return [];
		return [{ json: toReport(row, nextStep) }];
	});
}

/** @param nextStep what a person is to do */
export function toReport({ reference, status_rank }: Entry, nextStep: string): Entry {
	return { reference, status_rank, next_step: nextStep };
}

function findReport(row: Entry, now: string): string {
	const rank = Number(row.status_rank);
	if (!wasPossiblySent(row) || rank === 25) return '';
	if (rank === 20 && age(row.status_at, now) > WAITING_MS) {
		return `It has waited for more than 180 minutes. ${askToDecide(row.session_id)}`;
	}
	if (isUnclear(row, now) && !row.row) {
		return 'It got no clear answer, and the ledger has no copy of it. Upload the same row again, with the same reference.';
	}
	if (age(rank > 0 ? lastNews(row) : row.ordered_at, now) < DAY_MS) return '';
	return row.session_id
		? 'It has not ended for more than a day. Ask Smart Glocal’s support, and do not pay it again before.'
		: 'Its session is not known, so it cannot be looked up. Look for its reference in Smart Glocal’s dashboard or daily report, and do not pay it again before.';
}

/** A sentence for each row that somebody is told of now. */
export function toReportNotices(changed: readonly Item[]): Item[] {
	const rows = changed.filter(({ json }) => json.reference);
	return rows.map(({ json }) => ({ json: { kind: 'decide', notice: describeEntry(json) } }));
}
