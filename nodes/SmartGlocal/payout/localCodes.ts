import type { Checked } from './checked';

/**
 * Checks a British sort code: six digits.
 *
 * @param typed with dashes, with spaces or plain
 * @returns the sort code in the form 12-34-56 (/docs/payouts/payout-united-kingdom)
 */
export function checkSortCode(typed: string): Checked {
	const [, bank, area, branch] = /^(\d\d)[- ]?(\d\d)[- ]?(\d\d)$/.exec(typed) ?? [];
	if (bank !== undefined) return { value: `${bank}-${area}-${branch}` };
	return {
		problem: `The sort code '${typed}' does not look like one: it has six digits, as in 12-34-56.`,
	};
}

/**
 * Checks an American routing transfer number: nine digits with the ABA's checksum (weights 3-7-1).
 *
 * @returns the nine digits
 */
export function checkAbaRoutingNumber(typed: string): Checked {
	if (!/^\d{9}$/.test(typed)) {
		return {
			problem: `The routing code '${typed}' does not look like an ABA routing number: it has nine digits. If the first digit is 0, format the column as text, so that the spreadsheet keeps it.`,
		};
	}
	const sum = [...typed].reduce(
		(total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0),
		0,
	);
	if (sum > 0 && sum % 10 === 0) return { value: typed };
	return {
		problem: `The routing code '${typed}' is mistyped: its check digit does not match. Copy it again from the recipient's bank details.`,
	};
}

/**
 * Checks an Australian BSB number: six digits, with or without dashes.
 *
 * @returns the number as it was written: whether the dashes of XX-Y-ZZZ are sent is not documented
 *   (/docs/payouts/payout-australia), so that it stays the user's choice
 */
export function checkBsb(typed: string): Checked {
	if (/^\d\d-?\d-?\d{3}$/.test(typed)) return { value: typed };
	return {
		problem: `The BSB number '${typed}' does not look like one: it has six digits, as in 06-2-000 or 062000.`,
	};
}

/**
 * Checks a Canadian routing code: 0, three digits of the institution, five of the transit number
 * (/docs/payouts/payout-canada).
 */
export function checkCanadianRoutingNumber(typed: string): Checked {
	if (/^0\d{8}$/.test(typed)) return { value: typed };
	return {
		problem: `The routing code '${typed}' does not look like a Canadian one: it has nine digits, the first of them 0, then the institution (three) and the transit number (five). If the 0 is missing, format the column as text, so that the spreadsheet keeps it.`,
	};
}
