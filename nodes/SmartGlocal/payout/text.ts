/** A cell's text, cleaned (empty when there is none), or a sentence that says why it is unusable. */
export type TextOrProblem = { text: string } | { problem: string };

/**
 * How a cell is read: `identifier` (an account number, where every digit decides who is paid),
 * `secret` (the same for a card number, which no message may show), `reference` (where two rows must
 * not become one), `amount`, or any other `text`.
 */
export type TextKind = 'amount' | 'identifier' | 'reference' | 'secret' | 'text';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const WIDE_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Soft hyphen, zero-width characters, and marks of writing direction. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** As in #N/A, #REF!, #DIV/0!, and in German #NV. */
const FORMULA_RESULT = /^#(?:[¡¿]?\p{L}[\p{L}\d/]*[!?]|N\/?[ADV])$/iu;
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** Half a character, as a cut through an emoji leaves it; all of them would become one in UTF-8. */
const DAMAGED = /\p{Surrogate}/u;
/** A number with a fraction keeps this many digits for certain (IEEE 754, 64 bits). */
const CERTAIN_DIGITS = 15;

/**
 * Cleans text of what copying and spreadsheets leave in it and nobody sees: outer spaces, line
 * breaks inside a cell, non-breaking and zero-width spaces; and brings composed letters into one
 * form (NFC), so that the same text always gives the same reference.
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

/** Upper case for the letters A to Z only: `ß` must not become two letters of a code. */
export function toUpperAscii(text: string): string {
	return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * Reads a cell as it came from a spreadsheet, a form or an expression.
 *
 * Noise that cannot change who is paid is removed. What could have lost digits on the way is
 * refused, never repaired.
 *
 * @param label what messages call the field
 */
export function readText(value: unknown, kind: TextKind, label: string): TextOrProblem {
	if (value === undefined || value === null) return { text: '' };
	if (typeof value === 'number') return readNumber(value, kind, label);
	if (typeof value !== 'string') {
		return {
			problem: `${label} is not text but ${describeType(value)}. Map a column that holds text.`,
		};
	}

	const isNumber = kind === 'amount' || kind === 'identifier' || kind === 'secret';
	const text = isNumber ? toPlainAscii(cleanText(value)) : cleanText(value);
	if (FORMULA_RESULT.test(text)) {
		return { problem: `${label} holds the formula result ${text}. Repair the cell's formula.` };
	}
	if (DAMAGED.test(text)) {
		return { problem: `${label} holds a damaged character. Type the value again.` };
	}
	if (kind !== 'amount' && kind !== 'text' && SCIENTIFIC.test(text)) {
		return { problem: lostDigits(label, kind, text) };
	}
	return { text };
}

function readNumber(value: number, kind: TextKind, label: string): TextOrProblem {
	const text = String(value);
	const isIdentifier = kind === 'identifier' || kind === 'secret';
	const isPlain = /^-?[\d.]+$/.test(text);
	const isCertain = Number.isSafeInteger(value) || text.replace(/\D/g, '').length <= CERTAIN_DIGITS;
	// An amount in scientific notation has a sentence of its own.
	if (isIdentifier || (isPlain ? !isCertain : kind !== 'amount')) {
		return { problem: lostDigits(label, kind, text) };
	}
	return { text };
}

function lostDigits(label: string, kind: TextKind, text: string): string {
	const shown = kind === 'secret' ? '' : ` '${text}'`;
	return `${label}${shown} came as a number, which may have lost its leading zeros or last digits. Format the column as text in the sheet and enter the value again.`;
}

/** Full-width letters and digits (U+FF01 to U+FF5E) to ASCII, and quotes around the value off. */
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
