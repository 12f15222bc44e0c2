import { createDamageError, FileError } from '../fileError';
import { MAX_COLUMNS, MAX_ROWS_IN_MEMORY, readPlace } from '../sheet';
import type { Cell, Sheet, SheetRow } from '../sheet';
import { showCode, toIsoDate } from './numberFormats';
import type { NumberFormat } from './numberFormats';
import { isShown, isTrue } from './workbook';
import type { Workbook } from './workbook';
import { readAttributes, readXml } from './xml';

interface RawCell {
	type: string;
	format: NumberFormat | undefined;
	value?: string;
	hasFormula?: true;
}

/** Reads the filled rows of a sheet. Throws a `FileError` when it is damaged or too large. */
export async function readSheetXml(
	pieces: AsyncIterable<Uint8Array>,
	name: string,
	workbook: Workbook,
) {
	const sheet: Sheet = { name, rows: [], lastRow: 0, hiddenColumns: [], merged: [] };
	let row: SheetRow = { row: 0, values: [], isHidden: false };
	let column = -1;
	let cell: RawCell | undefined;

	// By the names of elements, of which `constructor` can be one.
	const openers = Object.entries<(attributes: Map<string, string>) => void>({
		row: (attributes) => {
			const number = Number(attributes.get('r') ?? row.row + 1);
			const isNext = Number.isInteger(number) && number > row.row && number <= MAX_ROW_NUMBER;
			if (!isNext) throw createDamageError();
			const isHidden = isTrue(attributes.get('hidden')) || Number(attributes.get('ht') ?? 1) === 0;
			row = { row: number, values: [], isHidden };
			column = -1;
		},
		c: (attributes) => {
			const written = attributes.get('r');
			const next = { column: column + 1, row: row.row };
			const place = written === undefined ? next : readPlace(written);
			if (!place || place.column <= column || place.row !== row.row) throw createDamageError();
			({ column } = place);
			if (column >= MAX_COLUMNS) throw new FileError([`The sheet '${name}' has too many columns.`]);
			const format = workbook.formats[Number(attributes.get('s') ?? 0)];
			cell = { type: attributes.get('t') ?? 'n', format };
		},
		f: () => {
			if (cell) cell.hasFormula = true;
		},
		col: (attributes) => {
			const isShown = !isTrue(attributes.get('hidden')) && attributes.get('width') !== '0';
			const [first, last] = ['min', 'max'].map((end) => Number(attributes.get(end)) - 1);
			if (!isShown) sheet.hiddenColumns.push({ first: first ?? NaN, last: last ?? NaN });
		},
		mergeCell: (attributes) => {
			const range = attributes.get('ref') ?? '';
			const [first, last] = range.split(':').map(readPlace);
			if (sheet.merged.length > MAX_RANGES) throw createDamageError();
			if (first && last) sheet.merged.push({ name: range, first, last });
		},
	});
	const closers = Object.entries<(inside: string, parent: string) => void>({
		v: (inside) => {
			if (cell && cell.type !== 'inlineStr') cell.value = inside;
		},
		t: (inside, parent) => {
			if (cell?.type !== 'inlineStr' || !isShown('t', parent)) return;
			cell.value = (cell.value ?? '') + inside;
		},
		c: () => {
			if (!cell) return;
			const value = readCell(cell, workbook);
			if (cell.hasFormula || value !== '') sheet.lastRow = row.row;
			if (value !== '') row.values[column] = value;
			cell = undefined;
		},
		row: () => {
			// readTable refuses what is more.
			if (row.values.length > 0 && sheet.rows.length <= MAX_ROWS_IN_MEMORY) sheet.rows.push(row);
		},
	});
	const [atOpening, atClosing] = [new Map(openers), new Map(closers)];
	await readXml(pieces, {
		open: (tag, raw) => atOpening.get(tag)?.(readAttributes(raw)),
		close: (tag, inside, parent) => atClosing.get(tag)?.(inside, parent),
	});
	return sheet;
}

const MAX_ROW_NUMBER = 1_048_576;
const MAX_RANGES = 100_000;
const NO_RESULT = 'holds a formula that has not been calculated';
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

function readCell({ type, value, hasFormula, format }: RawCell, workbook: Workbook): Cell {
	const isText = type === 'str' || type === 'inlineStr';
	const isUncalculated = hasFormula && (isText ? value === undefined : !value);
	if (isUncalculated) return { kind: 'uncalculated', value: '', problem: NO_RESULT };
	if (value === undefined || value === '') return '';
	if (isText) return readTextCell(value, format);
	if (type === 's') {
		const shared = /^\d+$/.test(value) ? workbook.texts[Number(value)] : undefined;
		if (shared === undefined) throw createDamageError();
		return readTextCell(shared, format);
	}
	if (type === 'e') return { kind: 'error', value, problem: `contains ${value}` };
	if (type === 'd') return { kind: 'date', value, problem: `holds a date (${value})` };
	if (type === 'b') {
		const shown = isTrue(value) ? 'TRUE' : 'FALSE';
		return { kind: 'boolean', value: shown, problem: `holds ${shown}` };
	}
	if (!NUMBER.test(value) || !Number.isFinite(Number(value))) throw createDamageError();
	return readNumberCell(Number(value), format ?? { kind: 'number' }, workbook.is1904);
}

const ESCAPE = /_x([0-9a-f]{4})_/gi;

/** Texts are written with escapes (ECMA-376, part 1, 22.9.2.19), but some programs know none. */
function readTextCell(written: string, format?: NumberFormat): Cell {
	if (format?.altersTexts) {
		return { kind: 'altered', value: written, problem: 'has a format that shows another text' };
	}
	if (!written.includes('_x')) return written;
	let odd: string | undefined;
	const value = written.replace(ESCAPE, (escape, hex: string) => {
		const code = parseInt(hex, 16);
		if (code < 0x20 || code === 0x5f) return String.fromCharCode(code);
		odd ??= escape;
		return escape;
	});
	const problem = `contains ${odd}, which Excel shows as another character`;
	return odd === undefined ? value : { kind: 'escape', value, problem };
}

/** Excel calculates with so many digits of a number, and shows no more of them. */
const CERTAIN_DIGITS = 15;

function readNumberCell(exact: number, format: NumberFormat, is1904: boolean): Cell {
	const round = (number: number) => Number(number.toPrecision(CERTAIN_DIGITS)) + 0;
	const value = round(exact);
	const { kind, decimals, pattern = '', sign = '' } = format;
	if (kind === 'date') {
		const date = toIsoDate(exact, is1904);
		const problem = `holds a ${date.includes('-') ? 'date' : 'time'} (${date})`;
		return { kind, value: date, problem };
	}
	if (kind === 'percent') {
		const shown = `${round(value * 100)}%`;
		return { kind, value: shown, problem: `holds a percentage (${shown})` };
	}
	if (kind === 'altered') {
		return { kind, value, problem: 'has a format that does not show the number which it holds' };
	}
	if (Number.isInteger(value) && Math.abs(value) >= 10 ** CERTAIN_DIGITS) {
		const problem = `holds a number of more than ${CERTAIN_DIGITS} digits, of which Excel keeps no more`;
		return { kind: 'longNumber', value: BigInt(value).toString(), problem };
	}
	if (kind === 'code') {
		if (Number.isInteger(value)) return showCode(pattern, value);
		return { kind: 'altered', value, problem: `has a format that rounds ${value}` };
	}
	const shown = decimals === undefined ? String(value) : value.toFixed(Math.min(decimals, 100));
	if (Number(shown) !== value) {
		return { kind: 'rounded', value, problem: `shows ${shown}, but holds ${value}` };
	}
	return sign === '' ? value : { kind: 'money', value, problem: sign };
}
