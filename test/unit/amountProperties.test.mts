import fc from 'fast-check';
import { toDecimalText, toMinorUnits } from '../../nodes/payout/money/amount';
import { readText } from '../../nodes/payout/text/readText';

const minorUnits = fc.oneof(
	fc.integer({ min: 1, max: 1_000_000 }),
	fc.maxSafeNat().filter((minor) => minor > 0),
);

/** The amount that is paid for a number in a JSON document or a spreadsheet. */
function paidForNumber(digits: string) {
	const read = readText(JSON.parse(digits), 'amount', 'The amount');
	return 'problem' in read ? read : toMinorUnits(read.value, 'major', 'USD');
}

test('turns minor units into decimal text and back without changing them', () => {
	fc.assert(
		fc.property(minorUnits, (minor) => {
			expect(toMinorUnits(toDecimalText(minor), 'major', 'USD')).toEqual({ minor });
		}),
	);
});

test('does not need trailing zeros', () => {
	fc.assert(
		fc.property(minorUnits, (minor) => {
			const shortened = toDecimalText(minor).replace(/\.?0{1,2}$/, '');
			expect(toMinorUnits(shortened, 'major', 'EUR')).toEqual({ minor });
		}),
	);
});

test('reads every amount back that was written in minor units', () => {
	fc.assert(
		fc.property(minorUnits, (minor) => {
			expect(toMinorUnits(String(minor), 'minor', 'USD')).toEqual({ minor });
			expect(toMinorUnits(minor, 'minor', 'USD')).toEqual({ minor });
		}),
	);
});

const almostAmounts = fc.oneof(
	fc.string({ unit: fc.constantFrom(...'0123456789.,-+eE $'), maxLength: 20 }),
	fc.string({ unit: fc.constantFrom(...'0123456789.'), maxLength: 20 }),
	fc.double().map(String),
	fc.string(),
);

test('pays exactly the decimal number as written, or nothing', () => {
	fc.assert(
		fc.property(almostAmounts, (text) => {
			const checked = toMinorUnits(text, 'major', 'USD');
			if ('problem' in checked) {
				expect(checked.problem).toMatch(/\.$/);
				return;
			}
			const [whole = '', fraction = ''] = text.trim().split('.');
			const scale = 10n ** BigInt(fraction.length);
			expect(BigInt(whole + fraction) * 100n).toBe(BigInt(checked.minor) * scale);
			expect(Number.isSafeInteger(checked.minor)).toBe(true);
			expect(checked.minor).toBeGreaterThan(0);
		}),
		{ numRuns: 2_000 },
	);
});

test('pays exactly the number of minor units as written, or nothing', () => {
	fc.assert(
		fc.property(almostAmounts, (text) => {
			const checked = toMinorUnits(text, 'minor', 'USD');
			if ('problem' in checked) return;
			expect(BigInt(text.trim())).toBe(BigInt(checked.minor));
			expect(Number.isSafeInteger(checked.minor)).toBe(true);
			expect(checked.minor).toBeGreaterThan(0);
		}),
		{ numRuns: 2_000 },
	);
});

test('pays any result of floating-point arithmetic as the digits it shows, or not at all', () => {
	fc.assert(
		fc.property(fc.double(), (value) => {
			const checked = toMinorUnits(value, 'major', 'USD');
			if ('problem' in checked) return;
			expect(Number(toDecimalText(checked.minor))).toBe(value);
		}),
		{ numRuns: 2_000 },
	);
});

test('pays a number of up to a trillion to its last cent', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 100_000_000_000_000 }), (minor) => {
			expect(paidForNumber(toDecimalText(minor))).toEqual({ minor });
		}),
	);
});

// From 2^46 on, neighbouring cents are one and the same floating-point number.
test.each(['70368744177664.01', '70368744177664.03', '88888888888888.89'])(
	'never pays %s, given as a number, with another cent',
	(digits) => {
		const paid = paidForNumber(digits);
		const minor = 'minor' in paid ? toDecimalText(paid.minor) : digits;
		expect(minor).toBe(digits);
	},
);
