import type { Item } from './ledgerRow.mts';

/** What is remembered of each currency between two runs: `low`, `missing` or `unclear`. */
export type BalanceStates = Record<string, string>;

/** A balance that somebody is to be told of. */
export interface BalanceNotice {
	currency: string;
	state: string;
	balance: string;
	minimum: string;
	notice: string;
}

/**
 * Compares the wallets with their minimums, and finds what has changed since the last run.
 *
 * @param minimums by currency, such as `5000`, `5000.00` or `500000 minor units`
 * @param wallets the node's items
 * @param before what was found by the run before
 * @throws Error when a minimum cannot be read
 */
export function watchBalance(
	minimums: Record<string, unknown>,
	wallets: readonly Item[],
	before: BalanceStates,
): { notices: BalanceNotice[]; states: BalanceStates } {
	const found = Object.entries(minimums).map(([name, minimum]) =>
		checkCurrency(name.trim().toUpperCase(), String(minimum ?? '').trim(), wallets),
	);
	const wrong = found.filter(({ state }) => state !== '');
	return {
		notices: wrong.filter(({ currency, state }) => before[currency] !== state),
		states: Object.fromEntries(wrong.map(({ currency, state }) => [currency, state])),
	};
}

function checkCurrency(currency: string, minimum: string, wallets: readonly Item[]): BalanceNotice {
	const [, whole, cents = '', unit] =
		/^(\d{1,15})(?:\.(\d{1,2}))?( minor units)?$/.exec(minimum) ?? [];
	if (whole === undefined || (unit && cents)) {
		throw new Error(
			`The minimum of ${currency} is “${minimum}”. Write it like 5000 or 5000.50, or like 500000 minor units, in the node Minimums.`,
		);
	}
	const fullest = findFullest(currency, wallets);
	const checked = {
		currency,
		state: '',
		balance: '',
		minimum: `${currency} ${minimum}`,
		notice: '',
	};
	if (!fullest) {
		const notice = `There is no wallet in ${currency}. Check the currency in the node Minimums, or ask your account manager.`;
		return { ...checked, state: 'missing', notice };
	}
	if (!unit && typeof fullest.amount !== 'number') {
		const notice = `The balance in ${currency} cannot be compared with ${minimum}: how many decimals Smart Glocal counts in this currency is not certain. Write the minimum as minor units, such as “500000 minor units”, in the node Minimums.`;
		return { ...checked, state: 'unclear', notice };
	}
	const least = BigInt(unit ? whole : whole + cents.padEnd(2, '0'));
	const minor = BigInt(String(fullest.amount_minor));
	const balance = unit ? `${minor} minor units` : showMajor(minor);
	if (minor >= least) return { ...checked, balance };
	const notice = `The balance in ${currency} is ${balance}, less than the minimum of ${minimum}. Top it up: a wire takes 1 to 3 business days, and payouts beyond the balance cannot be completed.`;
	return { ...checked, state: 'low', balance, notice };
}

/** Which of several wallets in one currency pays is not documented, so the fullest counts. */
function findFullest(currency: string, wallets: readonly Item[]): Item['json'] | undefined {
	return wallets
		.map(({ json }) => json)
		.filter((wallet) => String(wallet.currency ?? '').toUpperCase() === currency)
		.filter((wallet) => Number.isSafeInteger(wallet.amount_minor))
		.sort((one, other) => Number(other.amount_minor) - Number(one.amount_minor))[0];
}

/** With a comma between the thousands and two decimals, such as `1,250.00`. */
function showMajor(minor: bigint): string {
	const sign = minor < 0n ? '-' : '';
	const digits = String(minor < 0n ? -minor : minor).padStart(3, '0');
	return `${sign}${BigInt(digits.slice(0, -2)).toLocaleString('en')}.${digits.slice(-2)}`;
}
