import type { ColumnId } from '../../payout/headers/matchColumns';
import { isEmpty } from '../../payout/text/characters';
import { listSome, showValue } from '../../payout/text/shownValue';
import { findCurrency } from '../currencies';
import { FileError } from '../fileError';
import { looksLikePayout, MAX_ROWS, MAX_ROWS_IN_MEMORY, valueOf } from '../sheet';
import type { GiveTurn, ReadSettings, Sheet, SheetRow } from '../sheet';
import { checkAmounts, normalizeAmount } from './amounts';
import { BANK_ACCOUNTS, readColumns, ROW_KEY, withdraw } from './columns';
import type { Columns } from './columns';
import {
	describeApart,
	describeHidden,
	describeMerged,
	describeOdd,
	describeSplitAmounts,
	MAX_NAMED,
} from './problems';
import { classifyRow, PREFILLED } from './rowKinds';
import type { RowKind } from './rowKinds';

export type TableRow = Record<string, string | number>;
export type Table = Awaited<ReturnType<typeof readTable>>;
type SortedRow = { row: SheetRow; kind: RowKind };
export const NO_ROWS = 'The file has no rows. Check that it is the right one.';
/** What is so odd in one of these is worth a refusal, even where the header only seems to mean it. */
const IDENTIFYING: readonly ColumnId[] = ['reference', 'amount', 'currency', ...BANK_ACCOUNTS];

/**
 * Makes items of the rows under the headers; totals, notes and the like are left out. Without headers,
 * columns are called A, B, C. Throws a `FileError` for everything that a person cannot have seen.
 */
export async function readTable(
	sheet: Sheet,
	header: SheetRow | undefined,
	{ hiddenRows, decimalSeparator, columns: confirmed }: ReadSettings,
	giveTurn: GiveTurn,
) {
	const firstRow = (header?.row ?? 0) + 1;
	const below = sheet.rows.filter(({ row }) => row >= firstRow);
	if (below.length > MAX_ROWS || sheet.rows.length > MAX_ROWS_IN_MEMORY) {
		const what = sheet.name === '' ? 'The file' : `The sheet '${showValue(sheet.name)}'`;
		const count = MAX_ROWS.toLocaleString('en');
		throw new FileError([`${what} has more than ${count} rows. Split it into several files.`]);
	}
	const filled = new Set<number>();
	for (const { values } of below) {
		await giveTurn();
		// Of a row with a value in its last column, not each of 16,384.
		for (const column of Object.keys(values).map(Number)) {
			if (!filled.has(column) && !isEmpty(values[column])) filled.add(column);
		}
	}
	const read = readColumns(header, filled, confirmed);
	const { columns, fixed, problems } = read;

	const sorted: SortedRow[] = [];
	for (const row of below) {
		await giveTurn();
		sorted.push({ row, kind: classifyRow(row, header, columns) });
	}
	const isPayout = ({ kind }: SortedRow) => kind === 'payout';
	const hidden = sorted.filter((each) => isPayout(each) && each.row.isHidden).map(({ row }) => row);
	const seen = hiddenRows === 'skip' ? sorted.filter(({ row }) => !row.isHidden) : sorted;
	const payouts = seen.filter(isPayout).map(({ row }) => row);
	const other = sorted.find(({ kind }) => kind === 'otherHeaders')?.row;
	const otherTable = `Row ${other?.row} has the headers in another order, so that the rows under it are another table. Move them to another sheet, or under the headers of row ${header?.row}.`;
	if (other) problems.push(otherTable);
	const above = sheet.rows.find(({ row, values }) => {
		return row < firstRow - 1 && looksLikePayout(values.map((cell) => String(valueOf(cell))));
	});
	const unread = `Row ${above?.row} looks like a payout, but stands above the headers in row ${header?.row}. Keep one table in the sheet.`;
	if (above) problems.push(unread);
	for (const column of columns.filter(({ field }) => field !== undefined)) {
		await giveTurn();
		const odd = describeOdd(column, payouts);
		// A proposal pays nothing: "Invoice date" is no reference, and a note can have a date.
		const isIdentifying = IDENTIFYING.some((id) => id === column.field);
		const isMeant = !column.proposedBy || (column.proposedBy === 'synonym' && isIdentifying);
		if (isMeant) problems.push(...odd);
		else if (odd.length > 0) withdraw(column);
	}
	if (hiddenRows === 'refuse') {
		const unseen = header?.isHidden ? [header, ...hidden] : hidden;
		problems.push(...describeHidden(unseen, sheet, columns));
	}
	problems.push(...describeMerged(sheet, payouts, columns));
	const column = columns.find(({ field }) => field === 'amount');
	const currencyOf = ({ values }: SheetRow) =>
		findCurrency((id) => {
			const place = columns.find(({ field }) => field === id)?.index ?? -1;
			return String(fixed[id] ?? valueOf(values[place])).trim();
		});
	const amounts =
		column && (await checkAmounts(column, payouts, decimalSeparator, currencyOf, giveTurn));
	problems.push(...(amounts?.problems ?? []));
	if (column && sheet.delimiter === ',') problems.push(...describeSplitAmounts(column, payouts));
	const made = await makeItems(seen, read, amounts?.separator, giveTurn);
	if (made.rows.length === 0) {
		const kinds = made.leftOut.map(({ row, kind }) => `row ${row.row} (${kind})`);
		const leftOut = `No row is a payout. Left out: ${listSome(kinds, MAX_NAMED)}.`;
		problems.push(kinds.length === 0 ? NO_ROWS : leftOut);
	}
	if (problems.length > 0) throw new FileError(problems);
	return {
		...read,
		...made,
		emptyRows: sheet.lastRow - firstRow + 1 - sorted.filter(({ kind }) => kind !== 'empty').length,
		hiddenRows: hidden.map(({ row }) => row),
		decimalSeparator: amounts?.separator,
		warnings: [...describeApart(columns), ...(amounts?.warnings ?? []), ...made.warnings],
	};
}

/** Makes the items, and compares the sums that the sheet has with those of the rows above them. */
async function makeItems(
	sorted: readonly SortedRow[],
	{ columns, fixed }: Columns,
	separator: string | undefined,
	giveTurn: GiveTurn,
) {
	const rows: TableRow[] = [];
	const leftOut: SortedRow[] = [];
	const warnings: string[] = [];
	let sum = 0;
	let sumSinceTotal = 0;
	for (const { row, kind } of sorted) {
		await giveTurn();
		const item: TableRow = { [ROW_KEY]: row.row };
		let cents = 0;
		for (const { key, field, index } of columns) {
			const value = valueOf(row.values[index]);
			const isText = field === 'amount' && typeof value === 'string';
			item[key] = isText ? normalizeAmount(value.trim(), separator) : value;
			if (field === 'amount') cents = Math.round(Number(item[key]) * 100);
		}
		const filled = columns.filter(({ index }) => !isEmpty(row.values[index]));
		const own = filled.filter(({ field = '' }) => field !== 'amount' && !PREFILLED.includes(field));
		// A sum can have no word beside it.
		const isNamed = own.some(({ field }) => field && IDENTIFYING.includes(field));
		const isAlone = own.length < 2 && !isNamed;
		const isSum = kind === 'total' || (rows.length > 1 && isAlone && cents > 0 && cents === sum);
		if (kind === 'payout' && !isSum) {
			rows.push(Object.assign(item, fixed));
			sum += cents;
			sumSinceTotal += cents;
		} else if (kind !== 'empty') {
			leftOut.push({ row, kind: isSum ? 'total' : kind });
		}
		if (!isSum) continue;
		if (cents > 0 && sum > 0 && cents !== sum && cents !== sumSinceTotal) {
			const [named, added] = [cents, sum].map((each) => (each / 100).toFixed(2));
			const warning = `the total in row ${row.row} is ${named}, but the rows above add up to ${added}`;
			warnings.push(warning);
		}
		sumSinceTotal = 0;
	}
	return { rows, leftOut, warnings };
}
