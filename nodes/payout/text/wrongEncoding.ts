import { cleanText, isPrintableAscii, normalize } from './characters';
import { CODE_PAGES } from './codePages';
import { showValue } from './shownValue';
import { SAVE_AS_UTF_8 } from './spreadsheetAdvice';

/** The byte of each character; where a code page has none, programs put the control character. */
type CodePage = ReadonlyMap<string, number>;

const WESTERN = readCodePage('windows-1252');

/** Those of spreadsheets in Western and Central Europe, and in Cyrillic. */
const PAGES = [WESTERN, readCodePage('windows-1250'), readCodePage('windows-1251')];

function readCodePage(name: string): CodePage {
	return new Map(Array.from(CODE_PAGES[name] ?? '', (letter, index) => [letter, 0x80 + index]));
}

/** What takes the place of a byte that is not UTF-8, also when it was damaged a second time. */
const LOST = /\ufffd|ï¿½/;
/** `à` and `í` are `Ã` and a space or hyphen that cannot be seen, which other programs remove. */
const LONELY_TILDE = /\p{Ll}Ã/u;
/** As Excel writes a letter that its CSV (not UTF-8) cannot hold. */
const QUESTIONED = /\p{L}\?+\p{Ll}|(?<![^\s'’-])\?+\p{Ll}|^[?\s]*\?[?\s]*$/u;

/** Finds traces of a wrong encoding: lost letters, and UTF-8 read in another one. */
export function findWrongEncoding(written: string, isName: boolean, label: string) {
	const isLost = LOST.test(written);
	const repaired = isLost ? undefined : repairEncoding(written);
	const isDamaged = isLost || LONELY_TILDE.test(written) || (isName && QUESTIONED.test(written));
	if (repaired === undefined && !isDamaged) return undefined;
	const right = cleanText(repaired ?? '');
	const guess = right === '' || LOST.test(right) ? '' : ` (perhaps '${showValue(right)}')`;
	return `${label} is '${showValue(written.trim())}', which was damaged by a wrong encoding${guess}. ${SAVE_AS_UTF_8}`;
}

/** More often than a file is read and saved in a wrong encoding. */
const MAX_ROUNDS = 3;

/** Undoes the reading of UTF-8 in another encoding; undefined where the text shows no such damage. */
export function repairEncoding(text: string): string | undefined {
	if (isPrintableAscii(text)) return undefined;
	const repaired = repairBy(PAGES, text, MAX_ROUNDS);
	if (repaired !== undefined) return repaired;
	const joined = text.replace(
		/[^\0-/:-@[-`{-\x7f]+/g,
		(word) => repairBy([WESTERN], word, MAX_ROUNDS) ?? word,
	);
	return joined === text ? undefined : joined;
}

function repairBy(pages: CodePage[], text: string, rounds: number): string | undefined {
	for (const page of rounds > 0 ? pages : []) {
		const reread = rereadAsUtf8(text, page);
		if (reread === undefined || reread === text) continue;
		const again = repairBy(PAGES, reread, rounds - 1);
		if (again !== undefined) return again;
		if (isPlausible(reread, text, page)) return reread;
	}
	return undefined;
}

const utf8 = new TextDecoder();

function rereadAsUtf8(text: string, page: CodePage): string | undefined {
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		const byte = code < 0x80 ? code : page.get(text.charAt(index));
		if (byte === undefined) return undefined;
		bytes[index] = byte;
	}
	const reread = utf8.decode(bytes);
	return reread.includes('\ufffd') ? undefined : reread;
}

const OTHER_LETTER = '(?![\\p{sc=Latin}\\p{sc=Common}\\p{sc=Inherited}])\\p{L}';
const OTHER_LETTERS = new RegExp(OTHER_LETTER, 'gu');
/** Latin letters of living languages, and signs that names, addresses and purposes have. */
const LATIN = '\\0-\\x7fÀ-ÖØ-öø-žȘ-țƏəƠơƯưḀ-ỿ';
const SIGNS = '\\u00a0-\\u00bf‐-—‘-„†‡•…‰‹›€№™\\u200b-\\u200f،؛؟׳״、。・ー，（）';
const NATURAL = new RegExp(
	`^(?:[${LATIN}${SIGNS}]|${OTHER_LETTER}|(?<!^|[${LATIN}])\\p{M})+$`,
	'u',
);
const MIXED_SCRIPTS = new RegExp(
	`\\p{sc=Latin}\\p{M}*${OTHER_LETTER}|${OTHER_LETTER}\\p{M}*\\p{sc=Latin}`,
	'u',
);
/** A Chinese or Korean word can have one letter. */
const ONE_LETTER_WORD = /[\p{sc=Han}\p{sc=Hangul}]/u;
/** `CAFÉ®` and `«ÅLÅ»` end as a damaged letter would. */
const CLOSED_CAPITAL =
	/[A-Z](?![A-Z])\p{Lu}[\u00a0“’”»›•…–—®™§°ªº]+[sS]?(?![A-Za-z])[\0-\x7f]*$/u;
/** Last letters of real names, such as MALMÖ and PETRAITIENĖ, that look like this when damaged. */
const FINAL_CAPITAL = /[ÖĖ]/;

function isPlausible(reread: string, text: string, page: CodePage): boolean {
	const composed = normalize(reread);
	if (!NATURAL.test(composed) || MIXED_SCRIPTS.test(composed)) return false;
	const others = composed.match(OTHER_LETTERS) ?? [];
	if (others.length > 0) return others.length > 1 || ONE_LETTER_WORD.test(composed);
	if (CLOSED_CAPITAL.test(text) && !FINAL_CAPITAL.test(composed)) return false;
	// Two Cyrillic letters can be read as a sign.
	return page === WESTERN || /[A-Za-z]/.test(composed);
}
