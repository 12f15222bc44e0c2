import { cleanText, isPrintableAscii, OVERLOADED_LETTER } from './characters';
import { OTHER_CODE_PAGES, rereadAsUtf8, WESTERN } from './codePages';
import type { CodePage } from './codePages';
import { showValue } from './shownValue';
import { SAVE_AS_UTF_8 } from './spreadsheetAdvice';
import type { TextKind } from './suspectText';

/** What takes the place of a byte that is not UTF-8, also when it was damaged a second time. */
const LOST = /\ufffd|ï¿½|锟斤拷/;
/** Letters and the frames that consoles draw. */
const FRAMED = /[\p{L}\p{M}\u2502-\u259f][\u2502-\u259f]|[\u2502-\u259f]\p{L}/u;
/** `à` and `í` are `Ã` and a space or hyphen that cannot be seen, which other programs remove. */
const LONELY_TILDE = /\p{Ll}Ã/u;
/** As Excel writes a letter that its CSV (not UTF-8) cannot hold. */
const QUESTIONED = /\p{L}\?+\p{Ll}|(?<![^\s'’-])\?+\p{Ll}|^[?\s]*\?[?\s]*$/u;

/**
 * Finds the traces of a wrong encoding: letters that were lost, and UTF-8 that was read in another
 * encoding, once or several times.
 *
 * @param written as it came, with the spaces that are not plain ones, which can be half of a letter
 * @param kind in a name, a question mark is the trace of a letter
 * @returns what was damaged and what to do; undefined when nothing was. Its time grows with the length
 *   of the text only.
 */
export function findWrongEncoding(
	written: string,
	kind: TextKind,
	label: string,
): string | undefined {
	const isQuestioned = kind === 'name' && QUESTIONED.test(written);
	if (isPrintableAscii(written) && !isQuestioned) return undefined;
	const repaired = LOST.test(written) ? undefined : repairEncoding(written);
	const isDamaged = [LOST, FRAMED, LONELY_TILDE].some((trace) => trace.test(written));
	if (repaired === undefined && !isDamaged && !isQuestioned) return undefined;
	if (kind === 'secret') return `${label} was damaged by a wrong encoding. ${SAVE_AS_UTF_8}`;
	const right = repaired === undefined ? '' : cleanText(repaired);
	const guess = right === '' || LOST.test(right) ? '' : ` (perhaps '${showValue(right)}')`;
	return `${label} is '${showValue(written.trim())}', which was damaged by a wrong encoding${guess}. ${SAVE_AS_UTF_8}`;
}

/** More often than a file is read and saved in a wrong encoding. */
const MAX_ROUNDS = 3;

/**
 * Undoes the damage that UTF-8 takes when it is read in another encoding.
 *
 * @returns what was probably written; undefined when the text is right as it is, or is no such damage
 */
export function repairEncoding(text: string): string | undefined {
	if (isPrintableAscii(text)) return undefined;
	const repaired = repairWhole(text, MAX_ROUNDS);
	if (repaired !== undefined) return repaired;
	const parts = text.split(/([\0-/:-@[-`{-\x7f]+)/);
	const words = parts.map((word) => repairBy(WESTERN, word, MAX_ROUNDS) ?? word);
	const joined = words.join('');
	return joined === text ? undefined : joined;
}

function repairWhole(text: string, rounds: number): string | undefined {
	for (const page of [WESTERN, ...OTHER_CODE_PAGES]) {
		const repaired = repairBy(page, text, rounds);
		if (repaired !== undefined) return repaired;
	}
	return undefined;
}

function repairBy(page: CodePage, text: string, rounds: number): string | undefined {
	const reread = rereadAsUtf8(text, page);
	if (reread === undefined || reread === text) return undefined;
	const again = rounds > 1 ? repairWhole(reread, rounds - 1) : undefined;
	return again ?? (isPlausible(reread, text, page) ? reread : undefined);
}

/** Latin letters of living languages; the others are those of phoneticians. */
const LATIN = 'A-Za-zªºÀ-ÖØ-öø-ōŐ-œŖ-ŧũ-žƆɔƏəƐɛƁɓƊɗƘƙƠơƯưƳƴǍ-ǜǦ-ǩǪǫǴǵǺ-ǿȘ-țȲȳḀ-ỿ';
const PHONETIC = new RegExp(`(?![${LATIN}])\\p{Script=Latin}`, 'u');
/** Other letters and signs that no name has today. */
const DATED = /[\u0370-\u0373\u0376\u0377\u037b-\u037d\u03cf-\u03ff\u0460-\u0489\u2c00-\u2c5f]/;
/** Signs that are not letters, as they occur in names, addresses and purposes. */
const SIGNS =
	'\\u00a0-\\u00bf×÷‐-—‘-„†‡•…‰′″‹›€№℠™₽₴₺₹₪₫−、。・「」『』（），：\\u055b\\u058a\\u05be\\u05f3\\u05f4\\u060c\\u061b\\u061f\\u200b-\\u200f\\u2028\\u202f\\u3000\\ufeff\\ufffd';
const UNLIKELY = new RegExp(`[^\\0-\\x7f\\p{L}\\p{M}\\p{Nd}\\u{1f000}-\\u{1faff}${SIGNS}]`, 'u');
/** Letters that look like quotation marks are parts of words. */
const LONELY_APOSTROPHE = /[\u02b0-\u02ff](?!\p{L})|[\u02b0-\u02ba\u02bd\u02c0-\u02ff]/u;
/** An accent or a digit that does not belong to its letter. */
const LONELY_ACCENT = /(?:^|[\0-\x7f])\p{M}|(?:^|\p{Script=Latin})(?![0-9])\p{Nd}/u;
const OTHER_SCRIPT = '(?![\\p{Script=Latin}\\p{Script=Common}\\p{Script=Inherited}])\\p{L}';
const MIXED_SCRIPTS = new RegExp(
	`\\p{Script=Latin}\\p{M}*${OTHER_SCRIPT}|${OTHER_SCRIPT}\\p{M}*\\p{Script=Latin}`,
	'u',
);
const TWO_ALPHABETS =
	/\p{Script=Cyrillic}.*\p{Script=Greek}|\p{Script=Greek}.*\p{Script=Cyrillic}/su;
/**
 * A letter beyond ASCII in another case than those beside it: in code pages whose upper half is
 * letters, capitals can be read so.
 */
const MIXED_CASE = /\p{Lu}{2}(?![a-z])\p{Ll}|(?![a-z])\p{Ll}\p{Lu}|\p{Ll}(?![A-Z])\p{Lu}/u;
const UNNATURAL = [
	PHONETIC,
	DATED,
	UNLIKELY,
	LONELY_APOSTROPHE,
	LONELY_ACCENT,
	MIXED_SCRIPTS,
	TWO_ALPHABETS,
];
const OTHER_LETTERS = new RegExp(OTHER_SCRIPT, 'gu');
const ONE_LETTER_WORD = /[\p{Script=Han}\p{Script=Hangul}]/u;

/** Closing punctuation, and signs that follow a word. */
const CLOSING = '[\\u00a0“’”»›•…–—®™§°ªº]';
/** `CAFÉ®` and `à »` end as a damaged letter would. */
const CLOSED_CAPITAL = new RegExp(
	`[A-Z](?:[A-Z][ÃĂĆ]|(?![A-ZÂÃĂĆ])(?=\\p{Script=Latin})\\p{Lu})${CLOSING}+[sS]?(?![A-Za-z])[\\0-\\x7f]*$`,
	'u',
);
const CLOSED_LETTER = new RegExp(`^\\p{Ll}${CLOSING}+$`, 'u');
/** Letters at the end of real names, such as MALMÖ and PETRAITIENĖ, that look like this when damaged. */
const FINAL_CAPITAL = /[ÒÔÖÙĖŻ]/;

/** Whether what comes out is text, as against letters that could be read otherwise by chance. */
function isPlausible(reread: string, text: string, page: CodePage): boolean {
	if (OVERLOADED_LETTER.test(reread)) return false;
	const composed = reread.normalize('NFC');
	if (UNNATURAL.some((pattern) => pattern.test(composed))) return false;
	const others = composed.match(OTHER_LETTERS) ?? [];
	if (others.length > 1) return true;
	if (others.length === 1) return ONE_LETTER_WORD.test(composed) && !CLOSED_LETTER.test(text);
	const isClosed = CLOSED_CAPITAL.test(text);
	if (page === WESTERN) return !isClosed || FINAL_CAPITAL.test(composed);
	return !isClosed && /[A-Za-z]/.test(composed) && !MIXED_CASE.test(composed);
}
