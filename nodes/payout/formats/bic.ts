import { toUpperAscii } from '../text/characters';
import type { Checked } from '../validationError';
import { showValue } from '../text/shownValue';

/**
 * Checks the format of a SWIFT/BIC code: bank, country, location, optional branch (ISO 9362).
 *
 * @returns the code in upper case, without spaces
 */
export function checkBic(typed: string): Checked {
	const bic = toUpperAscii(typed.replace(/\s/g, ''));
	if (/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) return { value: bic };
	return {
		problem: `The SWIFT/BIC code '${showValue(typed)}' is not valid. Enter 8 or 11 letters and digits, as in BARCGB22.`,
	};
}
