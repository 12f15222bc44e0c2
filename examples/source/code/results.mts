import { toColumns, toOutcomeRow, toResentRow } from './ledgerRow.mts';
import type { Item } from './ledgerRow.mts';
import type { SortedFile } from './sortRows.mts';
import { count, showSums, toTable } from './text.mts';

/**
 * The rows of the file, each with its outcome, for the results file. They have other numbers there.
 *
 * @param paid the node's items of all rows that were sent
 */
export function toResults(
	rows: readonly Item[],
	{ rows: sorted }: SortedFile,
	paid: readonly Item[],
): Item[] {
	const outcomes = new Map(paid.map(({ json }) => [referenceOf(json), json]));
	return rows.map(({ json: row }, index) => {
		const { decision = '', reference = '', message = '' } = sorted[index] ?? {};
		const outcome = decision.startsWith('pay') ? outcomes.get(reference) : undefined;
		return { json: { ...toColumns(row), ...showOutcome(decision, message, outcome) } };
	});
}

function referenceOf(json: Record<string, unknown>): string {
	const error = (json.error ?? {}) as Record<string, unknown>;
	return String(error.reference ?? json.reference ?? '');
}

function showOutcome(
	decision: string,
	message: string,
	outcome: Record<string, unknown> | undefined,
): Record<string, unknown> {
	if (outcome !== undefined) {
		const toRow = decision === 'pay_again' ? toResentRow : toOutcomeRow;
		const entry = toRow({ json: outcome }, '');
		const isSent = entry.outcome === 'submitted' || entry.outcome === 'already_submitted';
		return {
			payout_outcome: entry.outcome,
			payout_message: isSent ? '' : [entry.message, entry.next_step].filter(Boolean).join(' '),
			payout_session_id: entry.session_id ?? '',
		};
	}
	const outcomes: Record<string, string> = { sent: 'already_submitted' };
	return {
		payout_outcome: outcomes[decision] ?? 'not_sent',
		payout_message: message || 'Nothing was paid.',
		payout_session_id: '',
	};
}

/**
 * The last page, for the person who pays: its title and its text in HTML.
 *
 * @param results the rows of the results file
 * @param paid the node's items of all rows that were sent
 */
export function describeResults(
	results: readonly Item[],
	{ page, payable }: SortedFile,
	paid: readonly Item[],
): { title: string; message: string } {
	const of = (outcome: string) => results.filter(({ json }) => json.payout_outcome === outcome);
	const kinds = [
		['submitted', 'were sent to Smart Glocal.'],
		['already_submitted', 'had been sent before, and were not paid again.'],
		['rejected', 'were refused by Smart Glocal. Correct them, and upload the file again.'],
		['not_sent', 'were not sent. Correct them, and upload the file again.'],
		['unknown', 'got no clear answer. Do not change them, and upload the file again.'],
	]
		.map(([outcome = '', meaning = '']) => [of(outcome).length, meaning] as const)
		.filter(([number]) => number > 0);
	const submitted = paid.map(({ json }) => json).filter(({ outcome }) => outcome === 'submitted');
	const title =
		submitted.length === 0
			? 'Nothing was paid'
			: `${count(submitted.length, 'payout was', 'payouts were')} sent: ${showSums(submitted)}`;
	const file =
		'<p>The results file is downloaded now: it has every row with its outcome. The ledger shows how each payout ends.</p>';
	const table = toTable(['Rows', 'What happened'], kinds);
	return { title, message: `${payable === 0 ? page : table}${file}` };
}
