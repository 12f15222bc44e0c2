import { matchReport } from './matchReport.mts';
import type { Entry, ReportedPayout } from './matchReport.mts';
import type { Report, ReportLine } from './reportLines.mts';

/** What a comparison of the ledger with a daily report has found; the first ones need a person. */
export type FindingKind =
	| 'paid_twice'
	| 'contradicts'
	| 'not_in_ledger'
	| 'not_in_report'
	| 'not_understood'
	| 'moved'
	| 'next_report'
	| 'open'
	| 'agrees';

/** A payout of the ledger or of the report, and how the two agree. */
export interface Finding {
	kind: FindingKind;
	reference: string;
	entry?: Entry;
	lines: ReportLine[];
	matchedBy: string;
	/** What the report says: `paid`, `returned`, `paid and returned` or `nothing`. */
	reported: string;
	message: string;
	/** What the ledger's row is to be changed to. */
	change?: Record<string, unknown>;
}

/** The outcomes of payouts that Smart Glocal has, or may have. */
const SENT_OUTCOMES = ['submitted', 'already_submitted', 'unknown', 'sending'];

/**
 * Compares a daily report with the ledger.
 *
 * @param entries the ledger's rows of the report's days, and those of the report's lines
 */
export function reconcile(report: Report, entries: readonly Entry[]): Finding[] {
	const payouts = matchReport(report.lines, entries);
	const reported = new Set(payouts.map(({ entry }) => entry));
	return [
		...payouts.map((payout) => judge(payout, report)),
		...entries
			.filter((entry) => !reported.has(entry))
			.flatMap((entry) => judgeMissing(entry, report)),
	];
}

function judge({ entry, matchedBy, lines }: ReportedPayout, report: Report): Finding {
	const of = (type: string) => lines.filter((line) => line.type.toLowerCase() === type);
	const [paid, returned] = [of('advice'), of('refund')];
	const finding = {
		reference: String(entry?.reference ?? lines[0]?.reference ?? ''),
		entry,
		lines,
		matchedBy,
		reported: [paid.length > 0 && 'paid', returned.length > 0 && 'returned']
			.filter(Boolean)
			.join(' and '),
	};
	const showRows = (some: ReportLine[]) => some.map(({ row }) => row).join(' and ');
	if (paid.length > 1) {
		const message = `Paid ${paid.length} times: rows ${showRows(paid)} of the report. Ask Smart Glocal at once; the ledger was not changed.`;
		return { ...finding, kind: 'paid_twice', message };
	}
	if (paid.length + returned.length < lines.length) {
		const message = `Row ${showRows(lines)} has a type of payment that is neither Advice nor Refund. Look at it yourself.`;
		return { ...finding, kind: 'not_understood', message };
	}
	if (!entry) {
		const message =
			'The ledger does not know it. Find out who ordered it, and in which way; if nobody did, tell Smart Glocal at once.';
		return { ...finding, kind: 'not_in_ledger', message };
	}
	const difference = contradict(entry, paid[0], matchedBy);
	if (difference) return { ...finding, kind: 'contradicts', message: difference };
	const status = returned.length > 0 ? 'returned' : 'succeeded';
	const note = describeSearch(matchedBy) + describeAmounts(entry, paid[0]);
	if (entry.status === status || entry.status === 'returned') {
		const message = entry.status === status ? '' : 'It was paid, and returned later.';
		return { ...finding, kind: 'agrees', message: message + note };
	}
	const change = toChange(entry, status, { paid, returned, report });
	const was = String(entry.status || entry.outcome).replaceAll('_', ' ');
	const message = `The ledger had “${was}”, and has “${status}” now.${note}`;
	return { ...finding, kind: 'moved', message, change };
}

/** Why the report cannot be right if the ledger is; empty where both can be. */
function contradict(entry: Entry, paid: ReportLine | undefined, matchedBy: string): string {
	if (entry.status === 'failed' || !SENT_OUTCOMES.includes(String(entry.outcome))) {
		const state = String(entry.status || entry.outcome).replaceAll('_', ' ');
		return `The ledger has “${state}”. It was not changed. Do not pay this again; ask Smart Glocal which is right.`;
	}
	const isOther = paid?.payoutId && entry.payout_id && paid.payoutId !== entry.payout_id;
	return isOther && matchedBy === 'reference'
		? `The report has another payout with this reference (${paid.payoutId}) than the ledger (${String(entry.payout_id)}), so it may have been paid twice. Ask Smart Glocal at once; the ledger was not changed.`
		: '';
}

/** A note where the report does not have the ledger's reference. */
function describeSearch(matchedBy: string): string {
	if (matchedBy === 'reference') return '';
	return ` Found by its ${matchedBy.replace('_', ' ')}: the report does not have its reference.`;
}

/** A note where both have an amount in the same currency, and not the same one. */
function describeAmounts(entry: Entry, paid: ReportLine | undefined): string {
	const amount = String(entry.amount ?? '');
	const currency = String(entry.currency ?? '').toUpperCase();
	if (!paid?.amounts.length || paid.currency !== currency || !/^\d+\.\d\d$/.test(amount)) return '';
	if (paid.amounts.includes(amount)) return '';
	return ` The amounts differ: ${currency} ${amount} in the ledger, ${paid.amounts.join(' and ')} in the report.`;
}

function toChange(
	entry: Entry,
	status: string,
	{ paid, returned, report }: { paid: ReportLine[]; returned: ReportLine[]; report: Report },
): Record<string, unknown> {
	const [line] = [...returned, ...paid];
	// As a webhook that reports the same number of returns.
	const returnedRank = Math.max(40 + 2 * returned.length, Number(entry.status_rank) + 1);
	const amounts = returned.map(({ currency, amounts: [amount = ''] }) =>
		`${currency} ${amount}`.trim(),
	);
	const sessionId = entry.session_id || line?.sessionId;
	const payoutId = entry.payout_id || paid[0]?.payoutId;
	return {
		reference: entry.reference,
		outcome: 'submitted',
		status,
		status_rank: status === 'returned' ? returnedRank : 30,
		// Not now, or the report of this day would be said to lack it.
		status_at: line?.finishedAt || `${report.firstDay}T12:00:00.000Z`,
		message:
			status === 'returned'
				? `The recipient’s bank has returned money (daily report: ${amounts.join(', ')}).`
				: '',
		next_step:
			status === 'returned' ? 'Find out why, and pay what came back under a new reference.' : '',
		final: true,
		row: '',
		...(Boolean(sessionId) && { session_id: sessionId }),
		...(Boolean(payoutId) && { payout_id: payoutId }),
	};
}

/** What it means that a row of the ledger is not in the report; nothing where it should not be. */
function judgeMissing(entry: Entry, { firstDay, lastDay, isLastDayOpen }: Report): Finding[] {
	const reference = String(entry.reference);
	const finding = { reference, entry, lines: [], matchedBy: '', reported: 'nothing' };
	const status = String(entry.status ?? '');
	const day = String(entry.status_at ?? '').slice(0, 10);
	// Its date is that of a return that was reported, and has not come back yet.
	const isReturning = status === 'succeeded' && Number(entry.status_rank) > 30;
	if ((status === 'succeeded' && !isReturning) || status === 'returned') {
		if (day < firstDay || day > lastDay) return [];
		if (isLastDayOpen && day === lastDay) {
			const message = `The report’s name ends with ${lastDay}, but none of its lines is of that day. It should be in the next report.`;
			return [{ ...finding, kind: 'next_report', message }];
		}
		const what = status === 'succeeded' ? 'Paid' : 'Returned';
		const message = `${what} on ${day}, as the ledger says. Look into the reports of the days before and after; if it is in none, ask Smart Glocal.`;
		return [{ ...finding, kind: 'not_in_report', message }];
	}
	if (status === 'failed' || !SENT_OUTCOMES.includes(String(entry.outcome))) return [];
	const states: Record<string, string> = {
		in_progress: 'It is not final yet, and will be in a later report.',
		ready_to_confirm: 'It waits for its confirmation.',
		confirmed: 'It is confirmed, and not final yet. It will be in a later report.',
	};
	const returning =
		'It was paid, and a return was reported since. The ledger no longer has the day of the payment.';
	const message = isReturning
		? returning
		: (states[status] ?? 'Whether Smart Glocal has it is not known yet.');
	return [{ ...finding, kind: 'open', message: `${message} There is nothing to do here.` }];
}
