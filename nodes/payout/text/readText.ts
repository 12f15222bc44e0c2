import type { Checked } from '../validationError';
import { cleanText, foldIdentifier, foldReference } from './characters';
import { showValue } from './shownValue';
import { FORMAT_AS_TEXT, ROUND_AMOUNT } from './spreadsheetAdvice';
import { findSuspicion, isIdentifier, isProse } from './suspectText';
import type { TextKind } from './suspectText';
import { findWrongEncoding } from './wrongEncoding';

/**
 * How long a value may be, in characters: far above any real one. Longer ones come from a broken
 * export, or an attack. No other length of a text is limited, except where the API reference says so.
 */
export const MAX_CHARACTERS: Readonly<Record<TextKind, number>> = {
	amount: 100,
	identifier: 1_000,
	name: 1_000,
	reference: 1_000,
	secret: 1_000,
	text: 10_000,
};

/** A spreadsheet keeps this many digits of a number (Excel's limit), and so does IEEE 754. */
const CERTAIN_DIGITS = 15;

/** As spreadsheets show a number that is too wide for its column, with its last digits rounded. */
const ROUNDED = /^[+-]?\d+(?:[.,]\d+)?e\+\d+$/i;
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** As programs write a column of numbers in which some cells are empty: `12345678.0`. */
const WITH_FRACTION = /^[+-]?\d[\d.,' ]*[.,]0{1,2}$/;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
/** What a spreadsheet makes of a number with slashes, dots or dashes in it. */
const DATE = new RegExp(
	[
		'(?:0?[1-9]|[12]\\d|3[01])([./-])(?:0?[1-9]|[12]\\d|3[01])\\1(?:19|20)\\d\\d',
		'(?:19|20)\\d\\d([./-])(?:0?[1-9]|1[0-2])\\2(?:0?[1-9]|[12]\\d|3[01])',
		'\\d{1,2}/\\d{1,2}/\\d\\d',
		`\\d{1,2}-${MONTH}(?:-\\d{2,4})?`,
		`${MONTH}-\\d{2,4}`,
	]
		.map((form) => `^${form}(?:[T ][\\d:.]+Z?)?$`)
		.join('|'),
	'i',
);
/**
 * Reads a value from a spreadsheet, a form or an expression as text. It removes noise that cannot
 * change who is paid, and refuses a value that may have lost digits, or that may not be what it looks
 * like, instead of guessing. Its time grows with the length of the text only.
 *
 * @param label what messages call the field
 * @returns clean text, empty when there is no value; or what to correct
 */
export function readText(value: unknown, kind: TextKind, label: string): Checked {
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'number') return readNumber(value, kind, label);
	if (value instanceof Date && (isIdentifier(kind) || kind === 'reference'))
		return { problem: madeDate(label) };
	if (typeof value !== 'string') {
		return {
			problem: `${label} is not text but ${describeType(value)}. Map a column that holds text.`,
		};
	}

	const written = value.trim();
	if (written.length > MAX_CHARACTERS[kind]) {
		return {
			problem: `${label} has ${written.length} characters, but at most ${MAX_CHARACTERS[kind]} can be read. Check that the columns are not mixed up.`,
		};
	}
	const text = fold(cleanText(written), kind);
	const start = value.indexOf(written);
	// A space beyond ASCII can be the second half of a letter. Clean text is read once more, because
	// it may come back in a results file.
	const whole = value.slice(start, start + written.length + 1);
	const problem =
		findWrongEncoding(whole, kind, label) ??
		findWrongEncoding(text, kind, label) ??
		findSuspicion(written, text, kind, label);
	if (problem !== undefined) return { problem };
	const isRounded = isIdentifier(kind)
		? SCIENTIFIC.test(text) || WITH_FRACTION.test(text)
		: kind === 'reference' && ROUNDED.test(text);
	if (isRounded) return { problem: lostDigits(label, kind, showValue(text)) };
	if (!isIdentifier(kind) || !DATE.test(text)) return { value: text };
	return { problem: madeDate(`${label}${quote(text, kind)}`) };
}

function fold(text: string, kind: TextKind): string {
	if (isProse(kind)) return text;
	return kind === 'reference' ? foldReference(text) : foldIdentifier(text);
}

function readNumber(value: number, kind: TextKind, label: string): Checked {
	const text = String(value);
	const digits = text.replace(/\D/g, '').length;
	if (kind === 'reference') {
		const isWhole = Number.isSafeInteger(value) && digits <= CERTAIN_DIGITS;
		if (isWhole && !Object.is(value, -0)) return { value: text };
		return {
			problem: `${label} '${showValue(value)}' arrived as a number, and only whole numbers of up to ${CERTAIN_DIGITS} digits arrive as they were typed: 2024.10 and 2024.1 are the same number. ${FORMAT_AS_TEXT}`,
		};
	}
	if (kind === 'amount' && value > 0 && !Number.isInteger(value) && digits > CERTAIN_DIGITS) {
		return {
			problem: `${label} '${showValue(value)}' has more digits than a spreadsheet calculates exactly. ${ROUND_AMOUNT}`,
		};
	}
	const isPlain = /^-?[\d.]+$/.test(text);
	const isCertain = Number.isSafeInteger(value) || digits <= CERTAIN_DIGITS;
	// toMinorUnits refuses an amount in scientific notation with a sentence of its own.
	if (isIdentifier(kind) || (isPlain ? !isCertain : kind !== 'amount')) {
		return { problem: lostDigits(label, kind, showValue(value)) };
	}
	return { value: text };
}

function madeDate(what: string): string {
	return `${what} is a date, which a spreadsheet may have made of a number. ${FORMAT_AS_TEXT}`;
}

function lostDigits(label: string, kind: TextKind, shown: string): string {
	return `${label}${quote(shown, kind)} arrived as a number and may have lost leading zeros or last digits. ${FORMAT_AS_TEXT}`;
}

function quote(shown: string, kind: TextKind): string {
	return kind === 'secret' ? '' : ` '${showValue(shown)}'`;
}

/** Says what kind of value somebody gave instead of the right one. */
export function describeType(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'true or false';
	if (value instanceof Date) return 'a date';
	return typeof value === 'string' ? 'text' : 'an object';
}
