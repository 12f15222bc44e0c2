import { toDecimalText } from './amount';
import { hasTwoMinorDigits } from '../formats/isoCodes';

/**
 * Writes minor units as a number in major units, for workflows that add up: 10050 is 100.5.
 *
 * @param minor a whole number of minor units
 * @param currency ISO 4217 code in upper case
 * @returns null where the currency's scale is not certain, or where a number cannot hold the digits
 */
export function toMajorNumber(minor: number, currency: string): number | null {
	if (!Number.isSafeInteger(minor) || !hasTwoMinorDigits(currency)) return null;
	const text = toDecimalText(minor);
	const major = Number(text);
	// As JSON and n8n write it: without zeros at the end.
	return String(major) === text.replace(/\.?0+$/, '') ? major : null;
}
