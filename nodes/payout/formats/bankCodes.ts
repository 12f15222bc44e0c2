import { toUpperAscii } from '../text/characters';
import { showValue } from '../text/shownValue';
import { LOST_ZERO } from '../text/spreadsheetAdvice';
import type { Checked } from '../validationError';

/** Checks a SWIFT/BIC code: bank, country, location, perhaps branch (ISO 9362). In upper case. */
export function checkBic(typed: string): Checked {
	const bic = toUpperAscii(typed.replace(/\s/g, ''));
	const isValid = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic);
	const problem = `The SWIFT/BIC code '${showValue(typed)}' is not valid. Enter 8 or 11 letters and digits, as in BARCGB22.`;
	return isValid ? { value: bic } : { problem };
}

/**
 * Checks an Australian BSB number. It stays as it is: the API reference does not say whether it expects
 * the dashes of XX-Y-ZZZ (/docs/payouts/payout-australia).
 */
export function checkBsb(typed: string): Checked {
	const problem = `The BSB number '${showValue(typed)}' is not valid. Enter six digits, as in 06-2-000 or 062000. ${LOST_ZERO}`;
	return /^\d\d-?\d-?\d{3}$/.test(typed) ? { value: typed } : { problem };
}

/** Checks a British sort code. Gives it as in 12-34-56 (/docs/payouts/payout-united-kingdom). */
export function checkSortCode(typed: string): Checked {
	const [, bank, area, branch] = /^(\d\d)[- ]?(\d\d)[- ]?(\d\d)$/.exec(typed) ?? [];
	const problem = `The sort code '${showValue(typed)}' is not valid. Enter six digits, as in 12-34-56. ${LOST_ZERO}`;
	return bank === undefined ? { problem } : { value: `${bank}-${area}-${branch}` };
}

/** Checks an American routing number: nine digits with the ABA's checksum (weights 3-7-1). */
export function checkAbaRoutingNumber(typed: string): Checked {
	let problem = `The routing code '${showValue(typed)}' is not an ABA routing number. It needs nine digits. ${LOST_ZERO}`;
	if (/^\d{9}$/.test(typed)) {
		const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
		const sum = weights.reduce((total, weight, at) => total + weight * Number(typed[at]), 0);
		if (sum > 0 && sum % 10 === 0) return { value: typed };
		problem = `The routing code '${showValue(typed)}' is mistyped: its check digit does not match. Copy it again from the recipient's bank details.`;
	}
	return { problem };
}

/** Checks a Canadian routing number (/docs/payouts/payout-canada). */
export function checkCanadianRoutingNumber(typed: string): Checked {
	const problem = `The routing code '${showValue(typed)}' is not a Canadian routing number. It needs nine digits: a 0, three for the institution and five for the transit number. ${LOST_ZERO}`;
	return /^0\d{8}$/.test(typed) ? { value: typed } : { problem };
}
