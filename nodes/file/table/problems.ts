import { listSome, showValue } from '../../payout/text/shownValue';
import { ADVICE, nameColumn, valueOf } from '../sheet';
import type { OddKind, Sheet, SheetRow } from '../sheet';
import { describeColumn } from './columns';
import type { Column } from './columns';

export const MAX_NAMED = 10;

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
	const all = [...kinds];
	return all.map(([kind, odd]) => describePlaces(odd.places, key, odd.problem, ADVICE[kind]));
}

/** Says what is wrong with some values of a column, and what to do. */
export function describePlaces(places: string[], key: string, problem: string, advice: string) {
	const [first, ...others] = places;
	const same = others.length > 0 ? `, and so it is with ${listSome(others, MAX_NAMED)}` : '';
	return `Cell ${first} (${showValue(key)}) ${problem}${same}. ${advice}`;
}

/** Finds amounts such as 1,250 that were split at the comma, where all other rows have a point and words. */
export function describeSplitAmounts({ index }: Column, rows: readonly SheetRow[]): string[] {
	const pairs = rows.map(({ row, values }) => {
		const [amount = '', next = ''] = [index, index + 1].map((column) => String(values[column]));
		const isSplit = /^\d{1,3}$/.test(amount) && /^(?:\d\d|\d{3}(?:\.\d\d?)?)$/.test(next);
		const isWhole = /^\d+\.\d\d?$/.test(amount) && /\p{L}/u.test(next);
		return { row, written: `${amount},${next}`, isSplit, isWhole };
	});
	const split = pairs.filter(({ isSplit }) => isSplit);
	const others = pairs.filter(({ isSplit }) => !isSplit);
	if (others.length === 0 || !others.every(({ isWhole }) => isWhole)) return [];
	return split.slice(0, MAX_NAMED).map(({ row, written }) => {
		return `In row ${row}, a comma seems to split the amount ${written} in two. Put it in quotation marks, or write it without the comma.`;
	});
}

/** Says which rows and columns with payouts a person does not see. */
export function describeHidden(hidden: SheetRow[], sheet: Sheet, columns: Column[]): string[] {
	const { name, hiddenColumns } = sheet;
	const amount = columns.find(({ field }) => field === 'amount');
	const rows = hidden.map(({ row, values }) => {
		const value = amount ? String(valueOf(values[amount.index])) : '';
		return /\d/.test(value) ? `${row} (amount ${showValue(value)})` : String(row);
	});
	const isHidden = ({ index }: Column) =>
		hiddenColumns.some(({ first, last }) => index >= first && index <= last);
	const unseen = columns.filter((column) => column.field !== undefined && isHidden(column));
	const list = (names: readonly string[]) =>
		`${listSome(names, MAX_NAMED)}. So that you see what is paid, show them`;
	const ofRows = `These rows of the sheet '${showValue(name)}' are hidden: ${list(rows)} (in Excel: clear the filter, or select the rows around them, right-click → Unhide), or delete them.`;
	const ofColumns = `These columns are hidden: ${list(unseen.map(describeColumn))} (in Excel: select the columns beside them, right-click → Unhide).`;
	return [...(rows.length > 0 ? [ofRows] : []), ...(unseen.length > 0 ? [ofColumns] : [])];
}

/** Says which merged cells leave rows, or columns that are read, without a value of their own. */
export function describeMerged({ merged }: Sheet, rows: SheetRow[], columns: Column[]): string[] {
	const names: string[] = [];
	let next = 0;
	for (const { name, first, last } of [...merged].sort((a, b) => a.first.row - b.first.row)) {
		while ((rows[next]?.row ?? Infinity) < first.row) next++;
		const inside = columns.filter(
			({ field, index }) => field !== undefined && index >= first.column && index <= last.column,
		);
		// A value that is wider than its column is no trouble.
		const isTrouble = inside.length >= (first.row === last.row ? 2 : 1);
		if (isTrouble && (rows[next]?.row ?? Infinity) <= last.row) names.push(name);
	}
	const problem = `Cells are merged, so that only the first of them has a value: ${listSome(names, MAX_NAMED)}. Unmerge them, and fill in every cell.`;
	return names.length > 0 ? [problem] : [];
}

/** Names the columns that are read and stand apart from the amount, as those of a table beside it do. */
export function describeApart(columns: readonly Column[]): string[] {
	const amount = columns.find(({ field }) => field === 'amount');
	const starts = columns.filter(({ index }, at) => columns[at - 1]?.index !== index - 1);
	const blockOf = ({ index }: Column) => starts.filter((start) => start.index <= index).at(-1);
	const isApart = (column: Column) => amount && blockOf(column) !== blockOf(amount);
	const apart = columns.filter((column) => column.field && isApart(column));
	if (apart.length === 0) return [];
	const names = listSome(apart.map(describeColumn), MAX_NAMED);
	return [`these columns are read, but stand apart behind an empty one: ${names}`];
}
