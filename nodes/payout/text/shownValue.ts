import { maskCardNumbers } from '../cards/mask';
import { cutText } from './characters';

const MAX_SHOWN_CHARACTERS = 60;
/** A card number that begins within what is shown ends within so many characters more. */
const MAX_CARD_CHARACTERS = 80;

/** Prepares a value for a message: without card numbers, at most `maxLength` characters, then `…`. */
export function showValue(value: string | number, maxLength = MAX_SHOWN_CHARACTERS): string {
	const text = String(value);
	// Masked before it is cut: half of a card number would not be recognised.
	const masked = maskCardNumbers(text.slice(0, maxLength + MAX_CARD_CHARACTERS));
	return cutText(masked, maxLength, text.length > maxLength + MAX_CARD_CHARACTERS);
}

/** Names the first of some values: `a, b and 3 more`. */
export function listSome(values: readonly string[], maxCount: number): string {
	const rest = values.length - maxCount;
	return values.slice(0, maxCount).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
