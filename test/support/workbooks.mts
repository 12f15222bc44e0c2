import { packZip } from './zip.mts';
import type { ZipEntry } from './zip.mts';

/** A text, a number, nothing, or the XML of a cell by its place. */
export type Content = string | number | undefined | ((place: string) => string);

export interface SheetParts {
	name?: string;
	/** What stands in `sheetData`. */
	rows: string;
	/** As in `<cols>…</cols>`. */
	before?: string;
	/** As in `<mergeCells>…</mergeCells>`. */
	after?: string;
	/** `hidden` or `veryHidden`. */
	state?: string;
	/** Where the part lies in the archive. */
	path?: string;
	/** How the workbook names it, where that is not its path from the workbook's folder. */
	target?: string;
	/** The last word of the relationship's type. */
	kind?: string;
}

export interface WorkbookParts {
	sheets: readonly SheetParts[];
	/** Number formats by their code; the style of a cell is 1 for the first. */
	formats?: readonly string[];
	/** The XML of each shared text, inside of `si`. */
	shared?: readonly string[];
	isFrom1904?: boolean;
	/** The folder of the workbook. */
	folder?: string;
	/** What stands before the workbook's root. */
	prolog?: string;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Writes a text so that XML has it as text. */
export function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** The columns by letters, from 0. */
function letterOf(column: number): string {
	const letter = String.fromCharCode(65 + (column % 26));
	return column < 26 ? letter : letterOf(Math.floor(column / 26) - 1) + letter;
}

/** Writes a row with its number, from 1, and with an address for each of its cells. */
export function rowXml(row: number, contents: readonly Content[], attributes = ''): string {
	const written = contents.map((content, column) => {
		const place = `${letterOf(column)}${row}`;
		if (content === undefined) return '';
		if (typeof content === 'function') return content(place);
		if (typeof content === 'number') return `<c r="${place}"><v>${content}</v></c>`;
		return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(content)}</t></is></c>`;
	});
	return `<row r="${row}"${attributes && ` ${attributes}`}>${written.join('')}</row>`;
}

/** Writes rows that follow each other; an empty list is a row that is not written at all. */
export function rowsXml(rows: ReadonlyArray<readonly Content[]>, firstRow = 1): string {
	return rows
		.map((contents, index) => (contents.length > 0 ? rowXml(firstRow + index, contents) : ''))
		.join('');
}

/** A number with a format: 1 is the first of `formats`. */
export function formatted(value: number | string, style = 1): Content {
	return (place) => `<c r="${place}" s="${style}"><v>${value}</v></c>`;
}

/** What stands inside of a cell of a type. */
export function typed(type: string, inside: string): Content {
	return (place) => `<c r="${place}" t="${type}">${inside}</c>`;
}

/** Makes the parts of a workbook, not packed yet. */
export function listParts(parts: WorkbookParts): ZipEntry[] {
	const { sheets, formats = [], shared, isFrom1904 = false, folder = 'xl', prolog = XML } = parts;
	const inFolder = (path: string) => (folder === '' ? path : `${folder}/${path}`);
	const placed = sheets.map((sheet, index) => ({
		id: `rId${index + 1}`,
		name: `Sheet${index + 1}`,
		path: inFolder(`worksheets/sheet${index + 1}.xml`),
		target: `worksheets/sheet${index + 1}.xml`,
		kind: 'worksheet',
		...sheet,
	}));
	const relationship = (id: string, kind: string, target: string) =>
		`<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
	const relationships = (list: readonly string[]) =>
		`${XML}<Relationships xmlns="${PACKAGE}">${list.join('')}</Relationships>`;
	const tabs = placed.map(
		({ name, state, id }, index) =>
			`<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="${id}"/>`,
	);
	const styles = formats.map((_, index) => `<xf numFmtId="${170 + index}"/>`).join('');
	const codes = formats
		.map((code, index) => `<numFmt numFmtId="${170 + index}" formatCode="${escapeXml(code)}"/>`)
		.join('');
	return [
		{ path: '[Content_Types].xml', content: `${XML}<Types/>` },
		{
			path: '_rels/.rels',
			content: relationships([relationship('rId1', 'officeDocument', inFolder('workbook.xml'))]),
		},
		{
			path: inFolder('workbook.xml'),
			content: `${prolog}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${isFrom1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${tabs.join('')}</sheets></workbook>`,
		},
		{
			path: inFolder('_rels/workbook.xml.rels'),
			content: relationships([
				...placed.map(({ id, kind, target }) => relationship(id, kind, target)),
				relationship('rIdStyles', 'styles', 'styles.xml'),
				...(shared ? [relationship('rIdShared', 'sharedStrings', 'sharedStrings.xml')] : []),
			]),
		},
		{
			path: inFolder('styles.xml'),
			content: `${XML}<styleSheet xmlns="${MAIN}"><numFmts>${codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles}</cellXfs></styleSheet>`,
		},
		...(shared
			? [
					{
						path: inFolder('sharedStrings.xml'),
						content: `${XML}<sst xmlns="${MAIN}">${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`,
					},
				]
			: []),
		...placed.map(({ path, rows, before = '', after = '' }) => ({
			path,
			content: `${XML}<worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
		})),
	];
}

/** Packs a workbook with these sheets. */
export function packWorkbook(parts: WorkbookParts): Buffer {
	return packZip(listParts(parts));
}

/** Packs a workbook with one sheet of these rows. */
export function packRows(
	rows: ReadonlyArray<readonly Content[]>,
	others: Omit<WorkbookParts, 'sheets'> & Partial<SheetParts> = {},
): Buffer {
	return packWorkbook({ ...others, sheets: [{ rows: rowsXml(rows), ...others }] });
}

/** Packs the parts of a workbook after one of them was changed. */
export function packChanged(
	parts: WorkbookParts,
	path: string,
	change: (content: string) => string,
	entry: Partial<ZipEntry> = {},
): Buffer {
	const entries = listParts(parts).map((each) =>
		each.path === path ? { ...each, content: change(String(each.content)), ...entry } : each,
	);
	return packZip(entries);
}
