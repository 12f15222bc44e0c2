import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';
import type { Checked } from '../validationError';

/** Checks a Brazilian tax number (CPF). Gives its eleven digits (/docs/payouts/payout-brazil). */
export function checkCpf(typed: string): Checked {
	const digits = typed.replace(/[.\-\s]/g, '');
	const problem = `The recipient's ID number '${showValue(typed)}' is not a CPF. Enter eleven digits, as in 123.456.789-09. ${LOST_ZERO}`;
	return /^\d{11}$/.test(digits) ? { value: digits } : { problem };
}
