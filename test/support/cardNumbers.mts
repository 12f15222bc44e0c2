import fc from 'fast-check';

/** The check digit by the table of ISO/IEC 7812-1, annex B: written out, not computed. */
const DOUBLED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/** Completes digits with the check digit of a card number. */
export function withCheckDigit(payload: string): string {
	const sum = [...payload]
		.reverse()
		.map(Number)
		.reduce((total, digit, place) => total + (place % 2 === 0 ? (DOUBLED[digit] ?? 0) : digit), 0);
	return `${payload}${(10 - (sum % 10)) % 10}`;
}

/** Makes numbers with a valid check digit, from numbers of digits and a beginning. */
export function cardNumbers(lengths: readonly number[], start = ''): fc.Arbitrary<string> {
	return fc.constantFrom(...lengths).chain((length) => {
		const size = length - 1 - start.length;
		const rest = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: size, maxLength: size });
		return rest
			.map((digits) => withCheckDigit(start + digits.join('')))
			.filter((number) => new Set(number).size > 4);
	});
}

const ALL_LENGTHS = [13, 14, 15, 16, 17, 18, 19];

/** Any number that can be one of a card. */
export const cardNumber = cardNumbers(ALL_LENGTHS);

/** Numbers as the big networks issue them. */
export const issuedCardNumber = fc.oneof(
	cardNumbers([13, 16, 19], '4'),
	cardNumbers([16], '55'),
	cardNumbers([16], '2221'),
	cardNumbers([16], '2200'),
	cardNumbers([15], '37'),
	cardNumbers([14], '36'),
	cardNumbers([16, 17, 18, 19], '62'),
	cardNumbers([16], '3530'),
	cardNumbers([16, 19], '6304'),
);

const groups = (number: string, between: string) => (number.match(/.{1,4}/g) ?? []).join(between);
const inScript = (zero: number) => (number: string) =>
	[...number].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

const WRITTEN: ReadonlyArray<(number: string) => string> = [
	(number) => number,
	...[' ', '-', '.', '/', '_', ':', ',', '  ', ' - ', '\u00a0', '\u2009', '\u2013', '\t', '·'].map(
		(between) => (number: string) => groups(number, between),
	),
	...['\u200b', '\u00ad', '\ufeff', '\u2060\u200d'].map(
		(between) => (number: string) => [...number].join(between),
	),
	...['%20', '%2D', '%C2%A0', '%2520'].map(
		(between) => (number: string) => `pan=${groups(number, between)}`,
	),
	(number) => [...number].join(' '),
	(number) => [...number].join('-'),
	inScript(0xff10),
	inScript(0x0660),
	inScript(0x0966),
	inScript(0x1d7ce),
	(number) => `PAN${number}`,
	(number) => `card_${number}`,
	(number) => `Visa ${groups(number, ' ')} 12/29 123`,
	(number) => `${number};12/29`,
	(number) => ` "${number}" `,
	(number) => JSON.stringify({ note: [number] }),
	(number) => JSON.stringify({ note: groups(number, '\t') }),
	(number) => JSON.stringify(JSON.stringify({ pan: number })),
];

/** The ways in which people write a card number, as texts. */
export const writtenWith = fc.constantFrom(...WRITTEN);

/** As web addresses write spaces and dashes. */
const ESCAPED_SEPARATOR = /%(?:25)*(?:20|2d|c2%a0)/gi;

/** All digits of what is shown, of any script, without what is between them but for masks. */
export function digitsShown(shown: string): string {
	return [...shown.replace(ESCAPED_SEPARATOR, ' ').normalize('NFKC')]
		.map((character) => {
			// The digits of a mask are no part of what stands before it.
			if (character === '*') return character;
			for (const zero of [0x30, 0x0660, 0x0966]) {
				const digit = (character.codePointAt(0) ?? 0) - zero;
				if (digit >= 0 && digit <= 9) return String(digit);
			}
			return '';
		})
		.join('');
}
