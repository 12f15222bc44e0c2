const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const WIDE_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const LINE_BREAKS = /[\t\n\v\f\r\u2028\u2029]+/;
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
/** Letters of scripts, from Arabic to Mongolian, in which a joiner (U+200C, U+200D) changes their look. */
const JOINED = '[\\u0600-\\u18af]';
const LONELY_JOINERS = new RegExp(`(?<!${JOINED})[\u200c\u200d]|[\u200c\u200d](?!${JOINED})`, 'gu');
/** More accents on one letter than any text has (Unicode's Stream-Safe Text Format); ordering them is slow. */
export const OVERLOADED_LETTER = /[\p{M}\uff9e\uff9f]{31}/u;

/** Whether a text has only the letters, digits and signs of a plain keyboard. */
export function isPrintableAscii(text: string): boolean {
	return PRINTABLE_ASCII.test(text);
}

/** Removes unseen spaces, line breaks and marks, and composes letters (NFC). Linear in the length. */
export function cleanText(written: string): string {
	if (isPrintableAscii(written)) return written.trim();
	const visible = written.replace(INVISIBLE, '').replace(LONELY_JOINERS, '');
	const lines = normalize(visible).replace(WIDE_SPACES, ' ').split(LINE_BREAKS);
	return lines.flatMap((line) => line.trim() || []).join(' ');
}

/** Composes accented letters, unless that would take too long (`OVERLOADED_LETTER`). */
export function normalize(text: string, form: 'NFC' | 'NFKC' = 'NFC'): string {
	return OVERLOADED_LETTER.test(text) ? text : text.normalize(form);
}

/** Cuts a text that is too long, or part of a longer one, where no part of a number is left. */
export function cutText(text: string, maxLength: number, isPart = false): string {
	const isCut = isPart || text.length > maxLength;
	return isCut ? `${text.slice(0, maxLength).replace(/[^\p{L}]+$/u, '')}…` : text;
}

const VISIBLE = /[^\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/;

/** Whether there is no value, or a text with nothing to read in it. Ends at the first visible character. */
export function isEmpty(value: unknown): boolean {
	return typeof value === 'string' ? !VISIBLE.test(value) : value === undefined || value === null;
}

/** Changes only the letters a to z to upper case: `ß` must not become two letters of a code. */
export function toUpperAscii(text: string): string {
	return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Full-width and small characters, ligatures, Roman numerals and ellipses, which look like ASCII. */
const WIDE_OR_LIGATURE = /[\u2024-\u2026\u2160-\u217f\ufb00-\ufb06\ufe50-\ufe6b\uff01-\uff5e]+/g;
const DASHES = /[\u02d7\u2010-\u2015\u2043\u2212\u2500\u2501]/g;

/** Writes what looks like ASCII in ASCII, and the hyphen for every dash. */
export function foldWidthAndDashes(text: string): string {
	if (isPrintableAscii(text)) return text;
	const narrow = text.replace(WIDE_OR_LIGATURE, (alike) => alike.normalize('NFKC'));
	return normalize(narrow.replace(DASHES, '-'));
}

/** Writes a code or an amount, as clean text, in ASCII, without quotes around it or Excel's apostrophe. */
export function foldIdentifier(text: string): string {
	return foldWidthAndDashes(text).replace(/^['"‘’“”\s]+|['"‘’“”\s]+$/g, '');
}
