import type { ComparedRow } from '../../ledger/paying/compare';
import { nameCountry } from '../../payout/destinations/countryNames';
import { asText } from '../../payout/json/jsonObject';
import { showSums, sumByCurrency } from '../../payout/money/amount';
import { listSome } from '../../payout/text/shownValue';
import { count, escapeHtml, nameMoney, toSection, toTable } from './html';

/** What Read Payout File says of a file in its last item. */
export interface FileSummary {
	/** For people. */
	summary: string;
	/** What payouts need, and the file does not have. */
	columns_missing: readonly string[];
	/** The headers that could be meant for a column, by its name. */
	columns_proposed: Readonly<Record<string, string>>;
}

const MAX_NAMED = 10;

/**
 * Shows the rows of a file in HTML, sorted by what is done with them, each payout among them, with how many
 * can be paid and what the button does, as in `Pay 12 payouts: EUR 12,345.00, GBP 3,000.00`.
 */
export function describeFile(rows: readonly ComparedRow[], file?: FileSummary) {
	const list = (...verdicts: Array<ComparedRow['verdict']>) =>
		rows.filter(({ verdict }) => verdicts.includes(verdict));
	const orders = rows.filter(({ order }) => order);
	const sums = sumUp(orders);
	const payable = orders.length;
	const title = `${count(payable, 'payout')} to pay: ${sums}`;
	const button = `Pay ${count(payable, 'payout')}: ${sums}`;
	if (file && payable === 0 && lacksColumns(file)) {
		const parts = file.summary.split(' · ').map((part) => `<li>${escapeHtml(part)}</li>`);
		return { page: `<p>${RENAME}</p><ul>${parts.join('')}</ul>`, payable, button };
	}
	const wrong = list('wrong');
	const held = list('other_payout', 'waiting_for_approval', 'declined', 'refused');
	const arrived = list('arrived');
	const page = [
		file ? `<p>${escapeHtml(file.summary)}</p>` : '',
		`<h3>${payable > 0 ? title : 'There is nothing to pay.'}</h3>`,
		listRows(
			'To check before you pay',
			orders.filter((row) => say(row) !== ''),
		),
		listRows(
			`${count(wrong.length, 'row')} cannot be paid. Correct the file, and upload it again.`,
			wrong,
		),
		listRows(`${count(held.length, 'row')} to look at`, held),
		listRows(
			`${count(arrived.length, 'row was', 'rows were')} sent before, and will not be paid again.`,
			arrived,
		),
		listPayouts(orders),
	];
	return { page: page.join(''), payable, button };
}

const MAX_PAYOUTS = 100;

/** Every payout, the largest of each currency first: who presses the button has seen what it pays. */
function listPayouts(orders: readonly ComparedRow[]): string {
	if (orders.length === 0) return '';
	const sorted = [...orders].sort(({ checked: one }, { checked: other }) => {
		const byCurrency = asText(one.currency).localeCompare(asText(other.currency));
		return byCurrency || Number(other.amount_minor) - Number(one.amount_minor);
	});
	const lines = sorted.slice(0, MAX_PAYOUTS).map((row) => {
		const { reference = '', recipient = '', account = '', destination = '' } = row.order ?? {};
		const country = nameCountry(destination);
		return [String(row.number), reference, recipient, account, country, sumUp([row])];
	});
	const headings = ['Row', 'Reference', 'Recipient', 'Account', 'Country', 'Amount'];
	const rest = sorted.slice(MAX_PAYOUTS);
	const more = `<p>And ${count(rest.length, 'smaller payout')}: ${sumUp(rest)}</p>`;
	return `<h4>The payouts</h4>${toTable([headings, ...lines])}${rest.length > 0 ? more : ''}`;
}

function sumUp(orders: readonly ComparedRow[]): string {
	const amounts = orders.map(({ checked: { amount_minor: minor, currency } }) => {
		return { amount: Number(minor), currency: asText(currency) };
	});
	return showSums(sumByCurrency(amounts));
}

const RENAME =
	'Some columns are missing, or have other names. Correct the headers in the file, and upload it again. What was read:';

/** Whether the file has other headers than payouts: what its rows lack then needs no list. */
function lacksColumns({ columns_missing: missing, columns_proposed: proposed }: FileSummary) {
	const needed = ['reference', 'amount', 'destination'];
	return needed.some((name) => missing.includes(name) || Object.hasOwn(proposed, name));
}

const SENT_AGAIN =
	'It was sent before, and the answer was lost. Sent again with the same reference, it cannot be paid twice.';

/** What there is to know of a row; what to do about wrong rows is said once, above them. */
function say({ verdict, left, checked }: ComparedRow): string {
	if (left) return verdict === 'wrong' ? left.message : `${left.message} ${left.next_step}`.trim();
	return `${asText(checked.warnings)} ${verdict === 'send_again' ? SENT_AGAIN : ''}`.trim();
}

/** What is said of several rows in the same words is shown once. */
function listRows(title: string, rows: readonly ComparedRow[]): string {
	if (rows.length === 0) return '';
	const groups = new Map<string, ComparedRow[]>();
	for (const row of rows) {
		const group = groups.get(say(row)) ?? [];
		groups.set(say(row), group);
		group.push(row);
	}
	const lines = [...groups].map(([said, group]) => {
		const payouts = group.flatMap(({ order, left }) => order ?? left ?? []);
		const references = payouts.map(({ reference }) => reference).filter((name) => name !== '');
		const numbers = group.map(({ number }) => String(number));
		const [payout] = group.length === 1 ? payouts : [];
		const money = payout ? nameMoney(payout) : '';
		return [listSome(numbers, MAX_NAMED), listSome(references, MAX_NAMED), money, said];
	});
	// What is wrong with a row may be its amount or its recipient.
	const hasPayouts = lines.some(([, , money]) => money !== '');
	const headings = ['Row', 'Reference', 'Payout', 'What to know'];
	const shown = [headings, ...lines].map((line) =>
		hasPayouts ? line : line.filter((_, column) => column !== 2),
	);
	return toSection(title, shown);
}
