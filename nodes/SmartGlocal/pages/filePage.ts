import type { ComparedRow } from '../../ledger/paying/compare';
import { asText } from '../../payout/json/jsonObject';
import { showSums, sumByCurrency } from '../../payout/money/amount';
import { listSome } from '../../payout/text/shownValue';
import { count, escapeHtml, nameMoney, toTable } from './html';

/** What Read Payout File says of a file in its last item. */
export interface FileSummary {
	/** For people. */
	summary: string;
	/** What payouts need, and the file does not have. */
	columns_missing: readonly string[];
	/** The headers that could be meant for a column, by its name. */
	columns_proposed: Readonly<Record<string, string>>;
}

/** What a person sees of a file before it is paid. */
export interface FilePage {
	/** In HTML. */
	page: string;
	/** How many rows can be paid. */
	payable: number;
	/** What they would pay, as in `EUR 12,345.00, GBP 3,000.00`. */
	sums: string;
}

const MAX_SHOWN = 50;
const MAX_NAMED = 10;

/** What a row says on the page, and about which payout. */
type Line = ComparedRow & { said: string };

/**
 * Shows the rows of a file, sorted by what is done with them.
 *
 * @param file what was read, where a file was
 */
export function describeFile(rows: readonly ComparedRow[], file?: FileSummary): FilePage {
	const of = (...verdicts: Array<ComparedRow['verdict']>) =>
		rows.filter(({ verdict }) => verdicts.includes(verdict)).map(sayWhy);
	const payable = rows.filter(({ order }) => order);
	const amounts = payable.map(({ checked: { amount_minor: minor, currency } }) => {
		return { amount: Number(minor), currency: asText(currency) };
	});
	const sums = showSums(sumByCurrency(amounts));
	const warned = payable.flatMap((row): Line[] => {
		const said = asText(row.checked.warnings);
		return said === '' ? [] : [{ ...row, said }];
	});
	const wrong = of('wrong');
	const again = of('send_again').map((row) => ({ ...row, said: SENT_AGAIN }));
	const held = of('other_payout', 'waiting_for_approval', 'declined', 'refused');
	const arrived = of('arrived');
	const them = wrong.length === 1 ? 'it' : 'them';
	const were = arrived.length === 1 ? 'was' : 'were';
	const title =
		payable.length > 0
			? `${count(payable.length, 'payout')} to pay: ${sums}`
			: 'There is nothing to pay.';
	if (file && payable.length === 0 && lacksColumns(file)) {
		return { page: `<p>${RENAME}</p>${listParts(file.summary)}`, payable: 0, sums };
	}
	const page = [
		file ? `<p>${escapeHtml(file.summary)}</p>` : '',
		`<h3>${title}</h3>`,
		listRows('To check before you pay', [...warned, ...again]),
		listRows(
			`${count(wrong.length, 'row')} cannot be paid. Correct ${them} and upload the file again.`,
			wrong,
		),
		listRows(`${count(held.length, 'row')} to look at`, held),
		listRows(
			`${count(arrived.length, 'row')} ${were} sent before, and will not be paid again.`,
			arrived,
		),
	];
	return { page: page.join(''), payable: payable.length, sums };
}

const RENAME =
	'Some columns are missing, or have other names. Correct the headers in the file, and upload it again. What was read:';

/** Whether the file has other headers than payouts: what its rows lack then needs no list. */
function lacksColumns({ columns_missing: missing, columns_proposed: proposed }: FileSummary) {
	const needed = ['reference', 'amount', 'destination'];
	return needed.some((name) => missing.includes(name) || Object.hasOwn(proposed, name));
}

function listParts(summary: string): string {
	const parts = summary.split(' · ').map((part) => `<li>${escapeHtml(part)}</li>`);
	return `<ul>${parts.join('')}</ul>`;
}

const SENT_AGAIN =
	'It was sent before, and the answer was lost. Sent again with the same reference, it cannot be paid twice.';

function sayWhy(row: ComparedRow): Line {
	const { message = '', next_step = '' } = row.left ?? {};
	// What to do about wrong rows is said once, above them.
	const said = row.verdict === 'wrong' ? message : `${message} ${next_step}`.trim();
	return { ...row, said };
}

/** What is said of several rows in the same words is shown once. */
function listRows(title: string, rows: readonly Line[]): string {
	if (rows.length === 0) return '';
	const groups = new Map<string, Line[]>();
	for (const row of rows) groups.set(row.said, [...(groups.get(row.said) ?? []), row]);
	const shown = [...groups.values()].slice(0, MAX_SHOWN);
	const names = shown.map(([first, ...others]) =>
		first && others.length === 0 ? name(first) : '',
	);
	// What is wrong with a row may be its amount or its recipient.
	const hasPayouts = names.some((payout) => payout !== '');
	const lines = shown.map((group, index) => [
		listSome(
			group.map(({ number }) => String(number)),
			MAX_NAMED,
		),
		listSome(
			group.map(findReference).filter((reference) => reference !== ''),
			MAX_NAMED,
		),
		...(hasPayouts ? [names[index]] : []),
		group[0]?.said,
	]);
	const more = rows.length - shown.flat().length;
	const rest = more > 0 ? `<p>And ${count(more, 'row')} more: the results file lists all.</p>` : '';
	const headings = ['Row', 'Reference', ...(hasPayouts ? ['Payout'] : []), 'What to know'];
	return `<h4>${title}</h4>${toTable(headings, lines)}${rest}`;
}

function findReference({ order, left }: Line): string {
	return (order ?? left)?.reference ?? '';
}

function name({ order, left }: Line): string {
	const payout = order ?? left;
	return payout ? nameMoney(payout) : '';
}
