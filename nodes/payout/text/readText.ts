import { cleanText, foldIdentifier, isPrintableAscii, OVERLOADED_LETTER } from './characters';
import { isFormulaResult } from './formulaResults';
import { findUncertainty, foldReference } from './references';
import { showValue } from './shownValue';
import { FORMAT_AS_TEXT, ROUND_AMOUNT } from './spreadsheetAdvice';
import { findWrongEncoding } from './wrongEncoding';
import type { Checked } from '../validationError';

/** What a value is used for: every digit of an `identifier` counts, a `secret` is a card number. */
export type TextKind = 'amount' | 'identifier' | 'name' | 'reference' | 'secret' | 'text';

/** Whether a value is read as words, as against characters of which each one counts. */
export function isProse(kind: TextKind): boolean {
	return kind === 'name' || kind === 'text';
}

function isIdentifier(kind: TextKind): boolean {
	return kind === 'identifier' || kind === 'secret';
}

/** Far above any real value: longer ones come from a broken export, or an attack. */
export const MAX_CHARACTERS = { amount: 100, text: 10_000, other: 1_000 };

/** Reads a value as clean text, empty for none; refuses what may not be what it looks like. Linear. */
export function readText(value: unknown, kind: TextKind, label: string): Checked {
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'string') return readString(value, kind, label);
	if (typeof value === 'number') {
		const problem = findNumberProblem(value, kind, label);
		return problem === undefined ? { value: String(value) } : { problem };
	}
	const isMadeDate = value instanceof Date && (isIdentifier(kind) || kind === 'reference');
	const what = `${label} is not text but ${describeType(value)}. Map a column that holds text.`;
	return { problem: isMadeDate ? madeDate(label) : what };
}

function readString(value: string, kind: TextKind, label: string): Checked {
	const written = value.trim();
	const maxLength = MAX_CHARACTERS[kind === 'amount' || kind === 'text' ? kind : 'other'];
	const tooLong = `${label} has ${written.length} characters, but at most ${maxLength} can be read. Check that the columns are not mixed up.`;
	if (written.length > maxLength) return { problem: tooLong };
	const clean = cleanText(written);
	let text = clean;
	if (kind === 'reference') text = foldReference(clean);
	else if (!isProse(kind)) text = foldIdentifier(clean);
	// A space beyond ASCII can be the second half of a letter. Clean text is read once more, because it may
	// come back in a results file.
	const start = value.indexOf(written);
	const readings = [value.slice(start, start + written.length + 1), text];
	const damages = isProse(kind) || kind === 'reference' ? readings : [];
	const problem =
		damages.map((each) => findWrongEncoding(each, kind === 'name', label)).find(Boolean) ??
		findSuspicion(written, text, kind, label) ??
		findLostDigits(text, kind, label);
	return problem === undefined ? { value: text } : { problem };
}

/** A spreadsheet keeps this many digits of a number (Excel's limit), and so does IEEE 754. */
const CERTAIN_DIGITS = 15;

function findNumberProblem(value: number, kind: TextKind, label: string): string | undefined {
	const text = String(value);
	const digits = text.replace(/\D/g, '').length;
	if (kind === 'reference') {
		const isWhole = Number.isSafeInteger(value) && digits <= CERTAIN_DIGITS;
		if (isWhole && !Object.is(value, -0)) return undefined;
		return `${label} '${showValue(value)}' arrived as a number, and only whole numbers of up to ${CERTAIN_DIGITS} digits arrive as they were typed: 2024.10 and 2024.1 are the same number. ${FORMAT_AS_TEXT}`;
	}
	if (kind === 'amount' && value > 0 && !Number.isInteger(value) && digits > CERTAIN_DIGITS) {
		return `${label} '${showValue(value)}' has more digits than a spreadsheet calculates exactly. ${ROUND_AMOUNT}`;
	}
	const isPlain = /^-?[\d.]+$/.test(text);
	const isCertain = Number.isSafeInteger(value) || digits <= CERTAIN_DIGITS;
	// toMinorUnits refuses an amount in scientific notation with a sentence of its own.
	const isLost = isIdentifier(kind) || (isPlain ? !isCertain : kind !== 'amount');
	return isLost ? lostDigits(label, kind, text) : undefined;
}

/** As spreadsheets show a number that is too wide for its column, with its last digits rounded. */
const ROUNDED = /^[+-]?\d+(?:[.,]\d+)?e\+\d+$/i;
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** As programs write a column of numbers in which some cells are empty: `12345678.0`. */
const WITH_FRACTION = /^[+-]?\d[\d.,' ]*[.,]0{1,2}$/;
const WHOLE_WITH_FRACTION = /^-?\d+[.,]0+$/;
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

function findLostDigits(text: string, kind: TextKind, label: string): string | undefined {
	const ofReference = kind === 'reference' ? [ROUNDED, WHOLE_WITH_FRACTION] : [];
	const forms = isIdentifier(kind) ? [SCIENTIFIC, WITH_FRACTION] : ofReference;
	if (forms.some((form) => form.test(text))) return lostDigits(label, kind, text);
	return isIdentifier(kind) && DATE.test(text) ? madeDate(label + quote(text, kind)) : undefined;
}

function madeDate(what: string): string {
	return `${what} is a date, which a spreadsheet may have made of a number. ${FORMAT_AS_TEXT}`;
}

function lostDigits(label: string, kind: TextKind, text: string): string {
	return `${label}${quote(text, kind)} arrived as a number and may have lost leading zeros or last digits. ${FORMAT_AS_TEXT}`;
}

function quote(text: string, kind: TextKind): string {
	return kind === 'secret' ? '' : ` '${showValue(text)}'`;
}

function describeType(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'true or false';
	return value instanceof Date ? 'a date' : 'an object';
}

const TYPE_AGAIN = 'Type the value again by hand.';
/** With these, a reader sees another order than the one that is sent: U+202E shows 1005 as 5001. */
const DIRECTION_CHANGES = /[\u202a-\u202e\u2066-\u206f]/;
/** Also those that belong to words which run from right to left. */
const DIRECTION_MARKS = /[\u061c\u200f\u202a-\u202e\u2066-\u206f]/;

/** As JavaScript and n8n write a value that is missing or no text, and this node one that it hides. */
const NO_VALUE =
	/^(?:undefined|invalid date(?:time)?|\[(?:object|array|undefined|null)\b.*\])$|\*{4}\d{4}/is;
const NO_CODE = /^(?:null|nan|none|true|false|[+-]?infinity)$/i;
/** What people write where they do not know a value yet. */
const NOT_KNOWN =
	/^(?:n[./] ?a\.?|tb[acd]|unknown|to be (?:advised|announced|confirmed|decided|defined|determined|provided))$/i;
/** A part of a reference that was put together from several values. */
const NO_PART = /undefined|Invalid Date|\[object \w+\]|(?<![\p{L}\d])(?:NaN|null)(?![\p{L}\d])/u;

function isPlaceholder(text: string, kind: TextKind): boolean {
	if (NO_VALUE.test(text)) return true;
	if (kind === 'text') return /^null$/i.test(text) || text === 'NaN';
	if (NOT_KNOWN.test(text)) return true;
	// As JavaScript spells it: `Nan` is a city and a first name, and Null a family name.
	if (kind === 'name') return /^(?:null|NaN)$/.test(text);
	return NO_CODE.test(text) || (kind === 'reference' && NO_PART.test(text));
}

/** Half of a surrogate pair, what takes the place of an object that is not text, and control characters. */
const DAMAGED = /[\p{Surrogate}\ufffc\p{Cc}]/u;

/** Says why a text cannot be what the user means; `written` is the same as it came. */
function findSuspicion(written: string, text: string, kind: TextKind, label: string) {
	if ((isProse(kind) ? DIRECTION_CHANGES : DIRECTION_MARKS).test(written)) {
		return `${label} contains a hidden character that changes the direction of reading, so it may not be what it looks like. ${TYPE_AGAIN}`;
	}
	const shown = kind === 'secret' ? 'a text' : showValue(text);
	if (isFormulaResult(text, isIdentifier(kind) || kind === 'name')) {
		return `${label} contains ${shown}, which a spreadsheet shows instead of a value: a formula is broken, or a column too narrow. Correct that in the spreadsheet.`;
	}
	if (text.includes('{{') && text.includes('}}')) {
		return `${label} contains an expression that was not evaluated. Switch the field from Fixed to Expression, or correct the column.`;
	}
	if (kind !== 'amount' && isPlaceholder(text, kind)) {
		return `${label} is '${shown}', which stands for a missing value. Map the right column, or fill in the value.`;
	}
	if (text.startsWith('=') && !isProse(kind)) {
		return `${label} begins with =, as a formula does. Enter the value itself, as text.`;
	}
	// toMinorUnits says what an amount may be written with.
	if (kind === 'amount' || (isPrintableAscii(text) && kind !== 'reference')) return undefined;
	if (isIdentifier(kind)) {
		return `${label} contains a character that is not a plain letter (A to Z), digit or sign, although it may look like one. Type it again with an English keyboard.`;
	}
	const damage = `${label} contains a damaged character, or one that cannot be seen. ${TYPE_AGAIN}`;
	if (DAMAGED.test(text) || OVERLOADED_LETTER.test(text)) return damage;
	const uncertainty = kind === 'reference' && findUncertainty(written, text);
	return uncertainty ? `${label} ${uncertainty}` : undefined;
}
