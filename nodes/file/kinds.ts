import { CODE_PAGES } from '../payout/text/codePages';
import { SAVE_AS_UTF_8 } from '../payout/text/spreadsheetAdvice';
import { FileError } from './fileError';
import { openArchive, PROTECTED } from './xlsx/archive';
import type { Archive } from './xlsx/archive';
import type { GiveTurn } from './sheet';

const SAVE =
	'Open it in Excel, LibreOffice or Google Sheets, and save it as an Excel workbook (.xlsx); in Google Sheets, that is File → Download → Microsoft Excel.';
const OLD_WORKBOOK = `is a workbook in the old format of Excel (.xls). ${SAVE}`;
const PACKED = 'is packed. Unpack it, and use the sheet inside.';
const OTHER = `is neither a workbook nor a CSV file. ${SAVE}`;

const BEGINNINGS = {
	'is empty. Save it again, and check that it has rows.': /^$/,
	'is a PDF. Ask for the sheet that it was made of.': /^%PDF/,
	'is a picture. Ask for the sheet itself.': /^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF)/,
	[PACKED]: /^(?:BZh\d|7z\xbc\xaf|Rar!|\p{Cc}\x8b)/u,
	'is a text document. Copy its table into a sheet, and use that.': /^\{\\rtf/,
	[`is a sheet in an old format (SYLK). ${SAVE}`]: /^ID;P[A-Z0-9]*(?:;[A-Z])*\r?\n[A-Z];/,
	[`is a sheet in an old format of Excel (XML Spreadsheet 2003). ${SAVE}`]:
		/^\s*(?:<\?xml[^>]*>\s*)?(?:<\?mso-application|<Workbook)/,
	[`is a web page, although its name may end with .xls. ${SAVE}`]:
		/^MIME-Version:|^\s*(?:<!--[^>]*>\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|meta|table|style|div)/i,
	[`is an XML file. ${SAVE}`]: /^\s*<[?!A-Za-z]/,
	'is JSON. Read it with the node Extract from File.': /^\s*(?:\{\s*["}]|\[\s*[{["\]])/,
};

const CONTENTS = {
	'xl/workbook.bin': `is a binary workbook (.xlsb). ${SAVE}`,
	'content.xml': `is an OpenDocument file (.ods). ${SAVE}`,
	'Index/Document.iwa': 'is a Numbers file. In Numbers, choose File → Export To → Excel.',
	'Index.zip': 'is a Numbers file. In Numbers, choose File → Export To → Excel.',
	'word/document.xml': 'is a Word document. Copy its table into a sheet, and use that.',
	'ppt/presentation.xml': 'is a presentation. Ask for the sheet itself.',
};

const SHOWN_BYTES = 4_096;
/** "EncryptedPackage" in UTF-16, as the folder of an encrypted workbook has it. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Opens a workbook; undefined for a text file. Throws a `FileError` that says what else a file is. */
export function openWorkbook(bytes: Buffer, giveTurn: GiveTurn): Archive | undefined {
	const first = bytes.toString('latin1', 0, SHOWN_BYTES);
	const isUtf16 = findUnicode(bytes)?.startsWith('utf-16') ?? false;
	const letters = isUtf16 ? first.replaceAll('\0', '') : first;
	const start = letters.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
	let what: string | undefined;
	if (start.startsWith('\xd0\xcf\x11\xe0')) {
		what = bytes.includes(ENCRYPTED) ? PROTECTED : OLD_WORKBOOK;
	} else if (['PK\x03\x04', 'PK\x05\x06'].some((begin) => start.startsWith(begin))) {
		const archive = openArchive(bytes, giveTurn);
		const [found] = Object.entries(CONTENTS).filter(([path]) => archive.has(path));
		if (!found && archive.has('_rels/.rels')) return archive;
		what = found?.[1] ?? PACKED;
	} else {
		[what] = Object.entries(BEGINNINGS).find(([, beginning]) => beginning.test(start)) ?? [];
		if (!isUtf16 && start.includes('\0')) what ??= OTHER;
	}
	if (what === undefined) return undefined;
	throw new FileError([`The file ${what}`]);
}

const NO_LETTER = /[\u0080-\u009f\ufffd]/;
const PIECE_LENGTH = 65_536;

/** Decodes Unicode, or the code page of Windows that the user names. Throws a `FileError`. */
export async function decodeText(bytes: Uint8Array, encoding: string, giveTurn: GiveTurn) {
	const page = CODE_PAGES[encoding];
	const found = findUnicode(bytes);
	try {
		return new TextDecoder(found ?? 'utf-8', { fatal: true }).decode(bytes);
	} catch {
		// Text in another encoding is hardly ever valid UTF-8.
	}
	if (page === undefined || found !== undefined) {
		const problem = `The file has letters in an older encoding of Windows, which could be read wrongly. ${SAVE_AS_UTF_8}`;
		throw new FileError([problem]);
	}
	const parts: string[] = [];
	for (let start = 0; start < bytes.length; start += PIECE_LENGTH) {
		await giveTurn();
		let part = '';
		for (const byte of bytes.subarray(start, start + PIECE_LENGTH)) {
			part += byte < 0x80 ? String.fromCharCode(byte) : page[byte - 0x80];
		}
		if (NO_LETTER.test(part)) {
			throw new FileError([`The file is not in the encoding ${encoding}. ${SAVE_AS_UTF_8}`]);
		}
		parts.push(part);
	}
	return parts.join('');
}

/** By the byte order mark, or, as programs write UTF-16 without one, by the zeros between letters. */
function findUnicode([first, second, third]: Uint8Array): string | undefined {
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	if (second === 0 && first !== 0) return 'utf-16le';
	return first === 0 && second !== 0 ? 'utf-16be' : undefined;
}
