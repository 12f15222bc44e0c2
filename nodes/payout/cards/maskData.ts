import { findColumn } from '../headers/matchColumns';
import { parseJson } from '../json/jsonObject';
import type { JsonObject } from '../json/jsonObject';
import { showLastDigits } from './cardNumber';
import { maskCardNumbers } from './mask';
import type { IsCardNumber } from './mask';

type Path = readonly string[];

/** Deeper than any data that means something; a function that calls itself must end somewhere. */
const MAX_DEPTH = 200;
/** How names of security codes and expiration dates begin, in letters and digits only. */
const SECRET =
	/^(?:card)?(?:cv[vcn]|csc(?:code)?$|(?:security|verification)(?:code|value)|exp(?:iration|iry)?(?:month|year))/;

/**
 * Hides card data in JSON data, and in JSON inside its texts: card numbers but for their last four
 * digits, under a name of theirs right or wrong, elsewhere as in any text; and what has the name of a
 * security code or an expiration date. Data without any is returned itself, not as a copy.
 *
 * @param cardTestAt which numbers count, by the names that lead to them; all, everywhere, by default
 */
export function maskCardData<T>(
	data: T,
	cardTestAt: (path: Path) => IsCardNumber | undefined = () => undefined,
): T {
	const maskValue = (value: unknown, path: Path, depth: number): unknown => {
		if (typeof value === 'string') return maskText(value, path, depth);
		if (typeof value === 'number') {
			const masked = maskText(String(value), path, depth);
			return masked === String(value) ? value : masked;
		}
		// A date is written as text in the end.
		if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
		if (depth === MAX_DEPTH) return '…';
		if (Array.isArray(value)) {
			const masked = value.map((entry: unknown) => maskValue(entry, path, depth + 1));
			return masked.every((entry, index) => Object.is(entry, value[index])) ? value : masked;
		}
		let isSame = true;
		const entries = Object.entries(value).map(([name, entry]): [string, unknown] => {
			const newName = maskCardNumbers(name);
			const newEntry = maskValue(entry, [...path, name], depth + 1);
			if (newName !== name || !Object.is(newEntry, entry)) isSame = false;
			return [newName, newEntry];
		});
		return isSame ? value : Object.fromEntries(entries);
	};
	const maskText = (text: string, path: Path, depth: number): string => {
		if (text === '') return '';
		if (isCardField(path)) return showLastDigits(text);
		if (isSecret(path)) return '****';
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

function isSecret(path: Path): boolean {
	return SECRET.test((path.at(-1) ?? '').toLowerCase().replace(/[^a-z\d]/g, ''));
}

/**
 * Hides card data in the columns of a row.
 *
 * @param ownNumbers texts of the row whose numbers are not those of cards
 */
export function maskColumns<T extends JsonObject>(row: T, ownNumbers: readonly string[]): T {
	const isCard = isInNone(ownNumbers);
	return maskCardData(row, (path) => {
		const column = findColumn(path.at(-1) ?? '');
		const isAccount = column === 'bank_account_number' || column === 'account_number';
		return isAccount ? () => false : isCard;
	});
}

/** Makes the test that takes numbers for those of cards unless one of the texts has them. */
export function isInNone(texts: readonly string[]): IsCardNumber {
	const known = texts.map((text) => text.replace(/\D/g, ''));
	return (digits) => !known.some((own) => own.includes(digits));
}
