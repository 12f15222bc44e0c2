import type { Checked } from './checked';

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
			problem:
				'The card number is not valid: card numbers have 12 to 19 digits. Format the column as text and enter it again.',
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

/** Hides all but the last four digits of a card number (PCI DSS, requirement 3.4). */
export function maskCardNumber(number: string): string {
	const digits = number.replace(/\D/g, '');
	return `****${digits.slice(-4)}`;
}

/**
 * Masks everything in a text that could be a card number: twelve or more digits with at most two
 * other characters between them. Masking too much does no harm.
 */
export function maskCardNumbers(text: string): string {
	return text.replace(/\d(?:[^\p{L}\d]{0,2}\d){11,}/gu, maskCardNumber);
}
