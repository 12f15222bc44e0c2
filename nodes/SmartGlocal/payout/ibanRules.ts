/** The length of an IBAN in each country (SWIFT's IBAN registry). */
export const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
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
 * Whether the check digits of an IBAN are right (ISO 7064 MOD 97-10).
 *
 * @param iban in upper case, without spaces
 */
export function hasIbanCheckDigits(iban: string): boolean {
	// They are 98 minus a remainder from 0 to 96, so 00, 01 and 99 never occur.
	return remainder97(iban) === 1 && /^..(?:0[2-9]|[1-8]\d|9[0-8])/.test(iban);
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
