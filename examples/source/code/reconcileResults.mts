import type { Item } from './ledgerRow.mts';
import type { Finding, FindingKind } from './reconcile.mts';
import type { Report } from './reportLines.mts';
import { count, toTable } from './text.mts';

const MAX_FINDINGS = 50;

/** What each kind is called on the page, in the order in which a person looks. */
const TITLES: Record<FindingKind, string> = {
	paid_twice: 'Paid twice',
	contradicts: 'The report and the ledger contradict each other',
	not_in_ledger: 'In the report, but not in the ledger',
	not_in_report: 'In the ledger, but not in the report',
	not_understood: 'Lines that are neither a payment nor a return',
	moved: 'Brought up to date in the ledger',
	next_report: 'In the ledger, for the next report',
	open: 'Sent, and not final yet',
	agrees: 'In both, and agreeing',
};

const ALARMS: FindingKind[] = [
	'paid_twice',
	'contradicts',
	'not_in_ledger',
	'not_in_report',
	'not_understood',
];

/**
 * The findings as they are after the ledger was written, what needs a person first.
 *
 * @param changed the rows that the ledger has changed
 */
export function sortFindings(findings: readonly Finding[], changed: readonly Item[]): Finding[] {
	const written = new Set(changed.map(({ json }) => json.reference));
	const order = Object.keys(TITLES);
	return findings
		.map((finding): Finding => {
			if (finding.kind !== 'moved' || written.has(finding.reference)) return finding;
			const message =
				'The ledger was changed by something else at this moment. Upload the report again.';
			return { ...finding, kind: 'contradicts', message };
		})
		.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** The rows of the results file. */
export function toReconciledRows(findings: readonly Finding[]): Item[] {
	if (findings.length === 0) {
		return [{ json: { result: 'There is nothing in the report, and nothing in the ledger.' } }];
	}
	return findings.map(({ kind, reference, entry = {}, lines, matchedBy, reported, message }) => ({
		json: {
			result: TITLES[kind],
			reference,
			what_to_know: message.trim(),
			ledger_says: describeLedger(entry),
			report_says: reported,
			matched_by: matchedBy,
			recipient: entry.recipient ?? '',
			currency: entry.currency ?? '',
			amount: entry.amount ?? '',
			report_currency: lines[0]?.currency ?? '',
			report_amount: lines.map(({ amounts }) => amounts.join(' / ')).join(', '),
			payout_id: entry.payout_id || lines.map(({ payoutId }) => payoutId).join(', '),
			session_id: entry.session_id || lines.map(({ sessionId }) => sessionId).join(', '),
		},
	}));
}

function describeLedger({ status, outcome }: Record<string, unknown>): string {
	return String(status || outcome || 'nothing').replaceAll('_', ' ');
}

/** The last page: its title and its text in HTML. */
export function describeFindings(
	findings: readonly Finding[],
	{ lines, firstDay, lastDay }: Report,
): { title: string; message: string } {
	const alarms = findings.filter(({ kind }) => ALARMS.includes(kind));
	const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
	const title =
		alarms.length === 0
			? 'The report and the ledger agree'
			: `${count(alarms.length, 'payout needs', 'payouts need')} a look`;
	const kinds = Object.keys(TITLES) as FindingKind[];
	const of = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind);
	const sections = kinds.map((kind) =>
		// Nobody reads the ones that agree, unless there is something to say.
		describeKind(kind, of(kind), kind === 'agrees'),
	);
	const empty = lines.length === 0 ? '<p>The report has no payouts.</p>' : '';
	const file = '<p>The results file is downloaded now: it has every payout with its result.</p>';
	return { title, message: `<p>Days: ${days}</p>${empty}${sections.join('')}${file}` };
}

function describeKind(kind: FindingKind, all: readonly Finding[], isShort: boolean): string {
	if (all.length === 0) return '';
	const worthShowing = isShort ? all.filter(({ message }) => message !== '') : all;
	const rows = worthShowing
		.slice(0, MAX_FINDINGS)
		.map(({ reference, entry, reported, message }) => [
			reference,
			describeLedger(entry ?? {}),
			reported,
			message.trim(),
		]);
	const headings = ['Reference', 'Ledger', 'Report', 'What to know'];
	const table = rows.length > 0 ? toTable(headings, rows) : '';
	const more = worthShowing.length - rows.length;
	const rest =
		more > 0 ? `<p>And ${count(more, 'payout')} more: the results file lists all.</p>` : '';
	return `<h4>${TITLES[kind]}: ${all.length}</h4>${table}${rest}`;
}
