import { isIssuedCardNumber, isRoundedCardNumber, maskCardNumber } from './card';
import { explainPlace } from './cardData';
import type { CardData } from './cardData';
import { hideCardNumbers, listCandidates } from './cardNumbers';
import { parseJson } from './jsonObject';
import { mapJson } from './mapJson';

/**
 * Which numbers are taken for those of cards, besides the row's own card number: `any` whose check
 * digit matches, only those that card networks issue, or none.
 */
export type Suspects = 'any' | 'issued' | 'none';

/** Hides card data in whatever is shown of one row. What holds none is returned as it is. */
export interface CardMask {
	/** Hides it in a text; any number counts by default. */
	text(text: string, suspects?: Suspects): string;
	/**
	 * Hides it in JSON data, and in JSON inside texts.
	 *
	 * @param suspectsAt which numbers count in which place; any, everywhere, by default
	 */
	data<T>(data: T, suspectsAt?: (path: readonly string[]) => Suspects): T;
}

const HIDDEN = '****';
/** Of a number that a spreadsheet has abbreviated, as in 4.242424E+15. */
const MIN_SUSPECT_LENGTH = 11;

/**
 * Makes the mask of a row. Card data is recognised by its value, wherever it is, and by its name.
 *
 * @param readCardData called once, when something is to be shown; most rows have no card
 */
export function createCardMask(readCardData: () => CardData = () => NO_CARD_DATA): CardMask {
	let known: (CardData & { harmless: ReadonlySet<string> }) | undefined;
	const readOnce = () => {
		if (known) return known;
		const cardData = readCardData();
		known = { ...cardData, harmless: new Set(cardData.others.flatMap(listCandidates)) };
		return known;
	};

	const maskText = (text: string, suspects: Suspects = 'any'): string => {
		if (!/\p{N}/u.test(text)) return text;
		const { numbers, securityCodes, harmless } = readOnce();
		// Most texts: they need not be searched.
		if (numbers.length + securityCodes.length === 0) {
			if (suspects === 'none' || text.length < MIN_SUSPECT_LENGTH) return text;
		}
		const masked = hideCardNumbers(text, numbers, (digits) => {
			if (suspects === 'none' || harmless.has(digits)) return false;
			return suspects === 'any' || isIssuedCardNumber(digits);
		});
		if (suspects !== 'any' || securityCodes.length === 0) return masked;
		return masked.replace(/\d+/g, (digits) => (securityCodes.includes(digits) ? HIDDEN : digits));
	};
	const maskNumber = (number: number, suspects: Suspects): string | number => {
		const text = String(number);
		const masked = maskText(text, suspects);
		if (masked !== text) return masked;
		const isSuspect = suspects !== 'none' && isRoundedCardNumber(number);
		return isSuspect || readOnce().numbers.some((known) => Number(known) === number)
			? HIDDEN
			: number;
	};
	const data: CardMask['data'] = (value, suspectsAt = () => 'any') =>
		mapJson(
			value,
			(scalar, path) => {
				const meaning = explainPlace(path);
				const isSecret = meaning === 'security code' || meaning === 'expiration date';
				if (isSecret || meaning === 'card number') {
					if (scalar === '') return '';
					return isSecret ? HIDDEN : maskCardNumber(String(scalar));
				}
				const suspects = suspectsAt(path);
				if (typeof scalar === 'number') return maskNumber(scalar, suspects);
				const inner = parseInnerJson(scalar);
				const masked = data(inner, (innerPath) => suspectsAt([...path, ...innerPath]));
				return maskText(masked === inner ? scalar : JSON.stringify(masked), suspects);
			},
			(key) => maskText(key),
		);
	return { text: maskText, data };
}

/** Undefined for a text that is not an object or a list in JSON. */
function parseInnerJson(text: string): unknown {
	const json = text.trim();
	const isClosed = /^[[{]/.test(json) && (json.endsWith(']') || json.endsWith('}'));
	return isClosed ? parseJson(json) : undefined;
}

const NO_CARD_DATA: CardData = { numbers: [], securityCodes: [], others: [] };
