import { showValue } from '../SmartGlocal/payout/shownValue';

/**
 * Makes a text of a response fit to be shown: without card numbers, and not at any length.
 *
 * @param maxLength in characters
 */
export function quoteText(text: string, maxLength: number): string {
	// A part of a number is not recognised, so none is left where the text was cut.
	return showValue(text, maxLength).replace(/[^\p{L}]+…$/u, '…');
}
