import fc from 'fast-check';
import { toMinorUnits } from '../../nodes/payout/money/amount';
import { toMajorNumber } from '../../nodes/payout/money/majorAmount';

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
