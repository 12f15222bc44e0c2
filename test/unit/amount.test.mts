import fc from 'fast-check';
import { toDecimalText, toMajorNumber, toMinorUnits } from '../../nodes/payout/money/amount';
import type { AmountUnit } from '../../nodes/payout/money/amount';

type Written = string | number;

test.each<[Written, number]>([
	['100.50', 10050],
	['100.5', 10050],
	['100', 10000],
	['0.01', 1],
	['0.10', 10],
	[' 7.25 ', 725],
	[100.5, 10050],
	[100, 10000],
	[0.29, 29],
	[1.15, 115],
	[4.35, 435],
	[19.99, 1999],
	[1234567.89, 123456789],
	['90071992547409.91', Number.MAX_SAFE_INTEGER],
])('reads %p in major units as %i minor units', (written, minor) => {
	expect(toMinorUnits(written, 'major', 'USD')).toEqual({ minor });
});

test.each<[Written, string, number]>([
	['10050', 'USD', 10050],
	[10050, 'USD', 10050],
	['1', 'EUR', 1],
	['500', 'JPY', 500],
	[500, 'KRW', 500],
	['1234', 'KWD', 1234],
	['9007199254740991', 'USD', Number.MAX_SAFE_INTEGER],
])('takes %p in minor units of %s as it is', (written, currency, minor) => {
	expect(toMinorUnits(written, 'minor', currency)).toEqual({ minor });
});

const AMBIGUOUS = /can be read in more than one way/;
const SCIENTIFIC = /scientific notation/;
const ZERO = /is 0\..*above zero/;
const BELOW_ZERO = /below zero/;
const NOT_PLAIN = /not a plain number/;
const TOO_LARGE = /too large to be sent exactly/;
const EMPTY = /amount is empty/;

const REFUSED_IN_BOTH_UNITS: Array<[Written, RegExp]> = [
	['1,000.50', AMBIGUOUS],
	['100,50', AMBIGUOUS],
	['1.000,50', AMBIGUOUS],
	['1 000', AMBIGUOUS],
	["1'000.50", AMBIGUOUS],
	['1’000', AMBIGUOUS],
	['1\u00a0000', AMBIGUOUS],
	['1e3', SCIENTIFIC],
	['1.5E+11', SCIENTIFIC],
	[1e21, SCIENTIFIC],
	[1e-7, SCIENTIFIC],
	[5.551115123125783e-17, SCIENTIFIC],
	['0,30000000000000004', AMBIGUOUS],
	[4.35 * 100, /=ROUND\(/],
	[0.1 + 0.2, /=ROUND\(/],
	['0', ZERO],
	[0, ZERO],
	[-0, ZERO],
	['-5', BELOW_ZERO],
	['- 5', BELOW_ZERO],
	['-0.01', BELOW_ZERO],
	[-5, BELOW_ZERO],
	['NaN', NOT_PLAIN],
	[NaN, NOT_PLAIN],
	[Infinity, NOT_PLAIN],
	['-Infinity', NOT_PLAIN],
	['$100', NOT_PLAIN],
	['100 USD', NOT_PLAIN],
	['€ 5', NOT_PLAIN],
	['100€', NOT_PLAIN],
	['+5', NOT_PLAIN],
	['.5', NOT_PLAIN],
	['5.', NOT_PLAIN],
	['007', NOT_PLAIN],
	['1.2.3', NOT_PLAIN],
	['0x10', NOT_PLAIN],
	['1_000', NOT_PLAIN],
	['\u22125', NOT_PLAIN],
	['\u0661\u0660\u0660', NOT_PLAIN],
	['ten', NOT_PLAIN],
	['99999999999999999999', TOO_LARGE],
	['', EMPTY],
	['   ', EMPTY],
];

test.each(
	(['major', 'minor'] as const).flatMap((unit) =>
		REFUSED_IN_BOTH_UNITS.map(([written, phrase]) => [written, unit, phrase] as const),
	),
)('refuses %p in %s units with its own sentence', (written, unit, phrase) => {
	expect(toMinorUnits(written, unit, 'USD')).toEqual({ problem: expect.stringMatching(phrase) });
});

test.each<[Written, AmountUnit, RegExp]>([
	['1.005', 'major', /two ways: as 1005\.00, or with three decimal places.*with two, as in/],
	['100.500', 'major', /two ways: as 100500\.00, or with three decimal places/],
	[1.25 + 0.009, 'major', /two ways: as 1259\.00/],
	['1.250', 'minor', /two ways: as 1250, or with three decimal places.*without a point/],
	['0.125', 'major', /3 decimal places, but amounts have two/],
	['1000.125', 'major', /3 decimal places, but amounts have two/],
	['1.2505', 'major', /4 decimal places, but amounts have two/],
	[0.1 + 0.2, 'major', /17 decimal places, but amounts have two/],
	[1.1 * 3, 'major', /decimal places, but amounts have two/],
	['0.00', 'major', ZERO],
	['90071992547409.92', 'major', TOO_LARGE],
	['100.50', 'minor', /not a whole number.*minor units/],
	['100.00', 'minor', /not a whole number.*minor units/],
	[100.5, 'minor', /not a whole number.*minor units/],
	['9007199254740992', 'minor', TOO_LARGE],
	[Number.MAX_SAFE_INTEGER + 1, 'minor', TOO_LARGE],
])('refuses %p in %s units rather than rounding it', (written, unit, phrase) => {
	expect(toMinorUnits(written, unit, 'USD')).toEqual({ problem: expect.stringMatching(phrase) });
});

test.each(['JPY', 'KRW', 'VND', 'KWD', 'BHD', 'CLF', 'XOF'])(
	'refuses major units of %s, whose scale Smart Glocal does not say',
	(currency) => {
		expect(toMinorUnits('100', 'major', currency)).toEqual({
			problem: expect.stringMatching(
				new RegExp(`amounts in ${currency}.*account manager.*minor units`),
			),
		});
	},
);

test('shows the amount as it was written, in a complete sentence', () => {
	for (const [written] of REFUSED_IN_BOTH_UNITS) {
		const checked = toMinorUnits(written, 'major', 'USD');
		const sentence = 'problem' in checked ? checked.problem : '';
		const shown = String(written).trim();
		expect(sentence).toMatch(/^The amount .*\.$/);
		expect(sentence).toContain(shown);
	}
});

test.each<[number | bigint, string]>([
	[10050, '100.50'],
	[10000, '100.00'],
	[1, '0.01'],
	[10, '0.10'],
	[0, '0.00'],
	[-5, '-0.05'],
	[-10050, '-100.50'],
	[Number.MAX_SAFE_INTEGER, '90071992547409.91'],
	[123456789012345678901n, '1234567890123456789.01'],
	[-7n, '-0.07'],
])('writes %p minor units as %s', (minor, text) => {
	expect(toDecimalText(minor)).toBe(text);
});

test.each([
	[10050, 100.5],
	[10000, 100],
	[1, 0.01],
	[-5, -0.05],
	[0, 0],
	[123_456_789_012_345, 1_234_567_890_123.45],
])('%d minor units are %d', (minor, major) => {
	expect(toMajorNumber(minor, 'EUR')).toBe(major);
});

test.each(['JPY', 'KRW', 'KWD', 'VND', 'CLF', 'XAU', 'eur', 'EURO', ''])(
	'in %j the scale is not certain, so there is no number',
	(currency) => {
		expect(toMajorNumber(10050, currency)).toBeNull();
	},
);

test('a number that has lost digits is none', () => {
	for (const minor of [Number.MAX_SAFE_INTEGER, 2 ** 53, 100.5, NaN]) {
		expect(toMajorNumber(minor, 'USD')).toBeNull();
	}
});

test('is exactly the amount, or null above ten trillion', () => {
	const amounts = fc.oneof(fc.integer({ min: 1 }), fc.maxSafeNat()).filter((minor) => minor > 0);
	fc.assert(
		fc.property(amounts, (minor) => {
			const major = toMajorNumber(minor, 'USD');
			if (major === null) expect(minor).toBeGreaterThan(10 ** 15);
			else expect(toMinorUnits(major, 'major', 'USD')).toEqual({ minor });
		}),
		{ numRuns: 2_000 },
	);
});
