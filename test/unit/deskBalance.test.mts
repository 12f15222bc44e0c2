import { watchBalance } from '../../examples/source/code/watchBalance.mts';

const wallet = (currency: string, minor: number, amount: number | null = minor / 100) => ({
	json: { wallet_id: '310', currency, amount_minor: minor, amount },
});

describe('watching the balance', () => {
	it('compares exactly, to the cent', () => {
		const minimums = { EUR: '45035996273704.95' };
		const notices = (minor: number) => watchBalance(minimums, [wallet('EUR', minor)], {}).notices;
		expect(notices(4_503_599_627_370_495)).toEqual([]);
		expect(notices(4_503_599_627_370_494)).toMatchObject([
			{ state: 'low', balance: '45,035,996,273,704.94' },
		]);
	});

	it('takes the fullest of several wallets, and ignores those without a minimum', () => {
		const wallets = [wallet('EUR', 1), wallet('EUR', 6_000), wallet('GBP', 0)];
		expect(watchBalance({ eur: '50' }, wallets, {}).notices).toEqual([]);
	});

	it('names a currency that has no wallet', () => {
		const [notice] = watchBalance({ USD: '1' }, [{ json: {} }], {}).notices;
		expect(notice?.notice).toContain('There is no wallet in USD.');
	});

	it('compares minor units only where the minimum is in minor units', () => {
		const yen = [wallet('JPY', 400, null)];
		expect(watchBalance({ JPY: '500' }, yen, {}).notices[0]?.notice).toContain(
			'cannot be compared',
		);
		expect(watchBalance({ JPY: '500 minor units' }, yen, {}).notices).toMatchObject([
			{ state: 'low', balance: '400 minor units' },
		]);
		expect(watchBalance({ JPY: '400 minor units' }, yen, {}).notices).toEqual([]);
	});

	it.each(['', '5,000', '5000 EUR', '-1', '1.005', '5.5 minor units'])(
		'refuses the minimum %p in words',
		(minimum) => {
			expect(() => watchBalance({ EUR: minimum }, [wallet('EUR', 1)], {})).toThrow(
				'The minimum of EUR is',
			);
		},
	);
});
