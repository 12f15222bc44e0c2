import { FORMAT_AS_TEXT } from '../text/spreadsheetAdvice';
import type { Checked } from '../validationError';

/**
 * Checks a card number, with or without spaces or dashes: its length and its check digit.
 *
 * @returns the digits, or a sentence that shows none of them
 */
export function checkCardNumber(typed: string): Checked {
	const digits = typed.replace(/[\s-]/g, '');
	if (!/^\d{12,19}$/.test(digits)) {
		return {
			problem: `The card number is not valid: card numbers have 12 to 19 digits. ${FORMAT_AS_TEXT}`,
		};
	}
	if (hasCheckDigit(digits)) return { value: digits };
	return {
		problem:
			'The card number is mistyped: its check digit does not match. Ask the recipient for it again.',
	};
}

/** Whether the last digit is the check digit of the others (ISO/IEC 7812-1, Luhn). */
export function hasCheckDigit(digits: string): boolean {
	let sum = 0;
	for (let at = digits.length - 1, isDoubled = false; at >= 0; at--, isDoubled = !isDoubled) {
		const value = Number(digits[at]) * (isDoubled ? 2 : 1);
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 === 0;
}

/**
 * The first digits and the lengths that card networks use: Visa, American Express, Diners Club, JCB,
 * Mastercard and Maestro, Mir, UnionPay and Discover, RuPay, and some that are national. Times such
 * as 20260131120000 and ids that begin with 0, 1 or 7 are none.
 */
const ISSUED = /^(?:4\d{12}|3[0689]\d{12}|3[47]\d{13}|(?:2[2-7]|[3-6]\d|8[126]|9[178])\d{14,17})$/;

/** Whether digits are a card number: as card networks issue them, with the right check digit. */
export function isIssuedCardNumber(digits: string): boolean {
	return ISSUED.test(digits) && hasCheckDigit(digits);
}

/** Hides all but the last four digits of a card number (PCI DSS, requirement 3.4). */
export function showLastDigits(number: string): string {
	return `****${number.replace(/\D/g, '').slice(-4)}`;
}
