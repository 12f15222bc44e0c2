import { findColumn } from './columns';
import { readDigits } from './digits';
import type { FieldId } from './fields';
import { mapJson } from './mapJson';

/** The card data in what a user wants to send, and what only looks like it. */
export interface CardData {
	/** The digits of each card number, right or wrong. */
	readonly numbers: readonly string[];
	readonly securityCodes: readonly string[];
	/** Texts whose long numbers are not those of cards. */
	readonly others: readonly string[];
}

/** What a name says about its value. */
type Meaning = 'card number' | 'security code' | 'expiration date' | FieldId | undefined;

/** Fewer digits could be any number. */
const MIN_KNOWN_DIGITS = 8;
const ACCOUNT_FIELDS: readonly FieldId[] = ['bank_account_number', 'account_number'];
const SECURITY_CODE =
	/^(?:card)?(?:(?:security|verification)(?:code|value|number)|(?:cvv|cvc|cvn)2?(?:code)?|csc|cav2)$/;

/**
 * Finds the card data in a row's columns or in a request body: what stands under the name of a card
 * number or a security code, wherever it is. Numbers of accounts are no card data.
 *
 * @param isAccepted whether the payout takes an account in this field
 */
export function findCardData(
	data: unknown,
	isAccepted: (id: FieldId) => boolean = () => true,
): CardData {
	const numbers: string[] = [];
	const securityCodes: string[] = [];
	const others: string[] = [];
	mapJson(data, (value, path) => {
		const meaning = explainPlace(path);
		if (meaning === 'card number') numbers.push(readDigits(String(value)).value);
		else if (meaning === 'security code') securityCodes.push(String(value).trim());
		else if (meaning === 'expiration date' || meaning === undefined) return value;
		else if (isAccepted(meaning)) others.push(String(value));
		return value;
	});
	return {
		numbers: numbers.filter(({ length }) => length >= MIN_KNOWN_DIGITS),
		securityCodes,
		others,
	};
}

/** What a place in JSON data holds, by the names that lead to it. */
export function explainPlace(path: readonly string[]): Meaning {
	const name = path.at(-1) ?? '';
	const part = path.at(-2) ?? '';
	// In a request body (API reference, section 5).
	if (name === 'number' && /^(?:bank_)?card$/.test(part)) return 'card number';
	if (part === 'bank_card' && /^exp/i.test(name)) return 'expiration date';
	if (SECURITY_CODE.test(name.toLowerCase().replace(/[^a-z\d]/g, ''))) return 'security code';
	const column = findColumn(name);
	if (column === 'card_number') return 'card number';
	return ACCOUNT_FIELDS.find((id) => id === column);
}
