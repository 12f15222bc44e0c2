import { FORMAT_AS_TEXT, ROUND_AMOUNT } from '../payout/text/spreadsheetAdvice';

/** Lets others work for a moment; it is called often. */
export type GiveTurn = () => Promise<void>;

export interface ReadSettings {
	/** The name of a sheet, or the number of its tab; empty for the one with payouts. */
	sheet: string;
	/** The number of the row with the headers, or none; `auto` finds it. */
	headerRow: number | 'auto' | 'none';
	/** By field, the header that holds it, or its value for all rows. */
	columns: Readonly<Record<string, string | { value: string | number }>>;
	/** What to do with rows that a person cannot see. */
	hiddenRows: 'refuse' | 'include' | 'skip';
	/** What stands before the cents; `auto` finds it. */
	decimalSeparator: 'auto' | '.' | ',';
	/** A code page of Windows, such as `windows-1252`; empty for Unicode. */
	encoding: string;
	/** One character; empty to find it. */
	delimiter: string;
}

/** A cell with a text, an exact number, or something that may not be what a person sees. */
export type Cell =
	| string
	| number
	| {
			kind: OddKind;
			/** What is handed on of it where it is not paid. */
			value: string | number;
			/** To follow the cell's name: `holds a date (2026-05-12)`; of `money`, the currency's sign. */
			problem: string;
	  };

/** What to do about odd cells: `rounded` is odd in amounts, `money` where the row has another currency. */
export const ADVICE = {
	altered: 'Choose a plain number format, so that you see what is paid.',
	boolean: 'Type the value itself.',
	date: FORMAT_AS_TEXT,
	error: 'Correct its formula, or type the value.',
	escape: 'Write it without underscores.',
	longNumber: `${FORMAT_AS_TEXT} Take its digits from the original.`,
	money: 'Correct the format or the currency.',
	percent: 'Choose a plain number format, and check the value.',
	rounded: ROUND_AMOUNT,
	uncalculated: 'Open the file in Excel or LibreOffice, save it there, and use that file.',
} as const;

export type OddKind = keyof typeof ADVICE;
/** Its number from 1, as Excel shows it, and its cells by column, with holes. */
export type SheetRow = { row: number; values: Array<Cell | undefined>; isHidden: boolean };

export interface Sheet {
	/** Empty for a CSV file, which has a delimiter. */
	name: string;
	delimiter?: string;
	rows: SheetRow[];
	/** The last row with anything in it, even if it shows nothing. */
	lastRow: number;
	/** Ranges of columns, from 0. */
	hiddenColumns: Array<{ first: number; last: number }>;
	merged: Array<{ name: string; first: Place; last: Place }>;
}

/** The column from 0, and the row from 1. */
type Place = { column: number; row: number };
export const MAX_ROWS = 100_000;
/** With headers, and what stands above them. */
export const MAX_ROWS_IN_MEMORY = MAX_ROWS + 100;
export const MAX_COLUMNS = 16_384;

/** The text or the number in a cell. */
export function valueOf(cell: Cell | undefined): string | number {
	return typeof cell === 'object' ? cell.value : (cell ?? '');
}

/** Whether the texts of a row have an account and an amount, whatever its columns are. */
export function looksLikePayout(values: readonly string[]): boolean {
	const texts = values.map((value) => value.trim());
	const isAccount = (text: string) => /^(?:[A-Z]{2}\d{2}[A-Z\d ]{8,}|\d{8,})$/.test(text);
	const isAmount = (text: string) => /^\D{0,4}\d{1,7}(?:[.,'’ ]\d{2,3})*\D{0,4}$/.test(text);
	return texts.some(isAccount) && texts.some((text) => !isAccount(text) && isAmount(text));
}

/** Names a column, counted from 0, as Excel does: 0 is A, 26 is AA. */
export function nameColumn(column: number): string {
	const letter = String.fromCharCode(65 + (column % 26));
	return column < 26 ? letter : nameColumn(Math.floor(column / 26) - 1) + letter;
}

/** Reads the place of a cell, such as `AB12`; undefined for others. */
export function readPlace(place: string): Place | undefined {
	const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(place) ?? [];
	if (letters === undefined) return undefined;
	let column = 0;
	for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
	return { column: column - 1, row: Number(digits) };
}
