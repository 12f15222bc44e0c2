import { isRoundedCardNumber } from '../cards/card';
import { hideCardNumbers } from '../cards/cardNumbers';

/** How much of a value a message repeats. */
const MAX_SHOWN_CHARACTERS = 60;

/** A card number that begins within what is shown ends within so many characters more. */
const MAX_CARD_CHARACTERS = 80;

/**
 * Prepares a value for a message, which repeats neither a long value nor a card number that was
 * entered in the wrong column.
 *
 * @param maxLength in characters
 * @returns as much of it as may be shown, then `…`
 */
export function showValue(text: string, maxLength = MAX_SHOWN_CHARACTERS): string {
	// Masked before it is cut: half of a card number would not be recognised.
	const masked = hideCardNumbers(
		text.slice(0, maxLength + MAX_CARD_CHARACTERS),
		undefined,
		() => true,
	);
	if (masked.length <= maxLength && text.length <= maxLength + MAX_CARD_CHARACTERS) return masked;
	// A part of a number would not be recognised later, so none is left where the text is cut.
	return `${masked.slice(0, maxLength).replace(/[^\p{L}]+$/u, '')}…`;
}

/** Prepares a number for a message, like `showValue`. */
export function showNumber(number: number): string {
	// Its last digits are lost, so that its check digit says nothing.
	return isRoundedCardNumber(number) ? '****' : showValue(String(number));
}
