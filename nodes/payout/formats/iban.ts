import { cutText, toUpperAscii } from '../text/characters';
import type { Checked } from '../validationError';

/** The length of each country's IBANs (SWIFT's registry), and its code (ISO 3166-1 alpha-3). */
const IBAN_COUNTRIES: ReadonlyMap<string, { length: number; country: string }> = new Map(
	`AD24AND AE23ARE AL28ALB AT20AUT AX18ALA AZ28AZE BA20BIH BE16BEL BG22BGR BH22BHR BI27BDI
	BL27BLM BR29BRA BY28BLR CH21CHE CR22CRI CY28CYP CZ24CZE DE22DEU DJ27DJI DK18DNK DO28DOM
	EE20EST EG29EGY ES24ESP FI18FIN FK18FLK FO18FRO FR27FRA GB22GBR GE22GEO GF27GUF GI23GIB
	GL18GRL GP27GLP GR27GRC GT28GTM HN28HND HR21HRV HU28HUN IE22IRL IL23ISR IQ23IRQ IS26ISL
	IT27ITA JO30JOR KW30KWT KZ20KAZ LB28LBN LC32LCA LI21LIE LT20LTU LU20LUX LV21LVA LY25LBY
	MC27MCO MD24MDA ME22MNE MF27MAF MK19MKD MN20MNG MQ27MTQ MR27MRT MT31MLT MU30MUS NC27NCL
	NI28NIC NL18NLD NO15NOR OM23OMN PF27PYF PK24PAK PL28POL PM27SPM PS29PSE PT25PRT QA29QAT
	RE27REU RO24ROU RS22SRB RU33RUS SA24SAU SC31SYC SD18SDN SE24SWE SI19SVN SK24SVK SM27SMR
	SO23SOM ST25STP SV28SLV TF27ATF TL23TLS TN24TUN TR26TUR UA29UKR VA22VAT VG24VGB WF27WLF
	XK20XKX YE30YEM YT27MYT`
		.split(/\s+/)
		.map((entry) => [
			entry.slice(0, 2),
			{ length: Number(entry.slice(2, 4)), country: entry.slice(4) },
		]),
);

/** Countries whose territories have accounts with the country's own IBANs, besides those above. */
const TERRITORIES: Readonly<Record<string, readonly string[]>> = {
	FI: ['ALA'],
	FR: ['ATF', 'BLM', 'GLP', 'GUF', 'MAF', 'MTQ', 'MYT', 'NCL', 'PYF', 'REU', 'SPM', 'WLF'],
	GB: ['GGY', 'IMN', 'JEY'],
	NO: ['SJM'],
};

/** The length of the IBANs that begin with these two letters; undefined where it is not known. */
export function findIbanLength(letters: string): number | undefined {
	return IBAN_COUNTRIES.get(letters)?.length;
}

/** Whether a clean IBAN can belong to a country (ISO 3166-1 alpha-3); one of unknown letters can. */
export function canBeIbanOf(iban: string, country: string): boolean {
	const letters = iban.slice(0, 2);
	const known = IBAN_COUNTRIES.get(letters)?.country ?? country;
	return known === country || (TERRITORIES[letters]?.includes(country) ?? false);
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

/** The longest IBAN has 34 characters, and 8 spaces. */
const MAX_SHOWN_CHARACTERS = 42;

/** Checks an IBAN (ISO 13616, ISO 7064 MOD 97-10). Gives it in upper case and without spaces. */
export function checkIban(typed: string): Checked {
	const iban = toUpperAscii(typed.replace(/\s/g, ''));
	const letters = iban.slice(0, 2);
	const length = findIbanLength(letters) ?? iban.length;
	let problem: string;
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) {
		problem = 'is not valid: an IBAN starts with two letters and two digits.';
	} else if (iban.length !== length) {
		problem = `has ${iban.length} characters, but an IBAN that starts with ${letters} has ${length}.`;
	} else if (!hasIbanCheckDigits(iban)) {
		problem = 'is mistyped: its check digits do not match.';
	} else return { value: iban };
	// Whoever shows the message hides card numbers in it.
	const shown = cutText(typed, MAX_SHOWN_CHARACTERS);
	return {
		problem: `The IBAN '${shown}' ${problem} Copy it again from the recipient's bank details.`,
	};
}
