import type { Checked } from './checked';

/**
 * Checks a card number: digits and the check digit (ISO/IEC 7812-1, Luhn).
 *
 * @param typed with or without spaces or dashes
 * @returns the digits; no message holds any of them
 */
export function checkCardNumber(typed: string): Checked {
	const digits = typed.replace(/[\s-]/g, '');
	if (!/^\d{12,19}$/.test(digits)) {
		return {
			problem:
				'The card number does not look like one: it has 12 to 19 digits. Format the column as text and enter it again.',
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

/** A card number with all but its last four digits hidden (PCI DSS, requirement 3.4). */
export function maskCardNumber(number: string): string {
	const digits = number.replace(/\D/g, '');
	return `****${digits.slice(-4)}`;
}

/**
 * Text with everything in it that could be a card number masked: twelve digits or more, whatever
 * single signs or spaces stand between them. What is masked beyond need does no harm.
 */
export function maskCardNumbers(text: string): string {
	return text.replace(/\d(?:[^\p{L}\d]{0,2}\d){11,}/gu, maskCardNumber);
}
