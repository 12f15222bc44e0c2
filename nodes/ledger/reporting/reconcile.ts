import type { Ordered, Reported } from '../entry';
import type { LedgerEvent } from '../events';
import { findDoubt, gatherEntries, listPayouts } from '../following/fold';
import type { KnownPayout } from '../following/fold';
import type { Report, ReportLine } from './report';
import { canHaveArrived, STATUSES } from '../states';
import type { TableRow } from '../tables';

const ASK = 'The ledger was not changed. Do not pay it again; ask Smart Glocal which is right.';
const FIND_OUT = 'Find out who ordered it. If nobody did, tell Smart Glocal at once.';
const LOOK_AROUND =
	'Look into the reports of the days before and after; if it is in none, ask Smart Glocal.';

/** What can be found, in the order in which a person looks: a title, and what the person does. */
export const FINDINGS = {
	paid_twice: ['Paid twice', 'Ask Smart Glocal at once. The ledger was not changed.'],
	contradicts: ['The report and the ledger contradict each other', ASK],
	not_in_ledger: ['In the report, but not in the ledger', FIND_OUT],
	not_in_report: ['In the ledger, but not in the report', LOOK_AROUND],
	not_understood: ['Lines that are neither a payment nor a return', 'Look at the report yourself.'],
	moved: ['The report knows more than the ledger', ''],
	next_report: ['In the ledger, for the next report', ''],
	open: ['Sent, and not final yet', ''],
	agrees: ['In both, and agreeing', ''],
} as const;

/** What a payout is found by, in this order: never an amount, because two people may be paid the same. */
const COLUMNS = ['reference', 'payout_id', 'session_id'] as const;

type Column = (typeof COLUMNS)[number];

/** A payout of the ledger or of the report, and how the two agree. */
export interface Finding {
	known?: KnownPayout | undefined;
	/** Empty where it is not in both. */
	matched_by: Column | '';
	lines: ReportLine[];
	kind: keyof typeof FINDINGS;
	/** What the title does not say. */
	message: string;
	/** What the report knows more than the ledger. */
	event?: LedgerEvent;
}

type Match = Pick<Finding, 'known' | 'matched_by' | 'lines'>;
type Judgement = Omit<Finding, keyof Match>;

/**
 * Compares a daily report with the ledger's rows of its lines and days, and with the events that are not
 * folded yet, read before: a payout can be minutes old, and a report can be uploaded twice.
 */
export function reconcile(
	report: Report,
	payouts: readonly TableRow[],
	events: readonly TableRow[],
): Finding[] {
	const all = listPayouts(gatherEntries(payouts, events));
	const matches = matchLines(report.lines, all);
	const found = new Set(matches.map((match) => match.known));
	const missing = all.filter((payout) => !found.has(payout));
	return [
		...matches.map((match) => ({ ...match, ...judge(match, report) })),
		...missing.flatMap((payout): Finding[] => {
			const judgement = judgeMissing(payout, report);
			return judgement ? [{ known: payout, matched_by: '', lines: [], ...judgement }] : [];
		}),
	];
}

/** As in “in progress”. */
export function nameState({ ordered, reported }: KnownPayout): string {
	return (reported?.status ?? ordered.outcome).replaceAll('_', ' ');
}

function matchLines(lines: readonly ReportLine[], all: readonly KnownPayout[]): Match[] {
	const found = new Map<string, KnownPayout | undefined>();
	for (const known of all) {
		for (const column of COLUMNS) {
			const key = `${column} ${known[column]}`;
			// What two payouts have in common finds neither.
			found.set(key, found.has(key) ? undefined : known);
		}
	}
	const matches = new Map<string, Match>();
	for (const line of lines) {
		const find = (name: Column) => (line[name] ? found.get(`${name} ${line[name]}`) : undefined);
		const column = COLUMNS.find(find);
		const known = column && find(column);
		const name = line.reference || line.payout_id || line.session_id || `row ${line.row}`;
		const key = known ? `in the ledger: ${known.reference}` : name;
		const match = matches.get(key) ?? { known, matched_by: column ?? '', lines: [] };
		matches.set(key, match);
		match.lines.push(line);
	}
	return [...matches.values()];
}

function judge({ known, matched_by: matchedBy, lines }: Match, report: Report): Judgement {
	const paid = lines.filter(({ type }) => type === 'advice');
	const returned = lines.filter(({ type }) => type === 'refund');
	const isUnderstood = paid.length + returned.length === lines.length;
	const where = `See ${lines.map(({ row }) => `row ${row}`).join(' and ')} of the report.`;
	if (paid.length > 1) return { kind: 'paid_twice', message: where };
	if (!isUnderstood) return { kind: 'not_understood', message: where };
	if (!known) return { kind: 'not_in_ledger', message: '' };
	const { reference, ordered, payout_id: own } = known;
	const other = paid[0]?.payout_id ?? '';
	if (matchedBy === 'reference' && other !== '' && own !== '' && other !== own) {
		const message = `The report has another payout with this reference (${other}) than the ledger (${own}), so it may have been paid twice.`;
		return { kind: 'contradicts', message };
	}
	const reported = toReported(known, paid[0], returned, report.first_day);
	const doubt = findDoubt(reported, known, 'report');
	if (doubt !== '') return { kind: 'contradicts', message: doubt };
	const search = `It was found by its ${matchedBy.replace('_', ' ')}: the report does not have its reference. `;
	const note = (matchedBy === 'reference' ? '' : search) + describeAmounts(ordered, paid[0]);
	const status = known.reported?.status;
	if (status === reported.status) return { kind: 'agrees', message: note };
	if (status === 'returned') {
		return { kind: 'agrees', message: `It was paid, and returned later. ${note}` };
	}
	const message = `The ledger had “${nameState(known)}”. According to the report, it ${STATUSES[reported.status].text}; Follow up brings that into the ledger. ${note}`;
	const event = { reference, event: 'report', by: '', run: '', entry: { reported } };
	return { kind: 'moved', message, event };
}

/** A note where both have an amount in the same currency, and not the same one. */
function describeAmounts({ amount, currency }: Ordered, paid: ReportLine | undefined): string {
	const { amounts = [], currency: other } = paid ?? {};
	const canCompare = other === currency.toUpperCase() && /^\d+\.\d\d$/.test(amount);
	if (!canCompare || amounts.length === 0 || amounts.includes(amount)) return '';
	return `The amounts differ: ${other} ${amount} in the ledger, ${amounts.join(' and ')} in the report.`;
}

/** What the lines of a payout say of it, as a webhook would. */
function toReported(
	{ session_id, payout_id, reported }: KnownPayout,
	paid: ReportLine | undefined,
	returned: readonly ReportLine[],
	firstDay: string,
): Reported {
	const line = returned[0] ?? paid;
	const status = line === paid ? 'succeeded' : 'returned';
	const { rank, nextStep } = STATUSES[status];
	const common = {
		status,
		// Not now, or the report of this day would be said to lack it.
		status_at: line?.finished_at || `${firstDay}T12:00:00.000Z`,
		next_step: nextStep,
		session_id: line?.session_id || session_id,
		payout_id: payout_id || (paid?.payout_id ?? ''),
	} as const;
	if (status === 'succeeded') return { ...common, rank, message: '' };
	const money = returned.map(({ currency, amounts }) => `${currency} ${amounts[0] ?? ''}`);
	const day = common.status_at.slice(0, 10);
	const message = `${money.join(', ')} came back, says the daily report of ${day}`;
	// Above a return that was in progress.
	const above = Math.max(rank + 2 * returned.length, (reported?.rank ?? 0) + 1);
	return { ...common, rank: above, message };
}

/** What it means that the report lacks a payout; undefined where it should. */
function judgeMissing(known: KnownPayout, report: Report): Judgement | undefined {
	const { ordered, reported, text } = known;
	const { first_day: firstDay, last_day: lastDay, is_last_day_open: isOpen } = report;
	const isCovered = (day: string) => day >= firstDay && day <= lastDay;
	const { status, rank = 0, status_at: at = '', next_step: nextStep } = reported ?? {};
	const [day, orderDay] = [at.slice(0, 10), ordered.ordered_at.slice(0, 10)];
	if (!isCovered(day) && !isCovered(orderDay)) return undefined;
	if (!reported && !canHaveArrived(ordered.outcome)) return undefined;
	if (status === 'failed' || status === 'unclear') return undefined;
	// The status of a return that was reported, and has not come back yet, has another day.
	const isReturning = status === 'succeeded' && rank > STATUSES.succeeded.rank;
	if (isReturning || (status !== 'succeeded' && status !== 'returned')) {
		const state = isReturning ? `${text}, and a return was reported since` : text;
		return { kind: 'open', message: `It ${state}. ${nextStep || 'There is nothing to do here.'}` };
	}
	if (!isCovered(day)) return undefined;
	if (isOpen && day === lastDay) {
		const message = `The name of the report ends with ${day}, but none of its lines is of that day. It should be in the next report.`;
		return { kind: 'next_report', message };
	}
	return { kind: 'not_in_report', message: `In the ledger, it ${text} on ${day}.` };
}
