import type { Checked } from './checked';
import { showValue } from './shownValue';
import { toUpperAscii } from './text';

/** The length of an IBAN in each country (SWIFT's IBAN registry). */
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

/**
 * Checks an IBAN: format, length for its country, check digits (ISO 13616, ISO 7064 MOD 97-10).
 *
 * @param typed with or without spaces, in any case
 * @returns the IBAN in upper case without spaces, as Smart Glocal expects it (corridor pages)
 */
export function checkIban(typed: string): Checked {
	const iban = toUpperAscii(typed.replace(/\s/g, ''));
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) {
		return {
			problem: `The IBAN '${showValue(typed)}' is not valid: an IBAN starts with two letters and two digits. Copy it again from the recipient's bank details.`,
		};
	}
	const length = IBAN_LENGTHS[iban.slice(0, 2)];
	if (length !== undefined && iban.length !== length) {
		return {
			problem: `The IBAN '${showValue(typed)}' has ${iban.length} characters, but an IBAN that starts with ${iban.slice(0, 2)} has ${length}. Copy it again from the recipient's bank details.`,
		};
	}
	// Check digits are 98 minus a remainder from 0 to 96, so 00, 01 and 99 never occur.
	if (remainder97(iban) !== 1 || !/^..(?:0[2-9]|[1-8]\d|9[0-8])/.test(iban)) {
		return {
			problem: `The IBAN '${showValue(typed)}' is mistyped: its check digits do not match. Copy it again from the recipient's bank details.`,
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
