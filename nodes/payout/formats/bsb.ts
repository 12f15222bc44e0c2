import type { Checked } from '../validationError';
import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';

/**
 * Checks an Australian BSB number: six digits, with or without dashes.
 *
 * @returns the number as the user wrote it: the API reference does not say whether it expects the
 *   dashes of XX-Y-ZZZ (/docs/payouts/payout-australia)
 */
export function checkBsb(typed: string): Checked {
	if (/^\d\d-?\d-?\d{3}$/.test(typed)) return { value: typed };
	return {
		problem: `The BSB number '${showValue(typed)}' is not valid. Enter six digits, as in 06-2-000 or 062000. ${LOST_ZERO}`,
	};
}
