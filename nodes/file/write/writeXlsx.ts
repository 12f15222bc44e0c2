import { FileError } from '../fileError';
import { MAX_COLUMNS, nameColumn } from '../sheet';
import type { GiveTurn } from '../sheet';
import { listColumns, readValue } from './writeCsv';
import type { Rows, Value } from './writeCsv';

/** Excel's limits: rows below the header, and UTF-16 units of a text. */
const MAX_ROWS = 1_048_575;
const MAX_CHARACTERS = 32_767;
const NO_ROOM =
	'An Excel sheet has no room for more than 1,048,575 rows and 16,384 columns. Write a CSV file instead, or split the table.';
const DATE_COLUMN = /(?:_at|_date|^date)$/i;
/** What becomes `_xHHHH_`: what XML cannot hold or would change, and `_` where it looks like that. */
const ESCAPED = /(?![\t\n\u007f-\u009f])[\p{Cc}\p{Cs}\ufffe\uffff]|_(?=x[\da-f]{4})/giu;
/** Half an emoji or a part of an escape, where a text was cut. */
const CUT_PART = /(?:[\ud800-\udbff]|(?<!_x[\dA-F]{4})_(?:x[\dA-F]{0,4})?)$/;
/** What Excel refuses in a name, what XML cannot hold, and what would be read as an escape. */
const NOT_IN_A_NAME = /[[\]:*?/\\\p{Cc}\p{Cs}\ufffe\uffff]|_(?=x[\da-f]{4}_)/giu;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${MEDIA_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${MEDIA_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${MEDIA_TYPE}.styles+xml"/></Types>`;
const PACKAGE_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const WORKBOOK_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`;
const STYLES = { general: 0, header: 1, text: 2, whole: 3, date: 4, dateTime: 5 } as const;
const STYLE_SHEET = `${XML}<styleSheet xmlns="${MAIN}">
<numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>
<fonts><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>
<xf numFmtId="0" fontId="0"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>
<xf numFmtId="49" fontId="0" applyNumberFormat="1"/><xf numFmtId="1" fontId="0" applyNumberFormat="1"/>
<xf numFmtId="164" fontId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;
const SHEET_START = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;

/** Writes rows as a workbook of one sheet; the same rows give the same bytes. Throws a `FileError`. */
export async function writeXlsx(rows: Rows, sheetName: string, giveTurn: GiveTurn) {
	const columns = await listColumns(rows, giveTurn);
	if (rows.length > MAX_ROWS || columns.length > MAX_COLUMNS) throw new FileError([NO_ROOM]);
	const header = Object.fromEntries(columns.map((column) => [column, column]));
	const area = `A1:${nameColumn(columns.length - 1)}${rows.length + 1}`;
	let cutCount = 0;
	const writeSheet = async (add: (xml: string) => Promise<void>) => {
		const widths = columns.map((column, index) => {
			const texts = [header, ...rows.slice(0, 20)].map((row) => String(readValue(row, column)));
			// In characters, with room for margins and the header's button.
			const width = Math.min(60, Math.max(8, ...texts.map(({ length }) => length + 2)));
			return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
		});
		const cols = widths.length > 0 ? `<cols>${widths.join('')}</cols>` : '';
		await add(`${SHEET_START}${cols}<sheetData>`);
		for (const [index, row] of [header, ...rows].entries()) {
			await giveTurn();
			const textStyle = index === 0 ? STYLES.header : STYLES.text;
			const values = columns.map((column, place) => {
				const value = readValue(row, column);
				const cell = writeCell(value, column, textStyle, () => cutCount++);
				return value === '' ? '' : `<c r="${nameColumn(place)}${index + 1}" ${cell}</c>`;
			});
			await add(`<row r="${index + 1}">${values.join('')}</row>`);
		}
		await add(`</sheetData>${cols && `<autoFilter ref="${area}"/>`}</worksheet>`);
	};
	const bytes = await writeZip([
		['[Content_Types].xml', (add) => add(CONTENT_TYPES)],
		['_rels/.rels', (add) => add(PACKAGE_RELATIONS)],
		['xl/workbook.xml', (add) => add(writeWorkbook(sheetName))],
		['xl/_rels/workbook.xml.rels', (add) => add(WORKBOOK_RELATIONS)],
		['xl/styles.xml', (add) => add(STYLE_SHEET)],
		['xl/worksheets/sheet1.xml', writeSheet],
	]);
	return { bytes, cutCount };
}

/** Excel: 1 to 31 characters, no apostrophe at an end, and not the name of its own sheet of changes. */
function writeWorkbook(sheetName: string): string {
	const start = sheetName.replace(NOT_IN_A_NAME, '-').replace(/^[\s']+/, '');
	const name = start.slice(0, 31).replace(/[\s'\ud800-\udbff]+$/, '') || 'Sheet1';
	const allowed = escapeXml(name.replace(/^history$/i, '$&-'));
	return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><bookViews><workbookView/></bookViews><sheets><sheet name="${allowed}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}

function writeCell(value: Value, column: string, textStyle: number, onCut: () => void): string {
	if (typeof value === 'boolean') return `t="b"><v>${Number(value)}</v>`;
	// A number of more than 15 digits, which Excel would round, becomes a text.
	if (typeof value === 'number' && Object.is(Number(value.toPrecision(15)), value)) {
		// In the general style, Excel shows 123456789012 as 1.23E+11, and saves that as CSV.
		const isLong = Math.abs(value) >= 1e11 && Number.isSafeInteger(value);
		return `s="${isLong ? STYLES.whole : STYLES.general}"><v>${value}</v>`;
	}
	const text = Object.is(value, -0) ? '-0' : String(value);
	if (DATE_COLUMN.test(column) && isDate(text)) {
		const day = Date.parse(text) / 86_400_000 + 25_569;
		return `s="${text.includes('T') ? STYLES.dateTime : STYLES.date}"><v>${day}</v>`;
	}
	return `s="${textStyle}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text, onCut)}</t></is>`;
}

function isDate(text: string): boolean {
	// JavaScript takes February 30 for March 1, and Excel takes 1900 for a leap year.
	const forms = [text, text.replace('Z', '.000Z'), `${text}T00:00:00.000Z`];
	return forms.includes(new Date(text).toJSON()) && text >= '1900-03-01';
}

function escapeText(text: string, onCut: () => void): string {
	const escaped = text.slice(0, MAX_CHARACTERS + 1).replace(ESCAPED, (character) => {
		return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
	});
	if (escaped.length <= MAX_CHARACTERS) return escapeXml(escaped);
	onCut();
	return escapeXml(`${escaped.slice(0, MAX_CHARACTERS - 1).replace(CUT_PART, '')}…`);
}

function escapeXml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

type ZipFile = readonly [path: string, write: (add: AddText) => Promise<void>];
type AddText = (text: string) => Promise<void>;

/** Packs files into a ZIP archive below 4 GiB (PKWARE's APPNOTE 6.3; fields not named are 0). */
async function writeZip(files: readonly ZipFile[]): Promise<Buffer> {
	const contents: Buffer[] = [];
	const entries: Buffer[] = [];
	let offset = 0;
	for (const [path, write] of files) {
		const gzip = await compress(write);
		// GZIP (RFC 1952) has a header of ten bytes, and ends in the CRC-32 and the size.
		const [data, crc, size] = [gzip.subarray(10, -8), gzip.subarray(-8, -4), gzip.subarray(-4)];
		const name = Buffer.from(path);
		// ZIP 2.0, DEFLATE, January 1, 1980: the same texts always give the same bytes.
		const format = uint(2, 20, 0, 8, 0, 0x21);
		const fields = [format, crc, uint(4, data.length), size, uint(2, name.length, 0)];
		contents.push(Buffer.from('PK\x03\x04'), ...fields, name, data);
		entries.push(Buffer.from('PK\x01\x02\x14\0'), ...fields, Buffer.alloc(10));
		entries.push(uint(4, offset), name);
		offset += 30 + name.length + data.length;
	}
	const directory = Buffer.concat(entries);
	const end = [uint(2, 0, 0, files.length, files.length), uint(4, directory.length, offset)];
	return Buffer.concat([...contents, directory, Buffer.from('PK\x05\x06'), ...end, uint(2, 0)]);
}

/** Unsigned integers of `width` bytes each, the lowest byte first. */
function uint(width: 2 | 4, ...values: number[]): Buffer {
	const bytes = Buffer.alloc(width * values.length);
	values.forEach((value, index) => bytes.writeUIntLE(value, width * index, width));
	return bytes;
}

/** Compresses texts as GZIP in chunks of 64 KB, of which only the packed bytes stay in memory. */
async function compress(write: ZipFile[1]): Promise<Buffer> {
	const { readable, writable } = new CompressionStream('gzip');
	const packed = new Response(readable).arrayBuffer();
	const writer = writable.getWriter();
	let chunk = '';
	await write(async (text) => {
		chunk += text;
		if (chunk.length < 65_536) return;
		await writer.write(Buffer.from(chunk));
		chunk = '';
	});
	await writer.write(Buffer.from(chunk));
	await writer.close();
	return Buffer.from(await packed);
}
