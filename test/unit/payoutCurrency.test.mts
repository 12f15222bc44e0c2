import { CORRIDOR_IDS } from '../../nodes/payout/destinations/corridors';
import { hasTwoMinorDigits } from '../../nodes/payout/formats/isoCodes';
import { CARD_ROW, corridorRow, OTHER_ROW, payoutOf, problemsOf } from '../support/payoutRows.mts';

describe('without a currency', () => {
	test.each(CORRIDOR_IDS)('%s is paid in the destination’s own', (id) => {
		const own = id.slice(-3);
		const row = { ...corridorRow(id), currency: '' };
		// What China needs for dollars is optional for its own currency.
		if (hasTwoMinorDigits(own)) expect(payoutOf(row).currency).toBe(own);
		else {
			expect(problemsOf(row)).toEqual([
				{ field: 'amount', message: expect.stringContaining(`amounts in ${own} are scaled`) },
			]);
			const inMinorUnits = { ...row, amountUnit: 'minor' } as const;
			expect(payoutOf(inMinorUnits, { amount: '10' }).currency).toBe(own);
		}
	});

	test('any other account is paid in the recipient’s', () => {
		const row = { ...OTHER_ROW, currency: '' };
		const { body } = payoutOf(row, { recipient_currency: 'pln' });
		expect(body.amount_details).toEqual({ amount: 1000, currency: 'pln' });
	});

	test('a missing or wrong currency of the recipient is the only problem', () => {
		const row = { ...OTHER_ROW, currency: '' };
		for (const recipient_currency of [undefined, 'EURO']) {
			const fields = problemsOf(row, { recipient_currency }).map(({ field }) => field);
			expect(fields).toEqual(['recipient_currency']);
		}
	});

	test('a card is refused, which has none of its own', () => {
		expect(problemsOf({ ...CARD_ROW, currency: '' })).toEqual([
			{
				field: 'currency',
				message: expect.stringMatching(/^The currency is missing, .*'Currency'.*'currency'/),
			},
		]);
		expect(payoutOf({ ...CARD_ROW, currency: '' }, { currency: 'eur' }).currency).toBe('EUR');
	});
});

test.each([undefined, null])('an expression that finds nothing (%p) is refused', (currency) => {
	const row = { ...corridorRow('GBR-GBP'), currency };
	expect(problemsOf(row)).toEqual([
		{
			field: 'currency',
			message: expect.stringMatching(/^The expression in 'Currency' finds nothing\./),
		},
	]);
	expect(payoutOf(row, { currency: 'GBP' }).currency).toBe('GBP');
});

test('the row’s own currency wins over the node’s and the destination’s', () => {
	const row = { ...corridorRow('GBR-GBP'), currency: 'USD' };
	expect(payoutOf(row, { currency: 'EUR' }).currency).toBe('EUR');
	expect(payoutOf(row).currency).toBe('USD');
});
