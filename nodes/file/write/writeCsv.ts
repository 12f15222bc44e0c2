import type { GiveTurn } from '../sheet';

export type Rows = ReadonlyArray<Record<string, unknown>>;
/** A value as a file can hold it: finite numbers, true and false, everything else as text. */
export type Value = string | number | boolean;

/** With how many texts were longer than Excel allows, and were cut. */
export type WrittenFile = { bytes: Buffer; cutCount: number };

/** How a formula begins; the apostrophe, too, so that a reader can remove the one added here. */
const GUARDED = /^(?!-\d+(?:\.\d+)?(?:e[+-]\d+)?$)[=+\-@\t\r']/;
/** With a semicolon or a tab, too: programs that split there could find a formula behind it. */
const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/**
 * Writes rows as CSV for Excel: UTF-8 with a byte order mark, commas, quotes as in RFC 4180. A text
 * that Excel would take for a formula, or that begins with an apostrophe, gets an apostrophe in front.
 * A reader removes one apostrophe where `=`, `+`, `-`, `@`, a tab, a return or another one follows.
 */
export async function writeCsv(rows: Rows, giveTurn: GiveTurn): Promise<WrittenFile> {
	const columns = await listColumns(rows, giveTurn);
	const lines = [Buffer.from('\ufeff')];
	if (columns.length > 0) lines.push(writeLine(columns));
	for (const row of columns.length > 0 ? rows : []) {
		await giveTurn();
		lines.push(writeLine(columns.map((column) => readValue(row, column))));
	}
	return { bytes: Buffer.concat(lines), cutCount: 0 };
}

function writeLine(values: readonly Value[]): Buffer<ArrayBuffer> {
	const fields = values.map((value) => {
		const text = String(value).replace(GUARDED, "'$&");
		return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	});
	// Many readers skip an empty line.
	return Buffer.from(`${fields.join(',') || '""'}\r\n`);
}

/** Lists the keys of all rows in the order in which they first appear. */
export async function listColumns(rows: Rows, giveTurn: GiveTurn): Promise<string[]> {
	const columns = new Set<string>();
	for (const row of rows) {
		await giveTurn();
		for (const column of Object.keys(row)) columns.add(column);
	}
	return [...columns];
}

/** Reads what a file can hold of a row's value in a column; an empty text where that is nothing. */
export function readValue(row: Record<string, unknown>, column: string): Value {
	const value = Object.hasOwn(row, column) ? (row[column] ?? '') : '';
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : '';
	if (typeof value === 'bigint') return String(value);
	if (value instanceof Date) return value.toJSON() ?? '';
	try {
		const keepDigits = (_: string, part: unknown) => (typeof part === 'bigint' ? `${part}` : part);
		return JSON.stringify(value, keepDigits) ?? '';
	} catch {
		// One value that contains itself must not cost the person the whole file.
		return Object.prototype.toString.call(value);
	}
}
