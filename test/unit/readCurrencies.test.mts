import { isOtherCurrency } from '../../nodes/file/currencies';
import { problemsOf, rowsOf } from '../support/payoutFiles.mts';
import { formatted, packRows } from '../support/workbooks.mts';

describe('the sign beside an amount', () => {
	test.each([
		['€', 'EUR'],
		['$', 'USD'],
		['$', 'HKD'],
		['US$', 'USD'],
		['£', 'EGP'],
		['kr', 'SEK'],
		['zł', 'PLN'],
		['R$', 'BRL'],
		['¥', 'CNY'],
		['¥', 'JPY'],
		['₺', 'TRY'],
		['USD', 'USD'],
		['€', ''],
	])('%s can be %s', (sign, code) => {
		expect(isOtherCurrency(sign, code)).toBe(false);
	});

	test.each([
		['€', 'USD'],
		['$', 'EUR'],
		['HK$', 'USD'],
		['₺', 'USD'],
		['USD', 'EUR'],
		['£', 'USD'],
	])('%s is not %s', (sign, code) => {
		expect(isOtherCurrency(sign, code)).toBe(true);
	});
});

describe('an amount in a workbook', () => {
	const sheet = (currency: string) => [
		['reference', 'amount', 'currency', 'iban'],
		['INV-1', formatted(10), currency, 'BE68539007547034'],
	];
	const formats = ['#,##0.00 [$€-407]'];

	test('that is shown in the currency of its row is read', async () => {
		expect(await rowsOf(packRows(sheet('eur'), { formats }))).toMatchObject([{ amount: 10 }]);
		expect(await rowsOf(packRows(sheet(''), { formats }))).toMatchObject([{ amount: 10 }]);
	});

	test('that is shown in another currency is refused, by the destination, too', async () => {
		expect(await problemsOf(packRows(sheet('USD'), { formats }))).toEqual([
			expect.stringMatching(/^Cell B2 \(amount\) shows €, but the currency of its row is USD\./),
		]);
		const columns = { destination: { value: 'GBR-GBP' } };
		expect(await problemsOf(packRows(sheet(''), { formats }), { columns })).toEqual([
			expect.stringMatching(/shows €, but the currency of its row is GBP/),
		]);
	});
});
