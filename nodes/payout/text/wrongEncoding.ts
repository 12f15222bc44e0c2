import { isPrintableAscii, normalize } from './characters';
import { CODE_PAGES } from './codePages';
import { showValue } from './shownValue';
import { SAVE_AS_UTF_8 } from './spreadsheetAdvice';

/** Those of spreadsheets in Western and Central Europe, and in Cyrillic. */
const PAGES = [1252, 1250, 1251].map((page) => CODE_PAGES[`windows-${page}`] ?? '');
const [WESTERN = ''] = PAGES;

/** What takes the place of a byte that is not UTF-8, also when it was damaged a second time. */
const LOST = /\ufffd|ï¿½/;
/** `à` and `í` are `Ã` and a space or hyphen that cannot be seen, which other programs remove. */
const LONELY_TILDE = /\p{Ll}Ã/u;
/** As Excel writes a letter that its CSV (not UTF-8) cannot hold. */
const QUESTIONED = /\p{L}\?+\p{Ll}|(?<![^\s'’-])\?+\p{Ll}|^[?\s]*\?[?\s]*$/u;

/** Says so where a text has traces of a wrong encoding: lost letters, or UTF-8 read in another one. */
export function findWrongEncoding(written: string, isName: boolean, label: string) {
	const traces = isName ? [LOST, LONELY_TILDE, QUESTIONED] : [LOST, LONELY_TILDE];
	if (!traces.some((trace) => trace.test(written)) && !isMisread(written)) return undefined;
	return `${label} is '${showValue(written.trim())}', which was damaged by a wrong encoding. ${SAVE_AS_UTF_8}`;
}

const MAX_ROUNDS = 3;

/** Whether a text, or a word of it in windows-1252, is UTF-8 that was read in another encoding. */
export function isMisread(text: string): boolean {
	if (isPrintableAscii(text)) return false;
	const words = text.match(/[^\0-/:-@[-`{-\x7f]+/g) ?? [];
	return isMisreadBy(PAGES, text) || words.some((word) => isMisreadBy([WESTERN], word));
}

function isMisreadBy(pages: readonly string[], text: string, rounds = MAX_ROUNDS): boolean {
	return pages.some((page) => {
		const reread = rereadAsUtf8(text, page);
		if (reread === text || reread.includes('\ufffd')) return false;
		const isAgain = () => rounds > 1 && isMisreadBy(PAGES, reread, rounds - 1);
		return isPlausible(reread, text, page) || isAgain();
	});
}

const utf8 = new TextDecoder();

/** Where a letter is none of the page, or the bytes are no UTF-8, it gives U+FFFD. */
function rereadAsUtf8(text: string, page: string): string {
	const bytes = Array.from(text, (letter) => {
		const code = letter.charCodeAt(0);
		if (code < 0x80) return code;
		return page.includes(letter) ? 0x80 + page.indexOf(letter) : 0xff;
	});
	return utf8.decode(Uint8Array.from(bytes));
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

function isPlausible(reread: string, text: string, page: string): boolean {
	const composed = normalize(reread);
	if (!NATURAL.test(composed) || MIXED_SCRIPTS.test(composed)) return false;
	const others = composed.match(OTHER_LETTERS) ?? [];
	if (others.length > 0) return others.length > 1 || ONE_LETTER_WORD.test(composed);
	if (CLOSED_CAPITAL.test(text) && !FINAL_CAPITAL.test(composed)) return false;
	// Two Cyrillic letters can be read as a sign.
	return page === WESTERN || /[A-Za-z]/.test(composed);
}
