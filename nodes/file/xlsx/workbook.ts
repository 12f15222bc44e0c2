import { createDamageError } from '../fileError';
import type { Archive } from './archive';
import { readNumberFormat } from './numberFormats';
import type { NumberFormat } from './numberFormats';
import { readAttributes, readXml } from './xml';

export interface Workbook {
	/** In the order of their tabs, of which those that are seen have a number from 1; others have 0. */
	sheets: Array<{ name: string; tab: number; path: string }>;
	/** Whether days are counted from 1904, as old versions of Excel for Mac did. */
	is1904: boolean;
	formats: readonly NumberFormat[];
	texts: readonly string[];
}

/** Of a part that names sheets or formats; Excel allows 65,490 styles. */
const MAX_ELEMENTS = 500_000;
type Element = { name: string; parent: string; attributes: ReadonlyMap<string, string> };

/** Reads what the sheets of a workbook have in common (ECMA-376, part 1, 18.2 to 18.8). */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
	const list = async (path: string) => {
		const elements: Element[] = [];
		const open = (name: string, raw: string, parent: string) => {
			if (elements.length > MAX_ELEMENTS) throw createDamageError();
			elements.push({ name, parent, attributes: readAttributes(raw) });
		};
		await readXml(archive.read(path), { open });
		return elements;
	};
	const listParts = async (part: string) => {
		const [, folder = '', file = ''] = /^(.*\/)?([^/]*)$/.exec(part) ?? [];
		const parts = new Map<string, string>();
		for (const { attributes } of await list(`${folder}_rels/${file}.rels`)) {
			const path = resolvePath(folder, attributes.get('Target') ?? '');
			const kind = attributes.get('Type')?.replace(/^.*\//, '') ?? '';
			parts.set(kind, path).set(`${kind} ${attributes.get('Id')}`, path);
		}
		return parts;
	};
	const main = (await listParts('')).get('officeDocument') ?? '';
	const parts = await listParts(main);
	const elements = await list(main);
	let tabs = 0;
	const sheets = elements.flatMap(({ name, attributes }): Workbook['sheets'] => {
		if (name !== 'sheet') return [];
		const isHidden = (attributes.get('state') ?? 'visible') !== 'visible';
		const tab = isHidden ? 0 : ++tabs;
		const path = parts.get(`worksheet ${attributes.get('id')}`);
		// A sheet of charts has no rows.
		return path === undefined ? [] : [{ name: attributes.get('name') ?? '', tab, path }];
	});
	if (sheets.length === 0) throw createDamageError();
	const properties = elements.find(({ name }) => name === 'workbookPr');
	const styles = parts.get('styles');
	const shared = parts.get('sharedStrings');
	return {
		sheets,
		is1904: isTrue(properties?.attributes.get('date1904')),
		formats: styles === undefined ? [] : listFormats(await list(styles)),
		texts: shared === undefined ? [] : await readTexts(archive.read(shared)),
	};
}

function resolvePath(folder: string, target: string): string {
	const path: string[] = [];
	for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
		if (part === '..') path.pop();
		else if (part !== '.' && part !== '') path.push(part);
	}
	return path.join('/');
}

function listFormats(elements: readonly Element[]): NumberFormat[] {
	const idOf = ({ attributes }: Element) => Number(attributes.get('numFmtId') ?? 0);
	const own = elements.filter(({ name }) => name === 'numFmt');
	const codes = new Map(own.map((each) => [idOf(each), each.attributes.get('formatCode')]));
	return elements
		.filter(({ name, parent }) => name === 'xf' && parent === 'cellXfs')
		.map((each) => readNumberFormat(idOf(each), codes.get(idOf(each))));
}

async function readTexts(pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
	const texts: string[] = [];
	let text = '';
	const close = (name: string, inside: string, parent: string) => {
		if (isShown(name, parent)) text += inside;
		if (name !== 'si') return;
		texts.push(text);
		text = '';
	};
	await readXml(pieces, { close });
	return texts;
}

/** Whether an element has a part of a text, and not how it is pronounced. */
export const isShown = (name: string, parent: string) => name === 't' && parent !== 'rPh';

/** Whether an attribute is true, as XML Schema writes it. */
export const isTrue = (value: string | undefined) => value === '1' || value === 'true';
