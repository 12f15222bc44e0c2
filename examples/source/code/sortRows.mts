import { toColumns } from './ledgerRow.mts';
import type { Item } from './ledgerRow.mts';
import { count, escapeHtml, showAmount, showSums, toTable } from './text.mts';

/** What is to be done with a row of the file. */
export interface SortedRow {
	/** As Excel shows it; counted from 1 where the row does not say it. */
	row: number;
	/** `pay`, `pay_again` (its first answer was lost), `wrong`, `sent` or `held`. */
	decision: string;
	reference: string;
	/** Why it is not paid, or what is known of it. */
	message: string;
	recipient?: unknown;
	amount?: string;
	currency?: unknown;
}

/** The rows of a file, sorted, and the page that shows them to the person who pays. */
export interface SortedFile {
	rows: SortedRow[];
	payable: number;
	/** Sums by currency of what would be paid. */
	sums: string;
	page: string;
}

const MAX_SHOWN = 50;
const MAX_NAMED = 10;

/**
 * Decides for each row whether it is paid, by the checks of the node and by the ledger.
 *
 * @param rows the rows of the file
 * @param checked the node's item for each of them, from a dry run
 * @param ledger the ledger's rows with these references
 * @param summary what was read of the file, in words
 */
export function sortRows(
	rows: readonly Item[],
	checked: readonly Item[],
	ledger: readonly Item[],
	summary = '',
): SortedFile {
	const known = new Map(ledger.map(({ json }) => [String(json.reference ?? ''), json]));
	const sorted = checked.map((item, index) => {
		const entry = known.get(String(item.json.reference ?? ''));
		const row = rows[index]?.json ?? {};
		return sortRow(findNumber(row) ?? index + 1, item.json, row, entry);
	});
	const payable = sorted.flatMap(({ decision }, index) =>
		decision.startsWith('pay') ? [checked[index]?.json ?? {}] : [],
	);
	const sums = showSums(payable);
	const page = describeFile(sorted, checked, sums);
	return {
		rows: sorted,
		payable: payable.length,
		sums,
		page: summary === '' ? page : `<p>${escapeHtml(summary)}</p>${page}`,
	};
}

/** From the node that has read the file, or the one for Google Sheets. */
function findNumber({ row, row_number: other }: Record<string, unknown>): number | undefined {
	return [row, other].find((number) => typeof number === 'number');
}

function sortRow(
	row: number,
	checked: Record<string, unknown>,
	original: Record<string, unknown>,
	entry: Record<string, unknown> | undefined,
): SortedRow {
	const reference = String(checked.reference ?? '');
	const known = { row, reference, recipient: checked.recipient, currency: checked.currency };
	const sorted = { ...known, amount: showAmount(checked), message: '' };
	if (checked.error) {
		const { message } = checked.error as { message?: string };
		return { ...sorted, decision: 'wrong', message: String(message) };
	}
	const outcome = String(entry?.outcome ?? '');
	if (!entry || outcome === 'not_sent' || outcome === 'rejected') {
		return { ...sorted, decision: 'pay' };
	}
	if (outcome === 'waiting_for_approval' || outcome === 'declined') {
		return { ...sorted, decision: 'held', message: describeRequest(outcome, entry) };
	}
	if (entry.status || !['sending', 'unknown'].includes(outcome)) {
		return { ...sorted, decision: 'sent', message: describeSent(entry, sorted) };
	}
	if (isSameRow(original, entry)) {
		return {
			...sorted,
			decision: 'pay_again',
			message: 'It was sent before, and the answer was lost. The same reference cannot pay twice.',
		};
	}
	return {
		...sorted,
		decision: 'held',
		message: `This reference was sent before with other data (${showPayout(entry)}), and its answer was lost. Restore the row as it was, or wait until the ledger shows its end.`,
	};
}

function showPayout({ recipient, amount, currency }: Record<string, unknown>): string {
	return recipient ? `${String(currency)} ${String(amount)} to ${String(recipient)}` : '';
}

function describeRequest(outcome: string, { decided_by: by }: Record<string, unknown>): string {
	return outcome === 'declined'
		? `This reference was declined by ${String(by || 'nobody in time')}. Ask for it again under a new reference.`
		: 'This reference waits for a second person’s approval.';
}

/** How far a payout is, in words. */
function describeSent(
	entry: Record<string, unknown>,
	{ amount, currency }: { amount: string; currency: unknown },
): string {
	const states: Record<string, string> = {
		in_progress: 'Sent, and not final yet.',
		ready_to_confirm: 'Sent, and waiting for its confirmation.',
		confirmed: 'Confirmed, and not final yet.',
		succeeded: 'Paid.',
		failed: 'Failed.',
		returned: 'Returned by the recipient’s bank.',
	};
	const state = states[String(entry.status)] ?? 'Sent earlier. How it ended is not known here.';
	const isSame = entry.amount === amount && entry.currency === currency;
	const difference = `The ledger has ${showPayout(entry)}, and this file another amount.`;
	return [state, entry.message, entry.next_step, !isSame && difference]
		.filter((text) => typeof text === 'string' && text !== '')
		.join(' ');
}

/** Whether the ledger's row is this one, column by column. Empty columns do not count. */
function isSameRow(row: Record<string, unknown>, entry: Record<string, unknown>): boolean {
	const normalize = (columns: Record<string, unknown>) =>
		JSON.stringify(
			Object.entries(toColumns(columns))
				.filter(([, value]) => value !== '' && value !== null && value !== undefined)
				.map(([name, value]) => [name, String(value)])
				.sort(([one = ''], [other = '']) => (one < other ? -1 : 1)),
		);
	const stored = String(entry.row || '{}');
	return normalize(row) === normalize(JSON.parse(stored) as Record<string, unknown>);
}

function describeFile(rows: readonly SortedRow[], checked: readonly Item[], sums: string): string {
	const of = (...decisions: string[]) => rows.filter((row) => decisions.includes(row.decision));
	const [pay, wrong, sent, held] = [
		of('pay', 'pay_again'),
		of('wrong'),
		of('sent'),
		of('held', 'pay_again'),
	];
	const warned = rows.flatMap((row, index) => {
		const { warnings } = checked[index]?.json ?? {};
		return row.decision === 'pay' && warnings ? [{ ...row, message: String(warnings) }] : [];
	});
	const isWere = (number: number) => (number === 1 ? 'was' : 'were');
	return [
		pay.length > 0
			? `<h3>${count(pay.length, 'payout')} to pay: ${sums}</h3>`
			: '<h3>There is nothing to pay.</h3>',
		describeRows(warned, 'To check before you pay'),
		describeRows(
			wrong,
			`${count(wrong.length, 'row')} cannot be paid. Correct ${wrong.length === 1 ? 'it' : 'them'} and upload the file again.`,
			groupByMessage(wrong),
		),
		describeRows(held, `${count(held.length, 'row')} to look at`),
		describeRows(
			sent,
			`${count(sent.length, 'row')} ${isWere(sent.length)} sent before, and will not be paid again.`,
		),
	].join('');
}

function describeRows(
	rows: readonly SortedRow[],
	title: string,
	groups = rows.map((row) => [row]),
): string {
	if (rows.length === 0) return '';
	const shown = groups.slice(0, MAX_SHOWN);
	// What is wrong with a row may be its amount or its recipient.
	const hasPayouts = shown.flat().some((row) => showPayout({ ...row }) !== '');
	const lines = shown.map((group) => [
		listSome(group.map(({ row }) => row)),
		listSome(group.map(({ reference }) => reference).filter(Boolean)),
		...(hasPayouts ? [group.length === 1 ? showPayout({ ...group[0] }) : ''] : []),
		group[0]?.message,
	]);
	const more = groups.slice(MAX_SHOWN).flat().length;
	const rest = more > 0 ? `<p>And ${count(more, 'row')} more: the results file lists all.</p>` : '';
	const headings = ['Row', 'Reference', ...(hasPayouts ? ['Payout'] : []), 'What to know'];
	return `<h4>${title}</h4>${toTable(headings, lines)}${rest}`;
}

/** What is wrong with the whole file is said of each of its rows, and shown once. */
function groupByMessage(rows: readonly SortedRow[]): SortedRow[][] {
	const groups = new Map<string, SortedRow[]>();
	for (const row of rows) {
		const group = groups.get(row.message);
		if (group) group.push(row);
		else groups.set(row.message, [row]);
	}
	return [...groups.values()];
}

function listSome(names: ReadonlyArray<string | number>): string {
	const more = names.length - MAX_NAMED;
	return names.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
