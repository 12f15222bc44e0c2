import fc from 'fast-check';
import { readExpectedTotal } from '../../nodes/SmartGlocal/batch/check/limits';
import { showMoney, showSums, sumByCurrency } from '../../nodes/payout/money/amount';

describe('sums', () => {
	test('are exact beyond what a number holds, by currency', () => {
		const amount = Number.MAX_SAFE_INTEGER;
		const sums = sumByCurrency([
			{ amount, currency: 'EUR' },
			{ amount, currency: 'EUR' },
			{ amount: 5, currency: 'USD' },
			{ amount: 7, currency: '' },
		]);
		expect(sums).toEqual(
			new Map([
				['EUR', 2n * BigInt(amount)],
				['USD', 5n],
			]),
		);
		expect(showSums(sums)).toBe('EUR 180,143,985,094,819.82, USD 0.05');
	});

	test('are written like Intl writes them', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e12 }), (minor) => {
				const { format } = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });
				expect(showMoney(minor, 'EUR')).toBe(`EUR ${format(minor / 100)}`);
			}),
		);
	});

	test('say so where the currency’s scale is not certain', () => {
		expect(showMoney(1234567, 'JPY')).toBe('JPY 1,234,567 (minor units)');
	});
});

describe('an expected total', () => {
	test.each<[unknown, Array<[string, string]>]>([
		[1000, [['', '1000']]],
		['1000.00', [['', '1000.00']]],
		[
			'EUR 1000.00, USD 50.00',
			[
				['EUR', '1000.00'],
				['USD', '50.00'],
			],
		],
		[
			'eur 1000;usd 50',
			[
				['EUR', '1000'],
				['USD', '50'],
			],
		],
		['50.5 GBP', [['GBP', '50.5']]],
	])('%j is read', (written, amounts) => {
		expect([...(readExpectedTotal(written) ?? [])]).toEqual(amounts);
	});

	test.each([
		'',
		'1,000.00',
		'EUR 1,000.00',
		'1000 2000',
		'EUR',
		'XXY 5',
		'EUR 5, EUR 6',
		'5, USD 6',
		'-5',
		'0',
		'EUR 0',
		'1e3',
		'EUR 5,',
		null,
		true,
		[5],
		NaN,
		'EUR 5 USD',
	])('%j is refused', (written) => {
		expect(readExpectedTotal(written)).toBeUndefined();
	});
});
