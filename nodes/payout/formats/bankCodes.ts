import { toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';
import type { Checked } from '../validationError';

/** Checks a SWIFT/BIC code: bank, country, location, optional branch (ISO 9362). Gives it in upper case. */
export function checkBic(typed: string): Checked {
	const bic = toUpperAscii(typed.replace(/\s/g, ''));
	if (/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) return { value: bic };
	return {
		problem: `The SWIFT/BIC code '${showValue(typed)}' is not valid. Enter 8 or 11 letters and digits, as in BARCGB22.`,
	};
}

/**
 * Checks an Australian BSB number. It stays as it is: the API reference does not say whether it expects
 * the dashes of XX-Y-ZZZ (/docs/payouts/payout-australia).
 */
export function checkBsb(typed: string): Checked {
	if (/^\d\d-?\d-?\d{3}$/.test(typed)) return { value: typed };
	return {
		problem: `The BSB number '${showValue(typed)}' is not valid. Enter six digits, as in 06-2-000 or 062000. ${LOST_ZERO}`,
	};
}

/** Checks a British sort code. Gives it as in 12-34-56 (/docs/payouts/payout-united-kingdom). */
export function checkSortCode(typed: string): Checked {
	const [, bank, area, branch] = /^(\d\d)[- ]?(\d\d)[- ]?(\d\d)$/.exec(typed) ?? [];
	if (bank !== undefined) return { value: `${bank}-${area}-${branch}` };
	return {
		problem: `The sort code '${showValue(typed)}' is not valid. Enter six digits, as in 12-34-56. ${LOST_ZERO}`,
	};
}

/** Checks an American routing number: nine digits with the ABA's checksum (weights 3-7-1). */
export function checkAbaRoutingNumber(typed: string): Checked {
	if (!/^\d{9}$/.test(typed)) {
		return {
			problem: `The routing code '${showValue(typed)}' is not an ABA routing number. It needs nine digits. ${LOST_ZERO}`,
		};
	}
	const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
	const sum = weights.reduce((total, weight, index) => total + weight * Number(typed[index]), 0);
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
