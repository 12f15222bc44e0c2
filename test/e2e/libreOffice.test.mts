import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { writeXlsx } from '../../nodes/file/write/writeXlsx';
import { mustRun } from '../support/command.mts';
import { readFile } from '../support/payoutFiles.mts';

const folder = mkdtempSync(path.join(tmpdir(), 'libreoffice-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Has LibreOffice open a file and save it in another format; gives the new file. */
async function convert(name: string, content: Uint8Array | string, format: string) {
	writeFileSync(path.join(folder, name), content);
	const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
	const to = ['--headless', '--convert-to', format, '--outdir', path.join(folder, 'out')];
	await mustRun('soffice', [profile, ...to, path.join(folder, name)], { cwd: folder });
	const [extension = ''] = format.split(':');
	return readFileSync(path.join(folder, 'out', name.replace(/\w+$/, extension)));
}

const SHEET = [
	['reference', 'amount', 'iban', 'note'],
	['INV-1', 1250.5, 'BE68539007547034', 'Zoë & "Söhne" <GmbH>'],
	['007', 0.1, 'BE68539007547034', ' two\nlines '],
	['INV-3', 99_999_999.99, 'BE68539007547034', '😀 PAY_x2024_07'],
] as const;

const ROWS = SHEET.slice(1).map((values, index) => ({
	row: index + 2,
	...Object.fromEntries(values.map((value, column) => [SHEET[0][column], value])),
}));

function buildWorkbook(): ExcelJS.Workbook {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('July');
	for (const values of SHEET) sheet.addRow([...values]);
	return workbook;
}

async function saveWorkbook(workbook: ExcelJS.Workbook): Promise<Buffer> {
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

test('a workbook that LibreOffice has saved is read as it was', async () => {
	const saved = await convert('July.xlsx', await saveWorkbook(buildWorkbook()), 'ods');
	const { rows, summary } = await readFile(await convert('July2.ods', saved, 'xlsx'));
	expect(rows).toEqual(ROWS);
	expect(summary).toMatchObject({ sheet: 'July', header_row: 1, rows: 3, empty_rows: 0 });
});

test('what LibreOffice hides, calculates, merges and formats is told from plain values', async () => {
	const workbook = buildWorkbook();
	const sheet = workbook.getWorksheet('July');
	if (!sheet) throw new Error('There is no sheet.');
	sheet.getCell('B2').value = { formula: '1/0' };
	sheet.getCell('B3').value = new Date('2026-05-12T00:00:00Z');
	sheet.getCell('B3').numFmt = 'dd.mm.yyyy';
	sheet.getCell('A4').value = 0.15;
	sheet.getCell('A4').numFmt = '0%';
	sheet.getCell('D2').value = { formula: '1+1' };
	sheet.getCell('C3').value = { formula: 'NA()' };
	sheet.mergeCells('C3:C4');
	sheet.addRow(['INV-4', 5, 'BE68539007547034']).hidden = true;
	const bytes = await convert(
		'odd.xlsx',
		await saveWorkbook(workbook),
		'xlsx:Calc MS Excel 2007 XML',
	);
	await expect(readFile(bytes)).rejects.toMatchObject({
		problems: [
			expect.stringContaining('Cell A4 (reference) holds a percentage (15%)'),
			expect.stringContaining('Cell B2 (amount) contains #DIV/0!'),
			expect.stringContaining('Cell B3 (amount) holds a date (2026-05-12)'),
			expect.stringContaining('Cell C3 (iban) contains #N/A'),
			expect.stringContaining("These rows of the sheet 'July' are hidden: 5 (amount 5)"),
			expect.stringContaining('C3:C4'),
		],
	});
});

test('an OpenDocument file is refused with what to do', async () => {
	const ods = await convert('July3.xlsx', await saveWorkbook(buildWorkbook()), 'ods');
	await expect(readFile(ods)).rejects.toThrow('is an OpenDocument file (.ods). Open it in Excel');
	const xls = await convert('July4.xlsx', await saveWorkbook(buildWorkbook()), 'xls');
	await expect(readFile(xls)).rejects.toThrow('is a workbook in the old format of Excel (.xls)');
});

test('LibreOffice opens what Write Results File has written', async () => {
	const items = ROWS.map(({ row, ...values }) => ({ ...values, row_before: row }));
	const { bytes } = await writeXlsx(items, 'Results', async () => {});
	const csv = await convert('results.xlsx', bytes, 'csv:Text - txt - csv (StarCalc):44,34,76');
	expect(parse(csv, { columns: true, bom: true })).toEqual(
		items.map((item) =>
			Object.fromEntries(Object.entries(item).map(([key, value]) => [key, String(value)])),
		),
	);
	const again = await readFile(await convert('again.xlsx', bytes, 'xlsx:Calc MS Excel 2007 XML'));
	expect(again.rows).toEqual(items.map((item, index) => ({ row: index + 2, ...item })));
});
