import type { Checked } from '../validationError';
import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';

/**
 * Checks a British sort code: six digits.
 *
 * @param typed with dashes, with spaces or without either
 * @returns the sort code in the form 12-34-56 (/docs/payouts/payout-united-kingdom)
 */
export function checkSortCode(typed: string): Checked {
	const [, bank, area, branch] = /^(\d\d)[- ]?(\d\d)[- ]?(\d\d)$/.exec(typed) ?? [];
	if (bank !== undefined) return { value: `${bank}-${area}-${branch}` };
	return {
		problem: `The sort code '${showValue(typed)}' is not valid. Enter six digits, as in 12-34-56. ${LOST_ZERO}`,
	};
}
