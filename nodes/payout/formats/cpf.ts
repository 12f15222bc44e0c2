import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';
import type { Checked } from '../validationError';

/** Checks a Brazilian tax number (CPF). Gives its eleven digits (/docs/payouts/payout-brazil). */
export function checkCpf(typed: string): Checked {
	const digits = typed.replace(/[.\-\s]/g, '');
	const problem = `The recipient's ID number '${showValue(typed)}' is not a CPF. Enter eleven digits, as in 123.456.789-09. ${LOST_ZERO}`;
	return /^\d{11}$/.test(digits) ? { value: digits } : { problem };
}

/**
 * Whether a number has eleven digits, and the last two are a CPF's check digits (Receita Federal:
 * weights 10 to 2, then 11 to 2, modulo 11). Eleven equal digits have them, but are no CPF.
 */
export function hasCpfCheckDigits(digits: string): boolean {
	if (!/^(\d)(?!\1{10})\d{10}$/.test(digits)) return false;
	return [9, 10].every((length) => {
		let sum = 0;
		for (let index = 0; index < length; index++)
			sum += Number(digits[index]) * (length + 1 - index);
		return Number(digits[length]) === ((sum * 10) % 11) % 10;
	});
}
