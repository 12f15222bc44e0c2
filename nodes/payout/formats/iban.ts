import { toUpperAscii } from '../text/characters';
import type { Checked } from '../checked';
import { findIbanLength, hasIbanCheckDigits } from './ibanRules';
import { showValue } from '../text/shownValue';

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
	const length = findIbanLength(iban.slice(0, 2));
	if (length !== undefined && iban.length !== length) {
		return {
			problem: `The IBAN '${showValue(typed)}' has ${iban.length} characters, but an IBAN that starts with ${iban.slice(0, 2)} has ${length}. Copy it again from the recipient's bank details.`,
		};
	}
	if (!hasIbanCheckDigits(iban)) {
		return {
			problem: `The IBAN '${showValue(typed)}' is mistyped: its check digits do not match. Copy it again from the recipient's bank details.`,
		};
	}
	return { value: iban };
}
