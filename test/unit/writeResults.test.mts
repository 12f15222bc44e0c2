import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { crc32, inflateRawSync } from 'node:zlib';
import XLSX from 'xlsx';
import { FileError } from '../../nodes/file/fileError';
import { writeCsv } from '../../nodes/file/write/writeCsv';
import { writeXlsx } from '../../nodes/file/write/writeXlsx';

type Row = Record<string, unknown>;
/** What the places of a sheet hold, by names like A1; empty places are left out. */
type Places = Record<string, unknown>;

const MAX_CHARACTERS = 32_767;

async function giveTurn(): Promise<void> {}

async function writeWorkbook(rows: readonly Row[], sheetName = 'Results'): Promise<Buffer> {
	const { bytes } = await writeXlsx(rows, sheetName, giveTurn);
	return Buffer.from(bytes);
}

/** SheetJS reads `_xHHHH_`, in upper and lower case, also in inline strings. */
function readWithSheetJs(bytes: Uint8Array): Places {
	const { SheetNames, Sheets } = XLSX.read(bytes, { cellNF: true });
	expect(SheetNames).toHaveLength(1);
	const places = Object.entries(Sheets[SheetNames[0] ?? ''] ?? {}).flatMap(
		([place, { t, v, z }]) => {
			if (place.startsWith('!')) return [];
			// Its own conversion of dates depends on the time zone.
			const isDate = t === 'n' && String(z).startsWith('yyyy');
			return [[place, isDate ? new Date(Math.round((v - 25_569) * 86_400_000)) : v] as const];
		},
	);
	return Object.fromEntries(places);
}

async function openWithExcelJs(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load(bytes as never);
	const [sheet] = workbook.worksheets;
	if (!sheet) throw new Error('ExcelJS found no sheet.');
	return sheet;
}

/** ExcelJS reads `_xHHHH_` in shared strings only, so that the test does it for inline strings. */
async function readWithExcelJs(bytes: Uint8Array): Promise<Places> {
	const places: Places = {};
	(await openWithExcelJs(bytes)).eachRow((row) => {
		row.eachCell(({ address, value }) => {
			places[address] = typeof value === 'string' ? decode(value) : value;
		});
	});
	return places;
}

function decode(text: string): string {
	return text.replace(/_x([\dA-F]{4})_/g, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
}

/** The value below the header of the first column, which both libraries must read alike. */
async function readBack(value: unknown, column = 'message'): Promise<unknown> {
	const bytes = await writeWorkbook([{ [column]: value }]);
	const { A2 } = readWithSheetJs(bytes);
	expect((await readWithExcelJs(bytes)).A2).toEqual(A2);
	return A2;
}

function columnsOf(rows: readonly Row[]): string[] {
	return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** They make what looks like an escape or a formula, breaks XML or CSV, or is no valid UTF-16. */
const PIECES =
	'_|x|0041|005F|d83d|<|>|&|"|]]>|=|+|-|@|,|;|😀|é| |\'|\0|\u0001|\t|\r|\n|\ufeff|\uffff|\ud83d|\ude00';
const pieces = fc.constantFrom(...PIECES.split('|'));
const texts = fc.oneof(fc.string({ unit: pieces }), fc.string({ unit: 'binary' }));
const values = fc.oneof(
	{ weight: 3, arbitrary: texts },
	fc.double(),
	fc.integer(),
	fc.integer({ min: 1, max: 10 ** 9 }).map((cents) => cents / 100),
	fc.maxSafeInteger(),
	fc.bigInt(),
	fc.boolean(),
	fc.date({ min: new Date('1890-01-01') }),
	fc.constantFrom<unknown>(null, undefined, ''),
	fc.object(),
);
const columnNames = fc.oneof(
	texts,
	fc.constantFrom('reference', 'amount', '__proto__', 'toString'),
);
const tables = fc.array(fc.dictionary(columnNames, values, { maxKeys: 6 }), { maxLength: 6 });

function asInSheet(value: unknown): unknown {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) return undefined;
		if (Object.is(value, -0)) return '-0';
		const [digits = ''] = String(Math.abs(value)).replace('.', '').split('e');
		return digits.replace(/^0+|0+$/g, '').length > 15 ? String(value) : value;
	}
	if (value instanceof Date) {
		if (Number.isNaN(value.getTime())) return undefined;
		return value.toISOString();
	}
	return typeof value === 'object' ? toJson(value) : value;
}

function toJson(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) =>
		typeof part === 'bigint' ? String(part) : part,
	);
}

function expectedPlaces(rows: readonly Row[]): Places {
	const columns = columnsOf(rows);
	const lines = [columns, ...rows.map((row) => columns.map((name) => ownValue(row, name)))];
	const places = lines.flatMap((line, r) =>
		line.map((value, c) => [XLSX.utils.encode_cell({ r, c }), asInSheet(value)] as const),
	);
	return Object.fromEntries(places.filter(([, value]) => value !== undefined));
}

function ownValue(row: Row, column: string): unknown {
	return Object.hasOwn(row, column) ? row[column] : undefined;
}

test('writes workbooks that SheetJS and ExcelJS read as they were', async () => {
	await fc.assert(
		fc.asyncProperty(tables, async (rows) => {
			const expected = expectedPlaces(rows);
			const bytes = await writeWorkbook(rows);
			expect(readWithSheetJs(bytes)).toEqual(expected);
			expect(await readWithExcelJs(bytes)).toEqual(expected);
		}),
		{ numRuns: 30 },
	);
});

/** As a reader of our CSV files does it. */
function withoutGuard(field: string): string {
	return field.replace(/^'(?=[=+\-@\t\r'])/, '');
}

function asInCsv(value: unknown): string {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	if (typeof value === 'object' && value !== null) return toJson(value);
	// UTF-8 cannot hold half of a surrogate pair.
	return Buffer.from(String(value ?? '')).toString();
}

async function readCsv(rows: readonly Row[]): Promise<string[][]> {
	const { bytes, cutCount } = await writeCsv(rows, giveTurn);
	expect(cutCount).toBe(0);
	return parse(Buffer.from(bytes), { bom: true, skip_empty_lines: true, record_delimiter: '\r\n' });
}

test('writes CSV files that csv-parse reads as they were', async () => {
	await fc.assert(
		fc.asyncProperty(tables, async (rows) => {
			const columns = columnsOf(rows);
			const lines = [columns, ...rows.map((row) => columns.map((name) => ownValue(row, name)))];
			const expected = columns.length === 0 ? [] : lines.map((line) => line.map(asInCsv));
			const fields = await readCsv(rows);
			expect(fields.map((line) => line.map(withoutGuard))).toEqual(expected);
		}),
		{ numRuns: 80 },
	);
});

test.each([
	['PAY_x2024_07', 'PAY_x005F_x2024_07'],
	['_x005F_', '_x005F_x005F_'],
	['_x005f_x0041_', '_x005F_x005f_x005F_x0041_'],
	['_x0041\u0001', '_x005F_x0041_x0001_'],
	['a\0b\rc\nd\te', 'a_x0000_b_x000D_c\nd\te'],
	['\ud83d \ude00 😀 \uffff', '_xD83D_ _xDE00_ 😀 _xFFFF_'],
	['_x20_ x2024_ _x', '_x20_ x2024_ _x'],
	['  both ends \n', '  both ends \n'],
	['=1+1', '=1+1'],
	['00123', '00123'],
])('writes the text %j so that it reads back', async (text, written) => {
	const bytes = await writeWorkbook([{ [text]: text }]);
	const sheet = await openWithExcelJs(bytes);
	expect(sheet.getCell('A2').value).toBe(written);
	expect(sheet.getCell('A2').numFmt).toBe('@');
	expect(readWithSheetJs(bytes)).toEqual({ A1: text, A2: text });
});

test.each([
	['a text of 40,000 characters', 'a'.repeat(40_000), `${'a'.repeat(32_766)}…`],
	['half of an emoji', `a${'😀'.repeat(20_000)}`, `a${'😀'.repeat(16_382)}…`],
	['part of an escape', '\u0001'.repeat(5_000), `${'\u0001'.repeat(4_680)}…`],
	['a text whose last half emoji is cut off', `${'a'.repeat(32_767)}😀`, `${'a'.repeat(32_766)}…`],
])('cuts %s at what Excel holds', async (_title, text, expected) => {
	const { bytes, cutCount } = await writeXlsx([{ text, whole: 'b' }], 'Results', giveTurn);
	expect(cutCount).toBe(1);
	expect(readWithSheetJs(bytes).A2).toBe(expected);
	const written = String((await openWithExcelJs(bytes)).getCell('A2').value);
	expect(written.length).toBeLessThanOrEqual(MAX_CHARACTERS);
});

test('keeps a text of 32,767 characters, and in CSV every character', async () => {
	const text = 'a'.repeat(MAX_CHARACTERS);
	const { bytes, cutCount } = await writeXlsx([{ text }], 'Results', giveTurn);
	expect(cutCount).toBe(0);
	expect(readWithSheetJs(bytes).A2).toBe(text);
	expect(await readCsv([{ text: text + text }])).toEqual([['text'], [text + text]]);
});

test.each([
	[1234567890123456, '1234567890123456'],
	[0.1 + 0.2, '0.30000000000000004'],
	[-0, '-0'],
	[123456789012345, 123456789012345],
	[1_000_000_000_000_000_000, 1_000_000_000_000_000_000],
	[100.5, 100.5],
	[12345678901234567890n, '12345678901234567890'],
	[Number.NaN, undefined],
	[Number.NEGATIVE_INFINITY, undefined],
	[null, undefined],
	[false, false],
	[{ a: [1, '2', 3n] }, '{"a":[1,"2","3"]}'],
	[() => 1, undefined],
])('writes %p with all that it says', async (value, expected) => {
	expect(await readBack(value)).toEqual(expected);
});

test('writes a value that contains itself as a short text', async () => {
	const value: Row = {};
	value.self = value;
	expect(await readBack(value)).toBe('[object Object]');
});

test('shows all digits of long whole numbers', async () => {
	const sheet = await openWithExcelJs(await writeWorkbook([{ id: 123456789012, amount: 12.5 }]));
	expect(sheet.getCell('A2').numFmt).toBe('0');
	// The general format.
	expect(sheet.getCell('B2').numFmt).toBeUndefined();
});

const DAY = 'yyyy-mm-dd';
const SECOND = 'yyyy-mm-dd hh:mm:ss';

test.each<[value: Date | string, column: string, format: string]>([
	['1900-03-01', 'value_date', DAY],
	[new Date('2024-05-01T10:20:30.456Z'), 'paid_at', SECOND],
	['2024-02-29', 'value_date', DAY],
	['2024-02-29', 'Date', DAY],
	['2024-05-01T10:20:30Z', 'created_at', SECOND],
	['2024-05-01T00:00:00.000Z', 'CREATED_AT', SECOND],
])('makes %p in the column %s a date', async (value, column, format) => {
	expect(await readBack(value, column)).toEqual(new Date(value));
	const sheet = await openWithExcelJs(await writeWorkbook([{ [column]: value }]));
	expect(sheet.getCell('A2').numFmt).toBe(format);
});

test.each([
	['2024-05-01', 'reference'],
	['2024-05-01', 'update'],
	['2023-02-29', 'value_date'],
	['2024-13-01', 'date'],
	['2024-05-01T24:00:00Z', 'created_at'],
	['2024-05-01T10:20:30', 'created_at'],
	['2024-05-01T10:20:30+02:00', 'created_at'],
	[' 2024-05-01', 'date'],
	['1900-02-28', 'date'],
])('leaves the text %p in the column %s a text', async (text, column) => {
	expect(await readBack(text, column)).toBe(text);
});

test('writes other dates as texts, and none for an invalid one', async () => {
	expect(await readBack(new Date('2024-05-01'), 'when')).toBe('2024-05-01T00:00:00.000Z');
	expect(await readBack(new Date('1900-02-28'), 'paid_at')).toBe('1900-02-28T00:00:00.000Z');
	expect(await readBack(new Date(Date.UTC(10_000, 0, 1)))).toBe('+010000-01-01T00:00:00.000Z');
	expect(await readBack(new Date(Number.NaN))).toBeUndefined();
});

test('guards in CSV what Excel takes for a formula', async () => {
	const row = {
		'=name': '=1+1',
		minus: '-5.00',
		phone: '+49 170',
		number: -5.5,
		call: '-1+cmd|x',
		quoted: "'=1",
		tab: '\ta',
		day: new Date('2024-05-01'),
		spaces: ' a ',
		quote: 'a "b"',
		none: null,
		yes: true,
	};
	const { bytes } = await writeCsv([row], giveTurn);
	expect(Buffer.from(bytes).toString()).toBe(
		[
			"\ufeff'=name,minus,phone,number,call,quoted,tab,day,spaces,quote,none,yes\r\n",
			`'=1+1,-5.00,'+49 170,-5.5,'-1+cmd|x,''=1,"'\ta",`,
			'2024-05-01T00:00:00.000Z," a ","a ""b""",,true\r\n',
		].join(''),
	);
});

test.each([
	['no rows', []],
	['rows without values', [{}, {}]],
])('writes an empty sheet and an empty CSV file for %s', async (_title, rows) => {
	const bytes = await writeWorkbook(rows);
	expect(readWithSheetJs(bytes)).toEqual({});
	expect(await readWithExcelJs(bytes)).toEqual({});
	expect(Buffer.from((await writeCsv(rows, giveTurn)).bytes).toString()).toBe('\ufeff');
});

test('makes the header bold, keeps it in sight, and lets it filter', async () => {
	const rows = [{ reference: 'INV-1', message: 'a'.repeat(100) }, { reference: 'INV-22222' }];
	const sheet = await openWithExcelJs(await writeWorkbook(rows));
	expect(sheet.getCell('B1').font.bold).toBe(true);
	expect(sheet.getCell('B2').font.bold).toBeUndefined();
	expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1, topLeftCell: 'A2' }]);
	expect(sheet.autoFilter).toBe('A1:B3');
	expect([1, 2].map((column) => sheet.getColumn(column).width)).toEqual([11, 60]);
});

test('finds columns beyond Z', async () => {
	const row = Object.fromEntries(Array.from({ length: 703 }, (_, index) => [`c${index}`, index]));
	const places = readWithSheetJs(await writeWorkbook([row]));
	expect([places.Z1, places.AA2, places.ZZ2, places.AAA2]).toEqual(['c25', 26, 701, 702]);
});

test.each([
	['Results 2024', 'Results 2024'],
	['a/b\\c?d*e[f]g:h', 'a-b-c-d-e-f-g-h'],
	["'It's'", "It's"],
	["''", 'Sheet1'],
	['', 'Sheet1'],
	['History', 'History-'],
	['<a> & "b"\n', '<a> & "b"-'],
	['_x003A_', '-x003A_'],
	['a'.repeat(40), 'a'.repeat(31)],
	[`${'a'.repeat(30)}😀`, 'a'.repeat(30)],
])('names the sheet %j as Excel allows', async (wanted, name) => {
	const bytes = await writeWorkbook([{ a: 1 }], wanted);
	expect(XLSX.read(bytes).SheetNames).toEqual([name]);
	expect((await openWithExcelJs(bytes)).name).toBe(name);
});

test('gives the same bytes for the same rows, whatever else runs meanwhile', async () => {
	const rows = Array.from({ length: 2_000 }, (_, index) => ({ reference: `INV-${index * 7_919}` }));
	const slowly = () => new Promise<void>((resolve) => setImmediate(resolve));
	const once = await writeXlsx(rows, 'Results', giveTurn);
	const again = await writeXlsx(rows, 'Results', slowly);
	expect(Buffer.compare(once.bytes, again.bytes)).toBe(0);
});

test('writes an archive whose checksums and sizes are right', async () => {
	const rows = Array.from({ length: 2_000 }, (_, index) => ({ reference: `Grüße ${index}` }));
	const bytes = await writeWorkbook(rows);
	let offset = 0;
	let count = 0;
	for (; bytes.readUInt32LE(offset) === 0x04034b50; count++) {
		const [crc, packedSize, size] = [14, 18, 22].map((field) => bytes.readUInt32LE(offset + field));
		const start = offset + 30 + bytes.readUInt16LE(offset + 26);
		offset = start + (packedSize ?? 0);
		const data = inflateRawSync(bytes.subarray(start, offset));
		expect({ size: data.length, crc: crc32(data) }).toEqual({ size, crc });
	}
	expect(count).toBe(6);
});

test('says in a sentence that a sheet has no room for the table', async () => {
	const rows = new Array<Row>(1_048_576).fill({});
	await expect(writeXlsx(rows, 'Results', giveTurn)).rejects.toThrow(
		new FileError([
			'An Excel sheet has no room for more than 1,048,575 rows and 16,384 columns. Write a CSV file instead, or split the table.',
		]),
	);
	const names = Array.from({ length: 16_385 }, (_, index) => [`c${index}`, 1]);
	await expect(writeXlsx([Object.fromEntries(names)], 'Results', giveTurn)).rejects.toThrow(
		'An Excel sheet has no room for more than 1,048,575 rows and 16,384 columns.',
	);
});

test.each([
	['workbook', (stop: () => Promise<void>) => writeXlsx([{ a: 1 }, { a: 2 }], 'Results', stop)],
	['CSV file', (stop: () => Promise<void>) => writeCsv([{ a: 1 }, { a: 2 }], stop)],
])('stops writing a %s when giving a turn fails', async (_title, write) => {
	let turns = 0;
	await write(async () => {
		turns++;
	});
	const stop = async () => {
		turns--;
		if (turns === 0) throw new Error('stopped');
	};
	await expect(write(stop)).rejects.toThrow('stopped');
});
