import type { Checked } from './checked';

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
		problem: `The recipient's ID number '${typed}' is not a CPF. Enter eleven digits, as in 123.456.789-09.`,
	};
}
