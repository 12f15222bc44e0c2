import { checkCardNumber, maskCardNumber } from './card';

/** How much of a value a message repeats. */
const MAX_SHOWN_CHARACTERS = 60;

/**
 * Prepares a value for a message, which repeats neither a long value nor a card number that was
 * entered in the wrong column.
 *
 * @returns at most 60 characters, then `…`
 */
export function showValue(text: string): string {
	if (text.length > MAX_SHOWN_CHARACTERS) {
		// Half of a surrogate pair is not a character.
		return `${text.slice(0, MAX_SHOWN_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
	}
	return 'value' in checkCardNumber(text) ? maskCardNumber(text) : text;
}
