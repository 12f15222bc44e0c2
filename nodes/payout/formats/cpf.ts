import type { Checked } from '../validationError';
import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';

/**
 * Checks a Brazilian tax number (CPF): eleven digits (/docs/payouts/payout-brazil).
 *
 * @param typed with or without punctuation, as in 123.456.789-09
 * @returns the eleven digits
 */
export function checkCpf(typed: string): Checked {
	const digits = typed.replace(/[.\-\s]/g, '');
	if (/^\d{11}$/.test(digits)) return { value: digits };
	return {
		problem: `The recipient's ID number '${showValue(typed)}' is not a CPF. Enter eleven digits, as in 123.456.789-09. ${LOST_ZERO}`,
	};
}

/**
 * Whether a number has eleven digits, and the last two are a CPF's check digits (Receita Federal:
 * weights 10 to 2, then 11 to 2, modulo 11). Eleven equal digits have them, but are no CPF.
 */
export function hasCpfCheckDigits(digits: string): boolean {
	if (!/^(\d)(?!\1{10})\d{10}$/.test(digits)) return false;
	const checkDigit = (length: number) => {
		const sum = [...digits]
			.slice(0, length)
			.reduce((total, digit, index) => total + Number(digit) * (length + 1 - index), 0);
		return String(((sum * 10) % 11) % 10);
	};
	return digits.endsWith(checkDigit(9) + checkDigit(10));
}
