import { checkIban, IBAN_LENGTHS } from './iban';
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

/** Checks an Australian BSB number. It keeps its dashes or has none, as typed (payout-australia). */
export function checkBsb(typed: string): Checked {
	const problem = `The BSB number '${showValue(typed)}' is not valid. Enter six digits, as in 06-2-000 or 062000. ${LOST_ZERO}`;
	const isBsb = /^\d\d[- ]?\d[- ]?\d{3}$/.test(typed);
	return isBsb ? { value: typed.replace(/ /g, '') } : { problem };
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

/** Checks a Canadian routing number (payout-canada). On cheques, the transit number is first. */
export function checkCanadianRoutingNumber(typed: string): Checked {
	if (/^0\d{8}$/.test(typed)) return { value: typed };
	const code = `The routing code '${showValue(typed)}'`;
	const [, transit, institution] = /^(\d{5})[- ](\d{3})$/.exec(typed) ?? [];
	const problem =
		transit === undefined
			? `${code} is not a Canadian routing number. It needs nine digits: a 0, three for the institution and five for the transit number. ${LOST_ZERO}`
			: `${code} is written as on a cheque: the transit number, then the institution. Write nine digits without a dash: 0${institution}${transit}.`;
	return { problem };
}

/** A group with a digit, or a letter: parts of account numbers are joined by one sign. */
const GROUP = '(?:[A-Z\\d]*\\d[A-Z\\d]*|[A-Z])';
const ACCOUNT_NUMBER = new RegExp(
	`^(?:[A-Z]{1,4}[ ./-])?${GROUP}(?:[ .-]${GROUP}|/[A-Z\\d]{1,4})*$|^[A-Z]{2}\\d\\d(?: ?[A-Z\\d]){8,30}$`,
	'i',
);
/** The longest that there is: an IBAN in groups. */
const MAX_ACCOUNT_CHARACTERS = 42;
/** `****5678` is hidden in part, `1.234.567.890` a number as a spreadsheet shows it. */
const NO_ACCOUNT = /x{3}|^[^1-9]*$|^[1-9]\d{0,2}(?:\.\d{3}){2,}$/i;

/** Checks that a text is one account number, of any country: digits and letters in groups. */
export function checkAccountNumber(typed: string, label: string): Checked {
	const problem = `${label} '${showValue(typed)}' is not one whole account number. Enter just that, with all its digits, as in 0123-456789.`;
	const compact = toUpperAscii(typed.replace(/\s/g, ''));
	// An IBAN says itself whether it is mistyped.
	if (IBAN_LENGTHS.get(compact.slice(0, 2)) === compact.length && 'problem' in checkIban(compact)) {
		return checkIban(typed);
	}
	return isNumber(typed) && !NO_ACCOUNT.test(typed) ? { value: typed } : { problem };
}

/** Checks that a text can be the code of a bank or a branch, of any country. */
export function checkBankCode(typed: string, label: string): Checked {
	const problem = `${label} '${showValue(typed)}' is not the code of a bank. Enter just that, with all its digits and letters.`;
	return isNumber(typed) || /^[A-Z]{1,11}$/i.test(typed) ? { value: typed } : { problem };
}

function isNumber(typed: string): boolean {
	return typed.length <= MAX_ACCOUNT_CHARACTERS && ACCOUNT_NUMBER.test(typed);
}

/** Checks a Brazilian tax number (CPF). Gives its eleven digits (/docs/payouts/payout-brazil). */
export function checkCpf(typed: string): Checked {
	const digits = typed.replace(/[.\-\s]/g, '');
	const problem = `The recipient's ID number '${showValue(typed)}' is not a CPF. Enter eleven digits, as in 123.456.789-09. ${LOST_ZERO}`;
	return /^\d{11}$/.test(digits) ? { value: digits } : { problem };
}
