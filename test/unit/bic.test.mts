import fc from 'fast-check';
import { isValidBIC } from 'ibantools';
import { checkBic } from '../../nodes/payout/formats/bankCodes';

test.each([
	['DEUTDEFF', 'DEUTDEFF'],
	['BARCGB22XXX', 'BARCGB22XXX'],
	['deutdeff500', 'DEUTDEFF500'],
	['BARC GB 22', 'BARCGB22'],
	['E097AEXX', 'E097AEXX'],
])('reads %p as %s', (typed, value) => {
	expect(checkBic(typed)).toEqual({ value });
});

test('accepts every code that ibantools accepts', () => {
	const shape = fc.stringMatching(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/);
	fc.assert(
		fc.property(shape, (bic) => {
			if (isValidBIC(bic)) expect(checkBic(bic)).toEqual({ value: bic });
		}),
		{ numRuns: 1_000 },
	);
});

test.each(['', 'DEUTDEF', 'DEUTDEFF5', 'DEUTDEFF50', 'DEUTDEFF5000', 'DEUT1EFF', 'DEUT-DEFF'])(
	'refuses %p',
	(typed) => {
		expect(checkBic(typed)).toEqual({ problem: expect.stringContaining('8 or 11 letters') });
	},
);

test('does not make two letters of a ß', () => {
	expect(checkBic('DEUTDEß')).toEqual({ problem: expect.stringContaining('8 or 11 letters') });
});
