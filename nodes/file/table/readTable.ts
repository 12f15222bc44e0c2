import type { ColumnId } from '../../payout/headers/matchColumns';
import { isEmpty } from '../../payout/text/characters';
import { findCurrency } from '../currencies';
import { createLengthError, MAX_ROWS, MAX_ROWS_IN_MEMORY, nameColumn, valueOf } from '../sheet';
import type { Sheet, SheetRow } from '../sheet';
import { chooseSeparator, normalizeAmount, noteSeparator } from './amounts';
import type { DecimalSeparator, Separators } from './amounts';
import { readColumns, ROW_KEY } from './columns';
import type { Column, Columns, ConfirmedColumns } from './columns';
import {
	compareCurrencies,
	describeApart,
	describeHidden,
	describeMerged,
	describeOdd,
} from './problems';
import { classifyRow, isPrefilled } from './rowKinds';
import type { RowKind } from './rowKinds';

export interface TableSettings {
	columns: ConfirmedColumns;
	/** What to do with rows that a person cannot see. */
	hiddenRows: 'refuse' | 'include' | 'skip';
	decimalSeparator: DecimalSeparator;
}

/** A row as an item has it: its number, and its columns by their headers. */
export type TableRow = Record<string, string | number>;

export interface Table extends Columns {
	rows: TableRow[];
	emptyRows: number;
	/** The numbers of hidden rows, which are among the rows or left out. */
	hiddenRows: number[];
	/** The rows that are no payouts. */
	leftOut: Array<{ row: SheetRow; kind: RowKind }>;
	decimalSeparator: string | undefined;
	/** What is worth a look, but can be right. */
	warnings: string[];
}

/** What is so odd in one of these is worth a refusal, even where the header only seems to mean it. */
const IDENTIFYING: readonly ColumnId[] = [
	'reference',
	'amount',
	'currency',
	'iban',
	'bank_account_number',
	'account_number',
];

/**
 * Makes items of the rows under the headers, and finds what a person cannot have seen. Without
 * headers, columns are called A, B, C and all rows are read. Throws a `FileError` for too many rows.
 */
export async function readTable(
	sheet: Sheet,
	header: SheetRow | undefined,
	settings: TableSettings,
	giveTurn: () => Promise<void>,
): Promise<Table> {
	const firstRow = (header?.row ?? 0) + 1;
	const below = sheet.rows.filter(({ row }) => row >= firstRow);
	const isCut = sheet.rows.length > MAX_ROWS_IN_MEMORY;
	if (below.length > MAX_ROWS || isCut) throw createLengthError(sheet.name);
	const filled = [...sheet.filled].flatMap(([column, row]) => (row >= firstRow ? [column] : []));
	const read = readColumns(header, new Set(filled), settings.columns);
	const { columns, problems } = read;

	const sorted: SortedRow[] = [];
	for (const row of below) {
		await giveTurn();
		sorted.push({ row, kind: classifyRow(row, header, columns) });
	}
	const all = sorted.flatMap(({ row, kind }) => (kind === 'payout' ? [row] : []));
	const hidden = all.filter(({ isHidden }) => isHidden);
	const isSkipped = ({ isHidden }: SheetRow) => settings.hiddenRows === 'skip' && isHidden;
	const payouts = all.filter((row) => !isSkipped(row));
	const other = sorted.find(({ kind }) => kind === 'otherHeaders')?.row;
	if (other) {
		problems.push(
			`Row ${other.row} has the headers in another order, so that the rows under it are another table. Move them to another sheet, or under the headers of row ${header?.row}.`,
		);
	}
	const above = sheet.rows.find((row) => header && row.row < header.row && looksLikePayout(row));
	if (above) {
		problems.push(
			`Row ${above.row} looks like a payout, but stands above the headers in row ${header?.row}. Keep one table in the sheet.`,
		);
	}
	for (const column of columns.filter(({ field }) => field !== undefined)) {
		await giveTurn();
		const odd = describeOdd(column, payouts);
		// A proposal pays nothing: "Invoice date" is no reference, and a note can have a date.
		const isIdentifying = IDENTIFYING.some((id) => id === column.field);
		const isMeant = !column.proposedBy || (column.proposedBy === 'synonym' && isIdentifying);
		if (odd.length > 0 && !isMeant) delete column.field;
		else problems.push(...odd);
	}
	if (settings.hiddenRows === 'refuse') {
		const unseen = header?.isHidden ? [header, ...hidden] : hidden;
		problems.push(...describeHidden(unseen, sheet, columns));
	}
	problems.push(...describeMerged(sheet, payouts, columns));
	const amounts = await readAmounts(payouts, read, settings, giveTurn);
	problems.push(...amounts.problems);
	const made = await makeItems(
		sorted.filter(({ row }) => !isSkipped(row)),
		read,
		amounts.amountOf,
		giveTurn,
	);
	return {
		...read,
		...made,
		emptyRows: sheet.lastRow - firstRow + 1 - sorted.filter(({ kind }) => kind !== 'empty').length,
		hiddenRows: hidden.map(({ row }) => row),
		decimalSeparator: amounts.separator,
		warnings: [...describeApart(columns), ...amounts.warnings, ...made.warnings],
	};
}

/** Whether a row has an account and an amount, whatever its columns are. */
function looksLikePayout({ values }: SheetRow): boolean {
	const texts = values.map((cell) => String(valueOf(cell)).trim());
	const isAccount = (text: string) => /^(?:[A-Z]{2}\d{2}[A-Z\d ]{8,}|\d{8,})$/.test(text);
	const isAmount = (text: string) => /^\D{0,4}\d{1,7}(?:[.,'’ ]\d{2,3})*\D{0,4}$/.test(text);
	return texts.some(isAccount) && texts.some((text) => !isAccount(text) && isAmount(text));
}

interface SortedRow {
	row: SheetRow;
	kind: RowKind;
}

/** Finds how the amounts are written, and compares their currencies; `amountOf` gives one for an item. */
async function readAmounts(
	payouts: readonly SheetRow[],
	{ columns, fixed }: Columns,
	{ decimalSeparator }: TableSettings,
	giveTurn: () => Promise<void>,
) {
	const column = columns.find(({ field }) => field === 'amount');
	if (!column) return { problems: [], warnings: [], amountOf: () => '' };
	const read = ({ values }: SheetRow) => valueOf(values[column.index]);
	const separators: Separators = new Map();
	for (const row of payouts) {
		await giveTurn();
		const value = read(row);
		const place = nameColumn(column.index) + row.row;
		if (typeof value === 'string') noteSeparator(separators, place, value.trim());
	}
	const { separator, problem } = chooseSeparator(separators, decimalSeparator);
	const currencyOf = ({ values }: SheetRow) =>
		findCurrency((id) => {
			const place = columns.find(({ field }) => field === id)?.index ?? -1;
			return String(fixed[id] ?? valueOf(values[place])).trim();
		});
	const { problems, warnings } = await compareCurrencies(column, payouts, currencyOf, giveTurn);
	return {
		separator,
		problems: problem === undefined ? problems : [...problems, problem],
		warnings,
		amountOf: (row: SheetRow) => {
			const value = read(row);
			return typeof value === 'number' ? value : normalizeAmount(value.trim(), separator);
		},
	};
}

/** How many values a row has besides what is the same in many; an account or a reference counts twice. */
function countOwn({ values }: SheetRow, columns: readonly Column[]): number {
	const filled = columns.filter(
		({ field, index }) => !isEmpty(values[index]) && field !== 'amount' && !isPrefilled(field),
	);
	return filled.reduce((sum, { field }) => sum + (field && IDENTIFYING.includes(field) ? 2 : 1), 0);
}

/** Makes the items, and compares the sums that the sheet has with those of the rows above them. */
async function makeItems(
	sorted: readonly SortedRow[],
	{ columns, fixed }: Columns,
	amountOf: (row: SheetRow) => string | number,
	giveTurn: () => Promise<void>,
): Promise<Pick<Table, 'rows' | 'leftOut' | 'warnings'>> {
	const rows: TableRow[] = [];
	const leftOut: Table['leftOut'] = [];
	const warnings: string[] = [];
	let sum = 0;
	let sumSinceTotal = 0;
	for (const { row, kind } of sorted) {
		await giveTurn();
		const amount = amountOf(row);
		const cents = Math.round(Number(amount) * 100);
		const isAlone = countOwn(row, columns) <= 1;
		// It can have no word beside it.
		const isSum = kind === 'total' || (rows.length > 1 && isAlone && cents > 0 && cents === sum);
		if (kind === 'payout' && !isSum) {
			const item: TableRow = { [ROW_KEY]: row.row };
			for (const { key, field, index } of columns) {
				item[key] = field === 'amount' ? amount : valueOf(row.values[index]);
			}
			rows.push(Object.assign(item, fixed));
			sum += cents;
			sumSinceTotal += cents;
		} else if (kind !== 'empty') {
			leftOut.push({ row, kind: isSum ? 'total' : kind });
		}
		if (!isSum) continue;
		if (cents > 0 && sum > 0 && cents !== sum && cents !== sumSinceTotal) {
			const [named, added] = [cents, sum].map((each) => (each / 100).toFixed(2));
			warnings.push(
				`the total in row ${row.row} is ${named}, but the rows above add up to ${added}`,
			);
		}
		sumSinceTotal = 0;
	}
	return { rows, leftOut, warnings };
}
