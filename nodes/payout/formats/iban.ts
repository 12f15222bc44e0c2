import { cutText, toUpperAscii } from '../text/characters';
import type { Checked } from '../validationError';
import { COUNTRIES } from './isoCodes';

/** The length of the IBANs that begin with a country's code (SWIFT's registry). */
export const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
	`AD24 AE23 AL28 AT20 AX18 AZ28 BA20 BE16 BG22 BH22 BI27 BL27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22
	DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GF27 GI23 GL18 GP27 GR27 GT28 HN28
	HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24
	ME22 MF27 MK19 MN20 MQ27 MR27 MT31 MU30 NC27 NI28 NL18 NO15 OM23 PF27 PK24 PL28 PM27 PS29 PT25
	QA29 RE27 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TF27 TL23 TN24 TR26
	UA29 VA22 VG24 WF27 XK20 YE30 YT27`
		.split(/\s+/)
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Territories (ISO 3166-1 alpha-2) whose accounts have IBANs of another country, too, behind its code. */
const TERRITORIES = /^(?:FI AX|FR (?:BL|GF|GP|MF|MQ|NC|PF|PM|RE|TF|WF|YT)|GB (?:GG|IM|JE)|NO SJ)$/;

/** Whether a clean IBAN can belong to a country (ISO 3166-1 alpha-3); one of unknown letters can. */
export function canBeIbanOf(iban: string, country: string) {
	const letters = iban.slice(0, 2);
	const code = COUNTRIES.get(country) ?? '';
	const isOf = code === letters || TERRITORIES.test(`${letters} ${code}`);
	return isOf || !IBAN_LENGTHS.has(letters);
}

/** Whether an IBAN in upper case, without spaces, has the right check digits (ISO 7064 MOD 97-10). */
export function hasIbanCheckDigits(iban: string): boolean {
	let remainder = 0;
	for (const character of iban.slice(4) + iban.slice(0, 4)) {
		const digits = parseInt(character, 36);
		remainder = (remainder * (digits > 9 ? 100 : 10) + digits) % 97;
	}
	// They are 98 minus a remainder from 0 to 96, so 00, 01 and 99 never occur.
	return remainder === 1 && /^..(?:0[2-9]|[1-8]\d|9[0-8])/.test(iban);
}

/** Checks an IBAN (ISO 13616, ISO 7064 MOD 97-10). Gives it in upper case and without spaces. */
export function checkIban(typed: string): Checked {
	const iban = toUpperAscii(typed.replace(/\s/g, ''));
	const letters = iban.slice(0, 2);
	const length = IBAN_LENGTHS.get(letters) ?? iban.length;
	let problem: string;
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) {
		problem = 'is not valid: an IBAN starts with two letters and two digits.';
	} else if (iban.length !== length) {
		problem = `has ${iban.length} characters, but an IBAN that starts with ${letters} has ${length}.`;
	} else if (!hasIbanCheckDigits(iban)) {
		problem = 'is mistyped: its check digits do not match.';
	} else return { value: iban };
	// Whoever shows the message hides card numbers in it. The longest has 34 characters, and 8 spaces.
	const copy = "Copy it again from the recipient's bank details.";
	return { problem: `The IBAN '${cutText(typed, 42)}' ${problem} ${copy}` };
}
