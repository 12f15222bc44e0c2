import { FINDINGS, nameState } from '../../ledger/reporting/reconcile';
import type { Finding } from '../../ledger/reporting/reconcile';
import type { Report } from '../../ledger/reporting/report';
import { count, toSection } from './html';

type ResultRow = ReturnType<typeof toResultRow>;

/** The rows of the results file, what needs a person first. */
export function toReconciledRows(findings: readonly Finding[]): ResultRow[] {
	const kinds = Object.keys(FINDINGS);
	return kinds.flatMap((kind) => findings.filter((one) => one.kind === kind).map(toResultRow));
}

function toResultRow({ kind, known, lines, matched_by, message }: Finding) {
	const [title, nextStep] = FINDINGS[kind];
	const types = lines.map(({ type }) => type);
	const said = [types.includes('advice') && 'paid', types.includes('refund') && 'returned'];
	return {
		result: title,
		reference: known?.reference ?? lines[0]?.reference ?? '',
		what_to_know: `${message.trim()} ${nextStep}`.trim(),
		ledger_says: known ? nameState(known) : 'nothing',
		report_says: lines.length > 0 ? said.filter(Boolean).join(' and ') : 'nothing',
		matched_by,
		recipient: known?.ordered.recipient ?? '',
		currency: known?.ordered.currency ?? '',
		amount: known?.ordered.amount ?? '',
		report_currency: lines[0]?.currency ?? '',
		report_amount: lines.map(({ amounts }) => amounts.join(' / ')).join(', '),
		payout_id: known?.payout_id || lines.map((line) => line.payout_id).join(', '),
		session_id: known?.session_id || lines.map((line) => line.session_id).join(', '),
	};
}

/** The last page: its title, and its text in HTML, with the rows of which there is something to say. */
export function describeFindings(rows: readonly ResultRow[], report: Report) {
	const { first_day: firstDay, last_day: lastDay } = report;
	const sections = Object.values(FINDINGS).map(([name, nextStep]) => {
		const own = rows.filter(({ result }) => result === name);
		const lines = own
			.filter(({ what_to_know: text }) => text !== '')
			.map((row) => [row.reference, row.ledger_says, row.report_says, row.what_to_know]);
		const table = [['Reference', 'Ledger', 'Report', 'What to know'], ...lines];
		const html = own.length > 0 ? toSection(`${name}: ${own.length}`, table) : '';
		return { alarms: nextStep === '' ? 0 : own.length, html };
	});
	const alarms = sections.reduce((sum, section) => sum + section.alarms, 0);
	const look = `${count(alarms, 'payout needs', 'payouts need')} a look`;
	const title = alarms === 0 ? 'The report and the ledger agree' : look;
	const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
	const empty = report.lines.length === 0 ? '<p>The report has no payouts.</p>' : '';
	const found = sections.map(({ html }) => html).join('');
	const file = '<p>The results file is downloaded now: it has every payout with its result.</p>';
	return { title, message: `<p>Days: ${days}</p>${empty}${found}${file}` };
}
