import { FileError } from '../fileError';
import { looksLikePayout, MAX_COLUMNS, MAX_ROWS_IN_MEMORY } from '../sheet';
import type { GiveTurn, ReadSettings, Sheet, SheetRow } from '../sheet';
import { findHeader, MAX_ROWS_TO_LOOK_AT } from '../table/headerRow';

/** One record of a CSV file (RFC 4180), which can have several lines. */
interface CsvRecord {
	line: number;
	values: string[];
	problem?: string;
}

const NAMES: Readonly<Record<string, string>> = {
	',': 'a comma',
	';': 'a semicolon',
	'\t': 'a tab',
};
const DELIMITERS = [',', ';', '\t', '|', '^', '~', ':'];
/** Excel's own way to name the delimiter; it does not show the line. */
const NAMED_DELIMITER = /^sep=([^\r\n])(?:\r\n|\r|\n|$)/i;
const LINE_END = /\r\n|\r|\n/;
const LOOK_AT_CHARACTERS = 100_000;
const MAX_PROBLEMS = 20;

/** Reads a CSV file by its best delimiter. Throws a `FileError` that names the lines with misplaced marks. */
export async function readCsv(text: string, settings: ReadSettings, giveTurn: GiveTurn) {
	const [named = '', own = ''] = NAMED_DELIMITER.exec(text) ?? [];
	const rest = text.slice(named.length);
	const { delimiter, found } = findDelimiter(rest, settings.delimiter || own, settings);
	const headerRow = found?.header.row ?? 0;
	const width = found?.header.values.length ?? Infinity;
	const rows: SheetRow[] = [];
	const problems: string[] = [];
	const isFilled = (value: string) => value.trim() !== '';
	let row = 0;
	for (const { line, values, problem } of readRecords(rest, delimiter, named === '' ? 1 : 2)) {
		await giveTurn();
		row++;
		let wrong = problem;
		if (row >= headerRow && holdsRows(values, delimiter)) {
			wrong ??= `The quotation mark in line ${line} makes one cell of a whole row, or of several, so that rows are missing. Remove it, or close it where the cell ends; if the text is right, remove ${nameDelimiter(delimiter)} from it.`;
		} else if (row > headerRow && values.slice(width).some(isFilled)) {
			wrong ??= `Line ${line} has ${values.length} values for ${width} columns. Perhaps a value contains ${nameDelimiter(delimiter)}, as an amount with thousands can: put it in quotation marks, or save the sheet as an Excel workbook (.xlsx).`;
		}
		if (wrong !== undefined) problems.push(wrong);
		if (problems.length > MAX_PROBLEMS || rows.length > MAX_ROWS_IN_MEMORY) break;
		if (values.some(isFilled)) rows.push({ row, values: values.map(readValue), isHidden: false });
	}
	if (problems.length > 0) throw new FileError(problems);
	const sheet: Sheet = { name: '', delimiter, rows, lastRow: row, hiddenColumns: [], merged: [] };
	return { sheet, found };
}

/** Finds the delimiter that gives the first rows the best headers, whatever else is wrong with them. */
function findDelimiter(text: string, wanted: string, settings: ReadSettings) {
	const beginning = text.slice(0, LOOK_AT_CHARACTERS);
	const candidates = wanted ? [wanted] : DELIMITERS.filter((each) => beginning.includes(each));
	const count = Math.max(MAX_ROWS_TO_LOOK_AT, Number(settings.headerRow) || 0);
	const [best] = candidates
		.map((delimiter) => {
			const rows: SheetRow[] = [];
			for (const { values } of readRecords(text, delimiter, 1)) {
				rows.push({ row: rows.length + 1, values: values.map(readValue), isHidden: false });
				if (rows.length >= count) break;
			}
			const width = rows.reduce((most, { values }) => Math.max(most, values.length), 0);
			return { delimiter, width, found: findHeader(rows, settings) };
		})
		.sort((a, b) => (b.found?.score ?? 0) - (a.found?.score ?? 0) || b.width - a.width);
	return best ?? { delimiter: ',', found: undefined };
}

/** Calls a delimiter what people call it. */
export function nameDelimiter(delimiter: string): string {
	return NAMES[delimiter] ?? `'${delimiter}'`;
}

/**
 * Whether a value of several lines, or alone in its row, holds delimiters as rows have them: right before
 * the next value, where people write a space, or as many as the row needs beside account and amount.
 */
function holdsRows(values: readonly string[], delimiter: string): boolean {
	const isAlone = values.filter((value) => value.trim() !== '').length === 1;
	return values.some((value) => {
		if (!isAlone && !LINE_END.test(value)) return false;
		const [, ...behind] = value.split(delimiter);
		if (behind.filter((text) => /^\S/.test(text)).length > 1) return true;
		const parts = value.split(LINE_END).flatMap((line) => line.split(delimiter));
		return behind.length > 0 && behind.length >= values.length - 1 && looksLikePayout(parts);
	});
}

function* readRecords(text: string, delimiter: string, firstLine: number): Generator<CsvRecord> {
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
				at = text.length;
			}
		}
		at += text.startsWith('\r\n', at) ? 2 : 1;
		line++;
		yield record;
	}
}

function findClosingQuote(text: string, from: number): number {
	let end = text.indexOf('"', from);
	while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
	return end < 0 ? text.length : end;
}

/** Removes what guards a text from being taken for something else: `="00123"`, and our own `'=1+1`. */
function readValue(written: string): string {
	const [, shown] = /^="([^"]*)"$/.exec(written) ?? [];
	return shown ?? written.replace(/^'(?=[=+@\t\r'-])/, '');
}
