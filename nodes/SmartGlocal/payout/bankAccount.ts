import { toUpperAscii } from './cells';

/** Length of an IBAN by country (SWIFT's IBAN registry). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
	`AD24 AE23 AL28 AT20 AX18 AZ28 BA20 BE16 BG22 BH22 BI27 BL27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18
	DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GF27 GI23 GL18 GP27 GR27 GT28 HN28 HR21 HU28 IE22
	IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MF27 MK19
	MN20 MQ27 MR27 MT31 MU30 NC27 NI28 NL18 NO15 OM23 PF27 PK24 PL28 PM27 PS29 PT25 QA29 RE27 RO24 RS22
	RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TF27 TL23 TN24 TR26 UA29 VA22 VG24 WF27
	XK20 YE30 YT27`
		.split(/\s+/)
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** A value in the form the API takes, or a complete sentence that says why there is none. */
export type Checked = { value: string } | { problem: string };

/**
 * Checks an IBAN: shape, length for its country, check digits (ISO 13616, ISO 7064 MOD 97-10).
 *
 * @param typed with or without spaces, in any case
 * @returns the IBAN without spaces in upper case, as Smart Glocal takes it (corridor pages)
 */
export function checkIban(typed: string): Checked {
	const iban = toUpperAscii(typed.replace(/\s/g, ''));
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) {
		return {
			problem: `The IBAN '${typed}' does not look like one: an IBAN begins with two letters and two digits. Copy it again from the recipient's bank details.`,
		};
	}
	const length = IBAN_LENGTHS[iban.slice(0, 2)];
	if (length !== undefined && iban.length !== length) {
		return {
			problem: `The IBAN '${typed}' has ${iban.length} characters, but one that begins with ${iban.slice(0, 2)} has ${length}. Copy it again from the recipient's bank details.`,
		};
	}
	// Check digits are 98 minus a remainder from 0 to 96, so that 00, 01 and 99 never occur.
	if (remainder97(iban) !== 1 || !/^..(?:0[2-9]|[1-8]\d|9[0-8])/.test(iban)) {
		return {
			problem: `The IBAN '${typed}' is mistyped: its check digits do not match. Copy it again from the recipient's bank details.`,
		};
	}
	return { value: iban };
}

function remainder97(iban: string): number {
	const rearranged = iban.slice(4) + iban.slice(0, 4);
	let remainder = 0;
	for (const character of rearranged) {
		const digits = parseInt(character, 36);
		remainder = (remainder * (digits > 9 ? 100 : 10) + digits) % 97;
	}
	return remainder;
}

/**
 * Checks the shape of a SWIFT/BIC code: bank, country, location, optional branch (ISO 9362).
 *
 * @returns the code in upper case
 */
export function checkBic(typed: string): Checked {
	const bic = toUpperAscii(typed.replace(/\s/g, ''));
	if (/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) return { value: bic };
	return {
		problem: `The SWIFT/BIC code '${typed}' does not look like one: it has 8 or 11 letters and digits, as in BARCGB22.`,
	};
}

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

/**
 * Checks a Brazilian tax number (CPF): eleven digits (/docs/payouts/payout-brazil).
 *
 * @param typed plain or in its usual form 123.456.789-09
 * @returns the eleven digits
 */
export function checkCpf(typed: string): Checked {
	const digits = typed.replace(/[.\-\s]/g, '');
	if (/^\d{11}$/.test(digits)) return { value: digits };
	return {
		problem: `The recipient's ID number '${typed}' does not look like a CPF: it has eleven digits, as in 123.456.789-09.`,
	};
}
