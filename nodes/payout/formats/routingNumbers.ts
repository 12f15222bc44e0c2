import type { Checked } from '../validationError';
import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';

/** Checks an American routing number: nine digits with the ABA's checksum (weights 3-7-1). */
export function checkAbaRoutingNumber(typed: string): Checked {
	if (!/^\d{9}$/.test(typed)) {
		return {
			problem: `The routing code '${showValue(typed)}' is not an ABA routing number. It needs nine digits. ${LOST_ZERO}`,
		};
	}
	const sum = [...typed].reduce(
		(total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0),
		0,
	);
	if (sum > 0 && sum % 10 === 0) return { value: typed };
	return {
		problem: `The routing code '${showValue(typed)}' is mistyped: its check digit does not match. Copy it again from the recipient's bank details.`,
	};
}

/**
 * Checks a Canadian routing number: 0, three digits for the institution, five for the transit number
 * (/docs/payouts/payout-canada).
 */
export function checkCanadianRoutingNumber(typed: string): Checked {
	if (/^0\d{8}$/.test(typed)) return { value: typed };
	return {
		problem: `The routing code '${showValue(typed)}' is not a Canadian routing number. It needs nine digits: a 0, three for the institution and five for the transit number. ${LOST_ZERO}`,
	};
}
