import type { Checked } from './checked';

/**
 * What a value is used for: an `identifier` such as an account number, where every digit decides who
 * is paid; a `secret`, which is a card number that no message may show; a `reference`, where two
 * different ones must never become the same; an `amount`; or any other `text`.
 */
export type TextKind = 'amount' | 'identifier' | 'reference' | 'secret' | 'text';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const WIDE_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Soft hyphens, zero-width characters and text direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** Such as #N/A, #REF! and #DIV/0!, or #NV in German. */
const FORMULA_RESULT = /^#(?:[¡¿]?\p{L}[\p{L}\d/]*[!?]|N\/?[ADV])$/iu;
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** Half of a surrogate pair, as in a truncated emoji: UTF-8 cannot tell one from another. */
const DAMAGED = /\p{Surrogate}/u;
/** A 64-bit number with a fraction is sure to keep this many digits (IEEE 754). */
const CERTAIN_DIGITS = 15;

/**
 * Removes what copying and spreadsheets leave behind unseen: surrounding spaces, line breaks, and
 * non-breaking and zero-width spaces. Composes accented letters (NFC), so that references that look
 * the same are the same.
 */
export function cleanText(text: string): string {
	if (PRINTABLE_ASCII.test(text)) return text.trim();
	return text
		.replace(INVISIBLE, '')
		.normalize('NFC')
		.replace(WIDE_SPACES, ' ')
		.replace(/\s*[\r\n\t]+\s*/g, ' ')
		.trim();
}

/** Changes only the letters a to z to upper case: `ß` must not become two letters of a code. */
export function toUpperAscii(text: string): string {
	return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * Reads a value from a spreadsheet, a form or an expression as text. It removes noise that cannot
 * change who is paid, and refuses a value that may have lost digits instead of guessing them.
 *
 * @param label what messages call the field
 * @returns clean text, empty when there is no value; or what to correct
 */
export function readText(value: unknown, kind: TextKind, label: string): Checked {
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'number') return readNumber(value, kind, label);
	if (typeof value !== 'string') {
		return {
			problem: `${label} is not text but ${describeType(value)}. Map a column that holds text.`,
		};
	}

	const isNumber = kind === 'amount' || isIdentifier(kind);
	const text = isNumber ? toPlainAscii(cleanText(value)) : cleanText(value);
	if (FORMULA_RESULT.test(text)) {
		return {
			problem: `${label} contains ${text}, the result of a broken formula. Correct the formula in the spreadsheet.`,
		};
	}
	if (DAMAGED.test(text)) {
		return { problem: `${label} contains a damaged character. Type the value again.` };
	}
	if (kind !== 'amount' && kind !== 'text' && SCIENTIFIC.test(text)) {
		return { problem: lostDigits(label, kind, text) };
	}
	return { value: text };
}

function readNumber(value: number, kind: TextKind, label: string): Checked {
	const text = String(value);
	const isPlain = /^-?[\d.]+$/.test(text);
	const isCertain = Number.isSafeInteger(value) || text.replace(/\D/g, '').length <= CERTAIN_DIGITS;
	// toMinorUnits refuses an amount in scientific notation with a sentence of its own.
	if (isIdentifier(kind) || (isPlain ? !isCertain : kind !== 'amount')) {
		return { problem: lostDigits(label, kind, text) };
	}
	return { value: text };
}

function isIdentifier(kind: TextKind): boolean {
	return kind === 'identifier' || kind === 'secret';
}

function lostDigits(label: string, kind: TextKind, text: string): string {
	const shown = kind === 'secret' ? '' : ` '${text}'`;
	return `${label}${shown} arrived as a number and may have lost leading zeros or last digits. Format the column as text in the spreadsheet and enter the value again.`;
}

/** Converts full-width letters and digits (U+FF01 to U+FF5E) to ASCII and removes outer quotes. */
function toPlainAscii(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/^['"‘’“”]+|['"‘’“”]+$/g, '')
		.trim();
}

function describeType(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'true or false';
	if (value instanceof Date) return 'a date';
	return 'an object';
}
