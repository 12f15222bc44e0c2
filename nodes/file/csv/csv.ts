import type { ColumnId } from '../../payout/headers/matchColumns';
import { FileError } from '../fileError';
import { createLengthError, MAX_COLUMNS, MAX_ROWS_IN_MEMORY } from '../sheet';
import type { Sheet, SheetRow } from '../sheet';
import { splitAmount } from '../table/amounts';
import { ACCOUNTS, readColumns } from '../table/columns';
import type { ConfirmedColumns } from '../table/columns';
import { MAX_ROWS_TO_LOOK_AT } from '../table/headerRow';
import type { FoundHeader } from '../table/headerRow';

/** One record of a CSV file (RFC 4180), which can have several lines. */
interface CsvRecord {
	/** From 1, as a text editor counts it. */
	line: number;
	values: string[];
	problem?: string;
}

interface CsvSettings {
	delimiter: string;
	headerRow: number | string;
	columns: ConfirmedColumns;
}

export interface CsvFile {
	sheet: Sheet;
	found: FoundHeader | undefined;
	delimiter: string;
}

const DELIMITERS = [',', ';', '\t', '|', '^', '~', ':'];
/** Excel's own way to name the delimiter; it does not show the line. */
const NAMED_DELIMITER = /^sep=([^\r\n])(?:\r\n|\r|\n|$)/i;
const LINE_END = /\r\n|\r|\n/;
const LINE_BREAK = /[\r\n]/g;
const LOOK_AT_CHARACTERS = 100_000;
const MAX_PROBLEMS = 20;
/** Far more than a cell of Excel holds. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Reads a CSV file, with the delimiter by which its headers say most. Throws a `FileError` that names
 * the lines in which quotation marks or delimiters are not where they belong.
 *
 * @param settings the delimiter, empty to find it, and where the headers are
 */
export async function readCsv(
	text: string,
	{ delimiter: chosen, headerRow, columns }: CsvSettings,
	findHeader: (rows: readonly SheetRow[]) => FoundHeader | undefined,
	giveTurn: () => Promise<void>,
): Promise<CsvFile> {
	const [line = '', named = ''] = NAMED_DELIMITER.exec(text) ?? [];
	const rest = text.slice(line.length);
	const wanted = chosen || named;
	const count = Math.max(MAX_ROWS_TO_LOOK_AT, Number(headerRow) || 0);
	const beginning = rest.slice(0, LOOK_AT_CHARACTERS);
	const candidates = DELIMITERS.filter((each) => beginning.includes(each));
	const [best] = (wanted === '' ? candidates : [wanted])
		.map((delimiter) => {
			const rows = peek(rest, delimiter, count);
			const width = rows.reduce((most, { values }) => Math.max(most, values.length), 0);
			return { delimiter, width, found: findHeader(rows) };
		})
		.sort((a, b) => (b.found?.score ?? 0) - (a.found?.score ?? 0) || b.width - a.width);
	const { delimiter = ',', found } = best ?? {};
	const firstLine = line === '' ? 1 : 2;
	const places = findPlaces(found?.header, columns);
	const start = { firstLine, header: found?.header, places };
	const sheet = await readRows(rest, delimiter, start, giveTurn);
	return { sheet, found, delimiter };
}

/** Reads the first rows, whatever is wrong with them. */
function peek(text: string, delimiter: string, count: number): SheetRow[] {
	const rows: SheetRow[] = [];
	for (const { values } of readRecords(text, delimiter)) {
		rows.push({ row: rows.length + 1, values: values.map(readValue), isHidden: false });
		if (rows.length >= count) break;
	}
	return rows;
}

async function readRows(
	text: string,
	delimiter: string,
	{
		firstLine,
		header,
		places,
	}: { firstLine: number; header: SheetRow | undefined; places: Places },
	giveTurn: () => Promise<void>,
): Promise<Sheet> {
	const rows: SheetRow[] = [];
	const problems: string[] = [];
	const filled = new Map<number, number>();
	const { width } = places;
	let row = 0;
	for (const { line, values, problem } of readRecords(text, delimiter, firstLine)) {
		await giveTurn();
		row++;
		const isFilled = (value: string) => value.trim() !== '';
		if (problem !== undefined) {
			problems.push(problem);
		} else if (row >= (header?.row ?? 0) && swallowsRows(values, delimiter, places)) {
			problems.push(
				`The quotation mark in line ${line} makes one cell of a whole row, or of several, so that rows are missing. Remove it, or close it where the cell ends; if the text is right, remove ${nameDelimiter(delimiter)} from it.`,
			);
		} else if (row > (header?.row ?? 0) && values.slice(width).some(isFilled)) {
			problems.push(
				`Line ${line} has ${values.length} values for ${width} columns. Perhaps a value contains ${nameDelimiter(delimiter)}, as an amount with thousands can: put it in quotation marks, or save the sheet as an Excel workbook (.xlsx).`,
			);
		}
		if (problems.length > MAX_PROBLEMS) break;
		if (!values.some(isFilled)) continue;
		rows.push({ row, values: values.map(readValue), isHidden: false });
		for (const [column, value] of values.entries()) if (isFilled(value)) filled.set(column, row);
		if (rows.length > MAX_ROWS_IN_MEMORY) throw createLengthError('');
	}
	if (delimiter === ',' && problems.length === 0)
		problems.push(...findSplitAmounts(rows, header, places));
	if (problems.length > 0) throw new FileError(problems);
	return { name: '', rows, lastRow: row, filled, hiddenColumns: [], merged: [] };
}

/** Calls a delimiter what people call it. */
export function nameDelimiter(delimiter: string): string {
	const names = new Map([
		[',', 'a comma'],
		[';', 'a semicolon'],
		['\t', 'a tab'],
	]);
	return names.get(delimiter) ?? `'${delimiter}'`;
}

/**
 * Finds amounts such as 1,250 that were split where commas separate: there is a number behind them, and
 * in all other rows a decimal point in them and words behind.
 */
function findSplitAmounts(
	rows: readonly SheetRow[],
	header: SheetRow | undefined,
	{ amounts: [column = -1, second] }: Places,
): string[] {
	if (!header || column < 0 || second !== undefined) return [];
	const data = rows.filter(({ row }) => row > header.row);
	const texts = ({ values }: SheetRow) => [String(values[column]), String(values[column + 1])];
	const isSplit = (row: SheetRow) => {
		const [amount = '', next = ''] = texts(row);
		return /^\d{1,3}$/.test(amount) && /^(?:\d\d|\d{3}(?:\.\d\d?)?)$/.test(next);
	};
	const split = data.filter(isSplit);
	const others = data.filter((row) => !isSplit(row)).map(texts);
	const isOther = ([amount = '', next = '']: string[]) =>
		/^\d+\.\d\d?$/.test(amount) && /\p{L}/u.test(next);
	if (split.length === 0 || others.length === 0 || !others.every(isOther)) return [];
	return split.slice(0, MAX_PROBLEMS).map((row) => {
		const [amount, next] = texts(row);
		return `In row ${row.row}, a comma seems to split the amount ${amount},${next} in two. Put it in quotation marks, or write it without the comma.`;
	});
}

/** Where the columns of the amount and the accounts stand, from 0. */
interface Places {
	width: number;
	amounts: number[];
	accounts: number[];
}

function findPlaces(header: SheetRow | undefined, confirmed: ConfirmedColumns): Places {
	const { columns } = readColumns(header, new Set(), confirmed);
	const of = (ids: readonly ColumnId[]) =>
		columns.flatMap(({ field, index }) => (field && ids.includes(field) ? [index] : []));
	const width = header?.values.length ?? Infinity;
	return { width, amounts: of(['amount']), accounts: of(ACCOUNTS) };
}

const ACCOUNT_DIGITS = 5;

/**
 * Compares a part of a line with a row: counts its amounts and accounts that look right, none when one
 * looks wrong. Undefined where the part has no such columns. Its first value belongs to column `from`.
 */
function countSigns(
	parts: readonly string[],
	from: number,
	{ amounts, accounts }: Places,
): number | undefined {
	const read = (columns: number[]) =>
		columns
			.flatMap((column) => (column < from ? [] : (parts[column - from] ?? [])))
			.map((part) => part.replaceAll('"', '').trim())
			.filter((part) => part !== '');
	const digits = (text: string) => text.replace(/\D/g, '').length;
	const isAmount = (text: string) =>
		digits(text) > 0 && /^[-+(]?[\d.,'’\s–—-]*\)?$/.test(splitAmount(text).digits);
	const isAccount = (text: string) =>
		digits(text) >= ACCOUNT_DIGITS && !/\s\p{L}{2,}\s/u.test(text);
	const checks = [...read(amounts).map(isAmount), ...read(accounts).map(isAccount)];
	if (checks.length === 0) return undefined;
	return checks.every(Boolean) ? checks.length : 0;
}

/** Whether a value holds the rest of its own row, whole rows, or the beginning of the next one. */
function swallowsRows(values: readonly string[], delimiter: string, places: Places): boolean {
	const { width } = places;
	const isAlone = values.filter((value) => value.trim() !== '').length === 1;
	return values.some((value, index) => {
		const lines = value.split(LINE_END);
		if (lines.length === 1 && !isAlone) return false;
		return lines.some((line, at) => {
			const parts = line.split(delimiter);
			if (parts.length === 1) return false;
			if (width === Infinity) return at > 0 && parts.length >= values.length;
			const from = at === 0 ? index : 0;
			const behind = at === lines.length - 1 && at > 0 ? values.length - index - 1 : 0;
			const isWhole = from + parts.length + behind >= width;
			const signs = countSigns(parts, from, places);
			// A line as wide as the headers, and nothing to compare it with.
			if (signs === undefined) return at > 0 && behind === 0 && parts.length === width;
			return signs >= (isWhole ? 1 : 2);
		});
	});
}

function* readRecords(text: string, delimiter: string, firstLine = 1): Generator<CsvRecord> {
	const plain = new RegExp(`[^\\r\\n${delimiter.replace(/[\\\]^-]/, '\\$&')}]*`, 'y');
	let at = 0;
	let line = firstLine;
	const readPlain = () => {
		plain.lastIndex = at;
		const [value = ''] = plain.exec(text) ?? [];
		at += value.length;
		return value;
	};
	while (at < text.length) {
		const record: CsvRecord = { line, values: [] };
		for (;;) {
			if (text[at] === '"') {
				const end = findClosingQuote(text, at + 1);
				const value = text.slice(at + 1, end).replaceAll('""', '"');
				record.values.push(value);
				line += value.split(LINE_END).length - 1;
				at = end + 1;
				if (end >= text.length) {
					record.problem = `A quotation mark in line ${record.line} is not closed. Remove it, or close it where the cell ends.`;
				} else if (readPlain().trim() !== '') {
					const isLong = line > record.line ? `, which opens in line ${record.line}` : '';
					record.problem = `In line ${line}, text follows a closing quotation mark${isLong}. Remove the mark, or write marks inside of a cell twice.`;
				}
			} else {
				record.values.push(readPlain());
			}
			if (text[at] !== delimiter) break;
			at++;
			if (record.values.length > MAX_COLUMNS) {
				record.problem = `Line ${record.line} has too many columns.`;
				LINE_BREAK.lastIndex = at;
				at = LINE_BREAK.exec(text)?.index ?? text.length;
				break;
			}
		}
		at += text.startsWith('\r\n', at) ? 2 : 1;
		line++;
		yield record;
	}
}

function findClosingQuote(text: string, from: number): number {
	let end = text.indexOf('"', from);
	while (end >= 0 && text[end + 1] === '"' && end - from < MAX_CHARACTERS) {
		end = text.indexOf('"', end + 2);
	}
	return end < 0 || end - from >= MAX_CHARACTERS ? text.length : end;
}

/** Removes what guards a text from being taken for something else: `="00123"`, and our own `'=1+1`. */
function readValue(written: string): string {
	const [, shown] = /^="([^"]*)"$/.exec(written) ?? [];
	return shown ?? written.replace(/^'(?=[=+@\t\r'-])/, '');
}
