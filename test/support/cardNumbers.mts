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
export const cardNumber = fc
	.constantFrom(...'23456789')
	.chain((start) => cardNumbers(ALL_LENGTHS, start));

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

const inFours = (number: string, between: string) => (number.match(/.{1,4}/g) ?? []).join(between);

const WRITTEN: ReadonlyArray<(number: string) => string> = [
	(number) => number,
	...[' ', '-', '  ', ' - ', '\u00a0', '\u2013'].map(
		(between) => (number: string) => inFours(number, between),
	),
	// As Diners Club and American Express print 14 and 15 digits.
	(number) => number.replace(/^(\d{4})(\d{6})(?=\d{4,5}$)/, '$1 $2 '),
	(number) => [...number].join(' '),
	(number) => `card_${number}`,
	(number) => `Visa ${inFours(number, ' ')} 12/29 123`,
	(number) => `Order 12 ${inFours(number, ' ')}`,
	(number) => `${number};12/29`,
	(number) => ` "${number}" `,
	(number) => JSON.stringify({ note: [number] }),
	(number) => JSON.stringify(JSON.stringify({ pan: number })),
];

/** The ways in which people write a card number, as texts. */
export const writtenWith = fc.constantFrom(...WRITTEN);

/** All digits of what is shown, without what is between them but for masks. */
export function digitsShown(shown: string): string {
	// The digits of a mask are no part of what stands before it.
	return shown.replace(/[^\d*]/g, '');
}
