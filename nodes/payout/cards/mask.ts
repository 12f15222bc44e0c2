import { hasIbanCheckDigits, IBAN_LENGTHS } from '../formats/iban';
import { findColumn } from '../headers/matchColumns';
import { parseJson } from '../json/jsonObject';
import type { JsonObject } from '../json/jsonObject';
import { FORMAT_AS_TEXT } from '../text/spreadsheetAdvice';
import type { Checked } from '../validationError';

/** Checks a card number's length and check digit. Gives its digits, or a sentence without them. */
export function checkCardNumber(typed: string): Checked {
	const digits = typed.replace(/[\s-]/g, '');
	let problem = `The card number is not valid: card numbers have 12 to 19 digits. ${FORMAT_AS_TEXT}`;
	if (/^\d{12,19}$/.test(digits)) {
		if (hasCheckDigit(digits)) return { value: digits };
		problem =
			'The card number is mistyped: its check digit does not match. Ask the recipient for it again.';
	}
	return { problem };
}

/** Whether the last digit is the check digit of the others (ISO/IEC 7812-1, Luhn). */
function hasCheckDigit(digits: string): boolean {
	let sum = 0;
	for (let at = digits.length - 1, isDoubled = false; at >= 0; at--, isDoubled = !isDoubled) {
		const value = Number(digits[at]) * (isDoubled ? 2 : 1);
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 === 0;
}

/** First digits and lengths of card networks, some national: no times, nor ids from 0, 1 or 7. */
const ISSUED = /^(?:4\d{12}|3[0689]\d{12}|3[47]\d{13}|(?:2[2-7]|[3-6]\d|8[126]|9[178])\d{14,17})$/;

/** Whether digits are a card number: as card networks issue them, with the right check digit. */
export function isIssuedCardNumber(digits: string): boolean {
	return ISSUED.test(digits) && hasCheckDigit(digits);
}

/** Hides all but the last four digits of a card number (PCI DSS, requirement 3.4). */
export function showLastDigits(number: string): string {
	return `****${number.replace(/\D/g, '').slice(-4)}`;
}

export type IsCardNumber = (digits: string) => boolean;
const MIN_DIGITS = 13;
const DIGIT = /\d/;
/** Between groups, as in `4242 4242`: a space or a dash, or a dash in spaces. */
const BETWEEN = String.raw`[\s\p{Pd}\u2212]{0,3}`;
/** Most texts have fewer digits and need not be searched. */
const MANY_DIGITS = new RegExp(String.raw`\d(?:${BETWEEN}\d){12}`, 'u');
/** Where up to 19 digits can be those of a card: phones begin with + or 0, times with 1. */
const BEGINNING = new RegExp(
	String.raw`(?=[2-9])(?<![\p{N}+])(?=(\d(?:${BETWEEN}\d){12,18})(?!\p{N}))`,
	'gu',
);
/** No cell of Excel is longer. Looking for check digits in a longer text would hold n8n up. */
const MAX_SEARCHED_CHARACTERS = 32_767;
const LONG_NUMBER = new RegExp(String.raw`(?<!\p{N})\d(?:${BETWEEN}\d){12,}`, 'gu');
/** A UUID, or another id in hexadecimal; one of those without a letter could be a card number. */
const HEX_ID =
	/(?<![\p{L}\p{N}])(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=\d{0,63}[a-f])[\da-f]{24,64})(?![\p{L}\p{N}])/giu;
/** A date of eight digits; no card number is written with one as a group of its own. */
const DATE = /(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d\d(?: ?[A-Z\d]){11,30}/giu;

/** Hides card numbers (13 to 19 digits), but for their last four digits. Linear in the length. */
export function maskCardNumbers(text: string, isCard: IsCardNumber = () => true): string {
	if (text.length > MAX_SEARCHED_CHARACTERS) return text.replace(LONG_NUMBER, showLastDigits);
	if (!MANY_DIGITS.test(text)) return text;
	const searched = text.replace(IBAN, blankIban).replace(HEX_ID, (id) => 'x'.repeat(id.length));
	let masked = '';
	let shownTo = 0;
	for (const { index, 1: groups = '' } of searched.matchAll(BEGINNING)) {
		const number = index < shownTo ? '' : findNumber(groups, isCard);
		if (number === '') continue;
		masked += text.slice(shownTo, index) + showLastDigits(number);
		shownTo = index + number.length;
	}
	return masked + text.slice(shownTo);
}

/** Finds the longest card number with which groups of digits begin; empty when they begin with none. */
function findNumber(groups: string, isCard: IsCardNumber): string {
	let digits = '';
	let found = '';
	for (let length = 1; length <= groups.length; length++) {
		const character = groups.charAt(length - 1);
		if (!DIGIT.test(character)) continue;
		digits += character;
		if (digits.length < MIN_DIGITS || DIGIT.test(groups.charAt(length))) continue;
		const written = groups.slice(0, length);
		const hasDate = written !== digits && DATE.test(written);
		if (!hasDate && hasCheckDigit(digits) && isCard(digits)) found = written;
	}
	return found;
}

/** An IBAN with right check digits is no card number. */
function blankIban(typed: string): string {
	const length = IBAN_LENGTHS.get(typed.slice(0, 2).toUpperCase()) ?? Infinity;
	let end = 0;
	for (let count = 0; count < length && end < typed.length; end++) if (typed[end] !== ' ') count++;
	const iban = typed.slice(0, end).replaceAll(' ', '').toUpperCase();
	if (iban.length !== length || !hasIbanCheckDigits(iban)) return typed;
	return 'x'.repeat(end) + typed.slice(end);
}

type Path = readonly string[];
type CardTestAt = (path: Path) => IsCardNumber | undefined;
/** Deeper than any data that means something; a function that calls itself must end somewhere. */
const MAX_DEPTH = 200;

/**
 * Hides card numbers, security codes and expiration dates in JSON data, and in JSON inside its texts; data
 * without any is returned itself. By the path of a number, `cardTestAt` says whether it can be a card's.
 */
export function maskCardData<T>(data: T, cardTestAt: CardTestAt = () => undefined): T {
	const maskValue = (value: unknown, path: Path, depth: number): unknown => {
		if (typeof value === 'string' || typeof value === 'number') {
			const masked = maskText(String(value), path, depth);
			return masked === String(value) ? value : masked;
		}
		// A date is written as text in the end.
		if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
		if (depth === MAX_DEPTH) return '…';
		const isList = Array.isArray(value);
		let isSame = true;
		const entries = Object.entries(value).map(([name, entry]: [string, unknown]) => {
			const newName = maskCardNumbers(name);
			const newEntry = maskValue(entry, isList ? path : [...path, name], depth + 1);
			isSame &&= newName === name && Object.is(newEntry, entry);
			return [newName, newEntry] as const;
		});
		if (isSame) return value;
		return isList ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
	};
	const maskText = (text: string, path: Path, depth: number): string => {
		if (text === '') return '';
		if (isCardField(path)) return showLastDigits(text);
		if (SECRET.test((path.at(-1) ?? '').toLowerCase().replace(/[^a-z\d]/g, ''))) return '****';
		const inner = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
		if (inner === undefined) return maskCardNumbers(text, cardTestAt(path));
		const masked = maskValue(inner, path, depth + 1);
		return masked === inner ? text : JSON.stringify(masked);
	};
	return maskValue(data, [], 0) as T;
}

/** In a request body, the number of a card is only called `number` (API reference, section 5). */
function isCardField(path: Path): boolean {
	const name = path.at(-1) ?? '';
	if (name === 'number') return /^(?:bank_)?card$/.test(path.at(-2) ?? '');
	return findColumn(name) === 'card_number';
}

/** How names of security codes and expiration dates begin, in letters and digits only. */
const SECRET =
	/^(?:card)?(?:cv[vcn]|csc(?:code)?$|(?:security|verification)(?:code|value)|exp(?:iration|iry)?(?:month|year))/;

/** Hides card data in the columns of a row, but for the numbers that are in its own texts. */
export function maskColumns<T extends JsonObject>(row: T, ownNumbers: readonly string[]): T {
	const isCard = isInNone(ownNumbers);
	const isAccount = (column = '') =>
		column === 'bank_account_number' || column === 'account_number';
	return maskCardData(row, (path) =>
		isAccount(findColumn(path.at(-1) ?? '')) ? () => false : isCard,
	);
}

/** Makes the test that takes numbers for those of cards unless one of the texts has them. */
export function isInNone(texts: readonly string[]): IsCardNumber {
	const known = texts.map((text) => text.replace(/\D/g, ''));
	return (digits) => !known.some((own) => own.includes(digits));
}
