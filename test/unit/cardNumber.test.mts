import fc from 'fast-check';
import { checkCardNumber, isIssuedCardNumber, showLastDigits } from '../../nodes/payout/cards/mask';
import { issuedCardNumber, withCheckDigit } from '../support/cardNumbers.mts';

/** Numbers that card schemes and payment services publish for tests. */
const PUBLISHED = [
	'4242424242424242',
	'4000056655665556',
	'5555555555554444',
	'2223003122003222',
	'378282246310005',
	'6011111111111117',
	'30569309025904',
	'36227206271667',
	'3566002020360505',
	'6200000000000005',
	'2200000000000004',
	'6304000000000000',
	'6759649826438453',
	'4222222222222',
	'6331101999990016',
	'6304939304310009610',
];

const digit = fc.integer({ min: 0, max: 9 });
const cardNumber = fc
	.array(digit, { minLength: 11, maxLength: 18 })
	.map((payload) => withCheckDigit(payload.join('')));

function refusalOf(typed: string): string {
	const checked = checkCardNumber(typed);
	if (!('problem' in checked)) throw new Error('The number was taken.');
	return checked.problem;
}

describe('a card number', () => {
	test.each(PUBLISHED)('%s is taken', (number) => {
		expect(checkCardNumber(number)).toEqual({ value: number });
	});

	test('of 12 to 19 digits with its check digit is taken, with spaces and dashes, too', () => {
		fc.assert(
			fc.property(cardNumber, fc.constantFrom('', ' ', '-', ' - ', '\u00a0'), (number, between) => {
				const typed = (number.match(/.{1,4}/g) ?? []).join(between);
				expect(checkCardNumber(typed)).toEqual({ value: number });
			}),
		);
	});

	test('with one digit changed is refused', () => {
		fc.assert(
			fc.property(cardNumber, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
				const index = at % number.length;
				const changed = (Number(number[index]) + by) % 10;
				const typed = number.slice(0, index) + changed + number.slice(index + 1);
				expect(refusalOf(typed)).toContain('check digit does not match');
			}),
			{ numRuns: 1_000 },
		);
	});

	test.each(['', '42424242424', '42424242424242424242', '4242x424242424242', '4242.4242', '+'])(
		'%p is not one',
		(typed) => {
			expect(refusalOf(typed)).toContain('12 to 19 digits');
		},
	);

	test('is never shown in the message that refuses it, not even its last digits', () => {
		const digits = fc.array(digit, { minLength: 1, maxLength: 30 }).map((all) => all.join(''));
		fc.assert(
			fc.property(digits, (typed) => {
				const checked = checkCardNumber(typed);
				if ('value' in checked) return;
				expect(checked.problem.replace('12 to 19', '')).not.toMatch(/\d/);
			}),
		);
	});
});

describe('a mask', () => {
	test('shows four digits at most, whatever it is given', () => {
		fc.assert(
			fc.property(fc.oneof(cardNumber, fc.string({ unit: 'binary' })), (text) => {
				const mask = showLastDigits(text);
				expect(mask).toMatch(/^\*{4}\d{0,4}$/);
				expect(text.replace(/\D/g, '').endsWith(mask.slice(4))).toBe(true);
			}),
		);
	});
});

test('knows which numbers card networks issue', () => {
	fc.assert(
		fc.property(issuedCardNumber, (number) => {
			expect(isIssuedCardNumber(number)).toBe(true);
			const mistyped = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
			expect(isIssuedCardNumber(mistyped)).toBe(false);
		}),
	);
	for (const start of ['171717171717', '2026013112000', '537234567890', '042424242424242']) {
		expect(isIssuedCardNumber(withCheckDigit(start))).toBe(false);
	}
});
