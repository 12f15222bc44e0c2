import type { JsonObject } from '../json/jsonObject';

/** Where nodes that read a sheet say which row of it this is: 'Read Payout File', Google Sheets. */
const COLUMNS: readonly string[] = ['row', 'row_number'];

/** No sheet has more rows. It is shown, and must not be the number of a card or an account. */
const MAX_ROW_NUMBER = 99_999_999;

/** Whether a column holds the number of its row: a number, and no text that looks like one. */
export function isRowNumber(header: string, value: unknown): boolean {
	return (
		COLUMNS.includes(header) &&
		Number.isInteger(value) &&
		Number(value) >= 1 &&
		Number(value) <= MAX_ROW_NUMBER
	);
}

/** The number by which people know a row: its own, or else how many rows there are up to it. */
export function numberRow(row: Readonly<JsonObject>, index: number): number {
	const column = COLUMNS.find((name) => isRowNumber(name, row[name]));
	return column === undefined ? index + 1 : Number(row[column]);
}
