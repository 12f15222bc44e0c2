import { maskCardNumbers } from '../SmartGlocal/payout/card';

/**
 * Makes a text of a response fit to be shown: without card numbers, and not at any length.
 *
 * @param maxLength in characters
 */
export function quoteText(text: string, maxLength: number): string {
	// Masking takes long for a long text. No part of a number is left where it is cut.
	const isLong = text.length > 2 * maxLength;
	const part = isLong ? text.slice(0, 2 * maxLength).replace(/[^\p{L}]+$/u, '') : text;
	const masked = maskCardNumbers(part);
	return isLong || masked.length > maxLength ? `${masked.slice(0, maxLength)}…` : masked;
}
