/** Fewer digits could be any number: they are no card number, not even a known one. */
export const MIN_KNOWN_LENGTH = 8;
/** More digits than anybody types for a card number, twice by mistake. */
const MAX_KNOWN_LENGTH = 32;
/** No row has more cards. With more, each would have to be looked for in each text. */
const MAX_KNOWN = 20;

/**
 * Makes the pattern that finds known card numbers among the digits of a text, also where they
 * overlap. When there are too many, it finds whatever is as long as the shortest.
 *
 * @param numbers digits of any length; undefined comes back when none can be a card number
 */
export function toKnownPattern(numbers: Iterable<string>): RegExp | undefined {
	const known = [...new Set(numbers)].filter(
		({ length }) => length >= MIN_KNOWN_LENGTH && length <= MAX_KNOWN_LENGTH,
	);
	if (known.length === 0) return undefined;
	if (known.length > MAX_KNOWN) return new RegExp(`(?=(\\d{${MIN_KNOWN_LENGTH}}))`, 'g');
	// The longest first: the first that fits is taken.
	return new RegExp(`(?=(${known.sort((a, b) => b.length - a.length).join('|')}))`, 'g');
}

/** Makes the pattern that finds known security codes; of too many, any group of so few digits. */
export function toCodePattern(codes: Iterable<string>): RegExp | undefined {
	const known = [...new Set(codes)].filter((code) => /^\d{1,8}$/.test(code));
	if (known.length === 0) return undefined;
	const code = known.length > MAX_KNOWN ? '\\d{1,8}' : known.join('|');
	return new RegExp(`(?<!\\d)(?:${code})(?!\\d)`, 'g');
}
