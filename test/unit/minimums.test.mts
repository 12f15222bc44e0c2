import { compareWithMinimum, readMinimums } from '../../nodes/payout/money/minimums';

const wallet = (currency: string, minor: number, amount: number | null = minor / 100) => ({
	wallet_id: '310',
	currency,
	amount_minor: minor,
	amount,
});

type Wallet = ReturnType<typeof wallet>;

const compare = (text: string, ...wallets: Wallet[]) =>
	readMinimums(text)?.map((minimum) => compareWithMinimum(minimum, wallets));

describe('comparing the balance with minimums', () => {
	it('is exact, to the cent', () => {
		const read = (minor: number) => compare('EUR 45035996273704.95', wallet('EUR', minor));
		expect(read(4_503_599_627_370_495)).toMatchObject([{ state: '', notice: '' }]);
		expect(read(4_503_599_627_370_494)).toMatchObject([
			{ state: 'low', balance: '45,035,996,273,704.94', minimum: '45035996273704.95' },
		]);
	});

	it('takes the fullest of several wallets, and one item for each currency that is named', () => {
		const wallets = [wallet('EUR', 1), wallet('EUR', 6_000), wallet('GBP', 0), wallet('USD', 5)];
		expect(compare('eur 50, GBP 0.01', ...wallets)).toMatchObject([
			{ currency: 'EUR', notice: '' },
			{
				currency: 'GBP',
				notice:
					'The balance in GBP is 0.00, less than the minimum of 0.01. Top it up: a wire takes 1 to 3 business days, and payouts beyond the balance cannot be completed.',
			},
		]);
	});

	it('names a currency that has no wallet, or none that can be read', () => {
		const unreadable = { ...wallet('USD', 1), amount_minor: null as unknown as number };
		for (const wallets of [[], [wallet('EUR', 1)], [unreadable]]) {
			expect(compare('USD 1', ...wallets)).toMatchObject([
				{ state: 'missing', notice: expect.stringContaining('There is no wallet in USD.') },
			]);
		}
	});

	it('compares minor units only where the minimum is in minor units', () => {
		const yen = wallet('JPY', 400, null);
		expect(compare('JPY 500', yen)).toMatchObject([
			{ state: 'unclear', notice: expect.stringContaining('cannot be compared with 500') },
		]);
		expect(compare('JPY 500 minor units', yen)).toMatchObject([
			{ state: 'low', balance: '400 minor units' },
		]);
		expect(compare('JPY 400 minor units', yen)).toMatchObject([{ state: '' }]);
	});

	it.each(['', '5000', 'EUR', 'EUR 5,000', '5000 EUR', 'EUR -1', 'EUR 1.005', 'XXY 1', 'EUR 1,'])(
		'refuses %p',
		(text) => {
			expect(readMinimums(text)).toBeUndefined();
		},
	);

	it('refuses a part of a minor unit', () => {
		expect(readMinimums('EUR 5.5 minor units')).toBeUndefined();
	});
});
