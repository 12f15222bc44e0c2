import { parse } from 'csv-parse/sync';
import { Workbook } from 'exceljs';
import fc from 'fast-check';
import { read as readWithSheetJs, utils, write } from 'xlsx';
import { rowsOf } from '../support/payoutFiles.mts';

const HEADERS = ['reference', 'amount', 'iban', 'note a', 'note b'];
const IBAN = 'BE68539007547034';
const RUNS = 25;

type Value = string | number;

/** What XML cannot hold, and what workbooks escape, has tests of its own. */
const CONTROL = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|_x[\da-f]{4}_/iu;

const text = fc.oneof(
	{ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
	{
		weight: 2,
		arbitrary: fc.string({ unit: fc.constantFrom(...`",;|:^~\t 'a=1é`), maxLength: 12 }),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('', 'a\nb', '😀', ' a ', '"', '""', 'é', 'é', 'שלום', '-'),
	},
);
const sheetText = text.filter((value) => !CONTROL.test(value) && !value.includes('\r'));

/** Numbers of up to 15 digits, as people type them. */
const number = fc
	.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: -6, max: 6 }))
	.map(([digits, exponent]) => Number(`${digits}e${exponent}`))
	.map((value) => (value === 0 ? 0 : value));

function rowsWith<Note extends Value>(note: fc.Arbitrary<Note>) {
	const amount = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100);
	return fc
		.array(fc.tuple(amount, note, note), { minLength: 1, maxLength: 8 })
		.map((rows) => rows.map(([paid, a, b], index) => [`INV-${index}`, paid, IBAN, a, b]));
}

/** The values of each row in the order of the headers; an unread column without values keeps its header. */
async function valuesOf(bytes: Uint8Array | string, delimiter = ''): Promise<Value[][]> {
	const rows = await rowsOf(bytes, { hiddenRows: 'include', delimiter });
	return rows.map((row) => HEADERS.map((header) => row[header] ?? ''));
}

const sheetRows = rowsWith<Value>(fc.oneof(sheetText, number));

test('reads what SheetJS writes as SheetJS reads it, and as it was', async () => {
	await fc.assert(
		fc.asyncProperty(sheetRows, fc.boolean(), fc.boolean(), async (rows, bookSST, compression) => {
			const workbook = utils.book_new();
			utils.book_append_sheet(workbook, utils.aoa_to_sheet([HEADERS, ...rows]), 'Payouts');
			const bytes = write(workbook, { type: 'buffer', bookSST, compression }) as Buffer;
			const { Sheets } = readWithSheetJs(bytes, { type: 'buffer' });
			const options = { header: 1, raw: true, defval: '', blankrows: false } as const;
			const known = utils.sheet_to_json<Value[]>(Sheets.Payouts ?? {}, options);
			const ours = await valuesOf(bytes);
			expect([HEADERS, ...ours]).toEqual(known);
			expect(ours).toEqual(rows);
		}),
		{ numRuns: RUNS },
	);
});

test('reads what ExcelJS writes as ExcelJS reads it, and as it was', async () => {
	await fc.assert(
		fc.asyncProperty(sheetRows, fc.boolean(), async (rows, useSharedStrings) => {
			const workbook = new Workbook();
			const sheet = workbook.addWorksheet('Payouts');
			sheet.addRows([HEADERS, ...rows]);
			const bytes = Buffer.from(await workbook.xlsx.writeBuffer({ useSharedStrings } as object));
			const other = new Workbook();
			await other.xlsx.load(bytes as unknown as ArrayBuffer);
			const known: Value[][] = [];
			other.worksheets[0]?.eachRow((row) => {
				known.push(HEADERS.map((_, index) => (row.getCell(index + 1).value ?? '') as Value));
			});
			const ours = await valuesOf(bytes);
			expect([HEADERS, ...ours]).toEqual(known);
			expect(ours).toEqual(rows);
		}),
		{ numRuns: RUNS },
	);
});

const DELIMITERS = [',', ';', '\t', '|', '^', '~', ':'];

/** Quotes where it must, and sometimes where it need not. */
function quote(value: Value, delimiter: string, isQuoted: boolean): string {
	const written = String(value);
	const must =
		isQuoted || written.startsWith('"') || new RegExp(`[\r\n\\${delimiter}]`).test(written);
	return must ? `"${written.replaceAll('"', '""')}"` : written;
}

/** What a CSV file means by itself, not what programs guard from being taken for a formula. */
const csvText = text.filter(
	(value) => !/^'[=+@\t\r'-]|^="/.test(value) && !value.includes('\0') && !value.includes('\ufeff'),
);

/** A line that has all delimiters of a row looks like a row that a quotation mark has swallowed. */
const looksLikeRows = (rows: readonly Value[][], delimiter: string) =>
	rows.some((row) =>
		row.some((value) => {
			const lines = String(value).split(/\r\n|\r|\n/);
			return lines.length > 1 && lines.some((line) => line.split(delimiter).length > 2);
		}),
	);

test.each(DELIMITERS)('reads CSV with %j as csv-parse reads it', async (delimiter) => {
	await fc.assert(
		fc.asyncProperty(
			rowsWith(csvText),
			fc.constantFrom('\n', '\r\n', '\r'),
			fc.boolean(),
			fc.boolean(),
			fc.boolean(),
			async (rows, end, isQuoted, hasEnd, hasMark) => {
				fc.pre(!looksLikeRows(rows, delimiter));
				const lines = [HEADERS, ...rows].map((row) =>
					row.map((value) => quote(value, delimiter, isQuoted)).join(delimiter),
				);
				const file = (hasMark ? '\ufeff' : '') + lines.join(end) + (hasEnd ? end : '');
				const options = { delimiter, record_delimiter: end, bom: true, relax_quotes: true };
				const known = parse(file, options) as string[][];
				const ours = await valuesOf(file, delimiter);
				expect([HEADERS, ...ours]).toEqual(known);
				expect(
					await valuesOf(Buffer.from(`\ufeff${file.replace(/^\ufeff/, '')}`, 'utf16le'), delimiter),
				).toEqual(ours);
			},
		),
		{ numRuns: 40 },
	);
});

test('finds every delimiter, as long as the headers show it', async () => {
	await fc.assert(
		fc.asyncProperty(rowsWith(csvText), fc.constantFrom(...DELIMITERS), async (rows, delimiter) => {
			fc.pre(!looksLikeRows(rows, delimiter));
			const lines = [HEADERS, ...rows].map((row) =>
				row.map((value) => quote(value, delimiter, false)).join(delimiter),
			);
			expect(await valuesOf(lines.join('\n'))).toEqual(await valuesOf(lines.join('\n'), delimiter));
		}),
		{ numRuns: RUNS },
	);
});

test('never loses a row to a quotation mark without saying so', async () => {
	const row = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom('x', '', 'a b', '"q,r"'));
	await fc.assert(
		fc.asyncProperty(
			fc.array(row, { minLength: 2, maxLength: 6 }),
			fc.array(fc.nat(400), { minLength: 1, maxLength: 3 }),
			async (rows, places) => {
				const lines = rows.map(([amount, note], index) => `INV-${index},${amount},${IBAN},${note}`);
				let body = lines.join('\n');
				for (const place of places) {
					const at = place % (body.length + 1);
					body = `${body.slice(0, at)}"${body.slice(at)}`;
				}
				const read = await rowsOf(`reference,amount,iban,note\n${body}\n`).then(
					(found) => found.length,
					() => rows.length,
				);
				expect([body, read]).toEqual([body, rows.length]);
			},
		),
		{ numRuns: 120 },
	);
});
