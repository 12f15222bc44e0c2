import { findColumn } from '../headers/matchColumns';
import { blankEscapes } from './digitGroups';
import { readDigits } from './digits';
import type { FieldId } from '../fields/fields';
import { parseInnerJson } from '../json/jsonObject';
import { mapJson } from './mapJson';
import { readNamed } from './namedInText';

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
/** Longer values cannot be sent as a number of a card or an account (see text.ts). */
const MAX_NUMBER_CHARACTERS = 1_000;
/** By its words, as in "CVV / CVC" or `my_cvv`, but not `recvCount` or a social security number. */
const SECURITY_CODE =
	/(?<!re)cv[vcn]|cav2|(?:security|verification)[^a-z\d]*(?:code|value)|(?<![a-z])csc(?![a-z])|^(?:card)?[^a-z\d]*(?:security|verification)[^a-z\d]*number$/i;
/** Longer names name nothing. */
const MAX_NAME_CHARACTERS = 200;

/**
 * Finds the card data in a row's columns or in a request body: what stands under the name of a card
 * number or a security code, wherever it is. Numbers of accounts are no card data.
 *
 * @param isAccepted whether the payout takes an account in this field
 * @param isInTexts whether texts are searched, too: for JSON, also broken, and the like
 */
export function findCardData(
	data: unknown,
	isAccepted: (id: FieldId) => boolean = () => true,
	isInTexts = false,
): CardData {
	const numbers: string[] = [];
	const securityCodes: string[] = [];
	const others: string[] = [];
	mapJson(data, (value, path) => {
		const meaning = explainPlace(path);
		const typed = () => String(value).slice(0, MAX_NUMBER_CHARACTERS);
		if (meaning === 'card number') numbers.push(readDigits(blankEscapes(typed())).value);
		else if (meaning === 'security code') securityCodes.push(typed().trim());
		else if (meaning === undefined && isInTexts && typeof value === 'string') {
			const found = readText(value);
			for (const number of found.numbers) numbers.push(number);
			for (const code of found.securityCodes) securityCodes.push(code);
		} else if (meaning !== undefined && meaning !== 'expiration date' && isAccepted(meaning)) {
			others.push(typed());
		}
		return value;
	});
	return {
		numbers: numbers.filter(({ length }) => length >= MIN_KNOWN_DIGITS),
		securityCodes,
		others,
	};
}

function readText(text: string): Pick<CardData, 'numbers' | 'securityCodes'> {
	const inner = parseInnerJson(text);
	return inner === undefined ? readNamed(text) : findCardData(inner, () => false);
}

/** Joins what was found in several places. */
export function joinCardData(parts: readonly CardData[]): CardData {
	return {
		numbers: parts.flatMap(({ numbers }) => numbers),
		securityCodes: parts.flatMap(({ securityCodes }) => securityCodes),
		others: parts.flatMap(({ others }) => others),
	};
}

/** What a place in JSON data holds, by the names that lead to it. */
export function explainPlace(path: readonly string[]): Meaning {
	const name = path.at(-1) ?? '';
	const part = path.at(-2) ?? '';
	// In a request body (API reference, section 5).
	if (name === 'number' && /^(?:bank_)?card$/.test(part)) return 'card number';
	if (part === 'bank_card' && /^exp/i.test(name)) return 'expiration date';
	if (name.length > MAX_NAME_CHARACTERS) return undefined;
	if (SECURITY_CODE.test(name)) return 'security code';
	const column = findColumn(name);
	if (column === 'card_number') return 'card number';
	return ACCOUNT_FIELDS.find((id) => id === column);
}
