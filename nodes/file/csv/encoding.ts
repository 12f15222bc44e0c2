import { CODE_PAGES } from '../../payout/text/codePages';
import { FileError } from '../fileError';

const SAVE_AS_UTF_8 =
	'In Excel, choose File → Save As and the type CSV UTF-8 (Comma delimited) or Excel Workbook (.xlsx); in LibreOffice, save a copy as Text CSV with the character set Unicode (UTF-8).';

/**
 * Decodes a text file: UTF-8 or UTF-16, or the code page of Windows that the user names, because no
 * byte of a file tells it. Throws a `FileError` for anything else.
 */
export async function decodeText(
	bytes: Uint8Array,
	encoding: string,
	giveTurn: () => Promise<void>,
): Promise<string> {
	const page = CODE_PAGES[encoding];
	const found = findUnicode(bytes);
	try {
		// Text in another encoding is hardly ever valid UTF-8.
		return new TextDecoder(found ?? 'utf-8', { fatal: true }).decode(bytes);
	} catch {
		if (page === undefined || found !== undefined) {
			throw new FileError([
				`The file has letters in an older encoding of Windows, which could be read wrongly. ${SAVE_AS_UTF_8}`,
			]);
		}
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

/** Where a code page has nothing. */
const NO_LETTER = /[\u0080-\u009f\ufffd]/;

const PIECE_LENGTH = 65_536;

/** By the byte order mark, or, as programs write UTF-16 without one, by the zeros between letters. */
function findUnicode([first, second, third]: Uint8Array): string | undefined {
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	if (second === 0 && first !== 0) return 'utf-16le';
	return first === 0 && second !== 0 ? 'utf-16be' : undefined;
}
