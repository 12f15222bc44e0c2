import type { Checked } from '../checked';
import { FORMAT_AS_TEXT } from '../text/spreadsheetAdvice';

/**
 * Checks a card number: its length and its check digit (ISO/IEC 7812-1, Luhn).
 *
 * @param typed with or without spaces or dashes
 * @returns the digits, or a sentence that shows none of them
 */
export function checkCardNumber(typed: string): Checked {
	const digits = typed.replace(/[\s-]/g, '');
	if (!/^\d{12,19}$/.test(digits)) {
		return {
			problem: `The card number is not valid: card numbers have 12 to 19 digits. ${FORMAT_AS_TEXT}`,
		};
	}
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	if (sum % 10 === 0) return { value: digits };
	return {
		problem:
			'The card number is mistyped: its check digit does not match. Ask the recipient for it again.',
	};
}

/**
 * The first digits and the lengths that card networks use: Visa, American Express, Diners Club, JCB,
 * Mastercard and Maestro, Mir, UnionPay and Discover, RuPay, and some that are national. Times such
 * as 20260131120000 and ids that begin with 0, 1 or 7 are none.
 */
const ISSUED = /^(?:4\d{12}|3[0689]\d{12}|3[47]\d{13}|(?:2[2-7]|[3-6]\d|8[126]|9[178])\d{14,17})$/;

/** Whether card networks issue numbers of this beginning and length. The check digit is not read. */
export function isIssuedCardNumber(digits: string): boolean {
	return ISSUED.test(digits);
}

/** Whether digits are a card number: issued by a card network, and with the right check digit. */
export function isCardNumber(digits: string): boolean {
	return isIssuedCardNumber(digits) && 'value' in checkCardNumber(digits);
}

/** Whether a number could be that of a card, in a cell that has lost its last digits. */
export function isRoundedCardNumber(number: number): boolean {
	const isRounded = Number.isInteger(number) && !Number.isSafeInteger(number);
	return isRounded && isIssuedCardNumber(String(number));
}

/** Hides all but the last four digits of a card number (PCI DSS, requirement 3.4). */
export function maskCardNumber(number: string): string {
	const digits = number.replace(/\D/g, '');
	return `****${digits.slice(-4)}`;
}
