import { showValue } from '../../payout/text/shownValue';
import { createCurrencyCheck, findSign } from '../currencies';
import { nameColumn, valueOf } from '../sheet';
import type { OddKind, Sheet, SheetRow } from '../sheet';
import { splitAmount } from './amounts';
import type { Column } from './columns';

const FORMAT_AND_TYPE_AGAIN =
	'Format the cell as text (in Excel: Format Cells → Text; in Google Sheets: Format → Number → Plain text), and type the value again';

const TYPE_NUMBER = 'Format the cell as a number, and type the amount again.';

/** What to do about each kind of odd cell. */
const ADVICE: Readonly<Record<OddKind, string>> = {
	altered: 'Choose a plain number format, so that you see what is paid.',
	boolean: 'Type the value itself.',
	date: `${FORMAT_AND_TYPE_AGAIN}.`,
	error: 'Correct its formula, or type the value.',
	escape: 'Write it without underscores.',
	longNumber: `${FORMAT_AND_TYPE_AGAIN} from the original.`,
	money: 'Correct the format or the currency.',
	percent: 'Choose a plain number format, and check the value.',
	rounded:
		'Round it in the sheet, so that you decide what is paid: write =ROUND(…, 2) around the formula, or =ROUND(…; 2) where your program uses semicolons.',
	uncalculated: 'Open the file in Excel or LibreOffice, save it there, and use that file.',
};

const MAX_NAMED = 10;

/** Lists names or numbers: "3, 5, 8 and 40 more". */
export function listSome(names: ReadonlyArray<string | number>): string {
	const more = names.length - MAX_NAMED;
	return names.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Says what is odd in a column, each kind once with all its rows. */
export function describeOdd({ index, key, field }: Column, rows: readonly SheetRow[]): string[] {
	const kinds = new Map<OddKind, { problem: string; places: string[] }>();
	for (const { row, values } of rows) {
		const cell = values[index];
		if (typeof cell !== 'object' || cell.kind === 'money') continue;
		if (cell.kind === 'rounded' && field !== 'amount') continue;
		const kind = kinds.get(cell.kind) ?? { problem: cell.problem, places: [] };
		kind.places.push(nameColumn(index) + row);
		kinds.set(cell.kind, kind);
	}
	return [...kinds].map(([kind, { problem, places }]) => {
		const advice = kind === 'date' && field === 'amount' ? TYPE_NUMBER : ADVICE[kind];
		return `${namePlaces(places, key, problem)}. ${advice}`;
	});
}

function namePlaces([first, ...others]: readonly string[], key: string, problem: string): string {
	const same = others.length > 0 ? `, and so it is with ${listSome(others)}` : '';
	return `Cell ${first} (${showValue(key)}) ${problem}${same}`;
}

/** Thousands, millions and cents, as headers write them. */
const UNITS =
	/(?<!\p{L})(?:[km]\p{Sc}|k(?:EUR|USD|GBP|CHF)|tsd|tausend|thousands?|mio|millions?|cents?)(?!\p{L})/iu;

/** Compares the currency beside each amount, or in the header, with that of the row; it can be empty. */
export async function compareCurrencies(
	{ index, key, header }: Column,
	rows: readonly SheetRow[],
	currencyOf: (row: SheetRow) => string,
	giveTurn: () => Promise<void>,
): Promise<{ problems: string[]; warnings: string[] }> {
	const isOther = createCurrencyCheck();
	const inHeader = findSign(header);
	const unclear = new Set<string>();
	const others = new Map<string, string[]>();
	for (const row of rows) {
		await giveTurn();
		const cell = row.values[index];
		const isMoney = typeof cell === 'object' && cell.kind === 'money';
		const shown = isMoney ? cell.problem : splitAmount(String(valueOf(cell)).trim()).sign;
		const sign = shown === '' ? inHeader : shown;
		if (sign === '') continue;
		const currency = currencyOf(row);
		if (currency === '') unclear.add(sign);
		if (currency === '' || !isOther(sign, currency)) continue;
		const problem = `shows ${showValue(sign)}, but the currency of its row is ${showValue(currency)}`;
		const places = others.get(problem) ?? [];
		places.push(nameColumn(index) + row.row);
		others.set(problem, places);
	}
	const problems = [...others].map(
		([problem, places]) => `${namePlaces(places, key, problem)}. ${ADVICE.money}`,
	);
	if (UNITS.test(header)) {
		problems.push(
			`The header '${showValue(header)}' says that its amounts are not written in full. Write them in full, and rename it.`,
		);
	}
	const signs = [...unclear].join(', ');
	if (unclear.size > 1) {
		problems.push(
			`The amounts are in several currencies (${signs}). Add a column 'currency' with the code of each.`,
		);
	}
	return {
		problems,
		warnings:
			unclear.size === 1 ? [`amounts are in ${signs}, and no column says the currency`] : [],
	};
}

/** Says which rows and columns with payouts a person does not see. */
export function describeHidden(
	hidden: readonly SheetRow[],
	{ name, hiddenColumns }: Sheet,
	columns: readonly Column[],
): string[] {
	const amount = columns.find(({ field }) => field === 'amount');
	const rows = hidden.map(({ row, values }) => {
		const value = amount ? String(valueOf(values[amount.index])) : '';
		return /\d/.test(value) ? `${row} (amount ${showValue(value)})` : row;
	});
	const isHidden = ({ index }: Column) =>
		hiddenColumns.some(({ first, last }) => index >= first && index <= last);
	const unseen = columns
		.filter((column) => column.field !== undefined && isHidden(column))
		.map(({ index, key }) => `${nameColumn(index)} (${showValue(key)})`);
	const toSee = 'So that you see what is paid, show them';
	return [
		...(rows.length > 0
			? [
					`These rows of the sheet '${showValue(name)}' are hidden: ${listSome(rows)}. ${toSee} (in Excel: clear the filter, or select the rows around them, right-click → Unhide), or delete them.`,
				]
			: []),
		...(unseen.length > 0
			? [
					`These columns are hidden: ${listSome(unseen)}. ${toSee} (in Excel: select the columns beside them, right-click → Unhide).`,
				]
			: []),
	];
}

/** Says which merged cells leave rows, or columns that are read, without a value of their own. */
export function describeMerged(
	{ merged }: Sheet,
	rows: readonly SheetRow[],
	columns: readonly Column[],
): string[] {
	const numbers = rows.map(({ row }) => row).sort((a, b) => a - b);
	const ranges = merged.filter(({ first, last }) => {
		const inside = columns.filter(
			({ field, index }) => field !== undefined && index >= first.column && index <= last.column,
		);
		// A value that is wider than its column is no trouble.
		if (inside.length < (first.row === last.row ? 2 : 1)) return false;
		return findFrom(numbers, first.row) < findFrom(numbers, last.row + 1);
	});
	if (ranges.length === 0) return [];
	return [
		`Cells are merged, so that only the first of them has a value: ${listSome(ranges.map(({ name }) => name))}. Unmerge them, and fill in every cell.`,
	];
}

/** Finds the place of the first number that is not below `from`, in a sorted list. */
function findFrom(numbers: readonly number[], from: number): number {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((numbers[middle] ?? 0) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Names the columns that are read and stand apart from the amount, as those of a table beside it do. */
export function describeApart(columns: readonly Column[]): string[] {
	let block = 0;
	const blocks = columns.map(({ index }, at) => {
		if (at > 0 && index - (columns[at - 1]?.index ?? index) > 1) block++;
		return block;
	});
	const own = blocks[columns.findIndex(({ field }) => field === 'amount')];
	const apart = columns.filter(({ field }, at) => field !== undefined && blocks[at] !== own);
	if (own === undefined || apart.length === 0) return [];
	const names = apart.map(({ index, key }) => `${nameColumn(index)} (${showValue(key)})`);
	return [`these columns are read, but stand apart behind an empty one: ${listSome(names)}`];
}
