import { isCurrency } from '../formats/isoCodes';
import { showMoney } from './amount';

export interface Minimum {
	currency: string;
	written: string;
	isMinor: boolean;
	/** In minor units. */
	least: bigint;
}

/** Reads minimums, as in `EUR 5000, JPY 500000 minor units`; undefined where one cannot be read. */
export function readMinimums(text: string): Minimum[] | undefined {
	const read = text.split(/[,;\n]/).map((entry): Minimum | undefined => {
		const pattern = /^([A-Z]{3}) *((\d{1,15})(?:\.(\d{1,2}))?( +minor units)?)$/i;
		const [, code = '', written = '', whole = '', cents = '', unit] =
			pattern.exec(entry.trim()) ?? [];
		const currency = code.toUpperCase();
		const isMinor = unit !== undefined;
		if (!isCurrency(currency) || (isMinor && cents !== '')) return undefined;
		const least = BigInt(isMinor ? whole : whole + cents.padEnd(2, '0'));
		return { currency, written, isMinor, least };
	});
	const minimums = read.filter((minimum) => minimum !== undefined);
	return minimums.length === read.length ? minimums : undefined;
}

/** A wallet as the node puts it out; null is what is not known. */
type Wallet = { currency?: unknown; amount?: unknown; amount_minor?: unknown };
const MINOR_UNITS = ' minor units';

/** Compares the wallets with a minimum, to the cent; `notice` is empty where there is enough. */
export function compareWithMinimum(minimum: Minimum, wallets: readonly Wallet[]) {
	const { currency, written, isMinor, least } = minimum;
	const say = (state: string, balance: string, notice: string) => {
		return { currency, minimum: written, balance, state, notice };
	};
	// Which of several wallets in one currency pays is not documented, so the fullest counts.
	const [fullest] = wallets
		.filter((wallet) => wallet.currency === currency && Number.isSafeInteger(wallet.amount_minor))
		.sort((one, other) => Number(other.amount_minor) - Number(one.amount_minor));
	if (!fullest) {
		const advice = 'Check the currency in the option “Minimums”, or ask your account manager.';
		return say('missing', '', `There is no wallet in ${currency}. ${advice}`);
	}
	const minor = BigInt(Number(fullest.amount_minor));
	if (!isMinor && typeof fullest.amount !== 'number') {
		const notice = `The balance in ${currency} cannot be compared with ${written}: how many decimals Smart Glocal counts in this currency is not certain. Write the minimum in minor units, as in “${currency} 500000${MINOR_UNITS}”, in the option “Minimums”.`;
		return say('unclear', `${minor}${MINOR_UNITS}`, notice);
	}
	const balance = isMinor ? `${minor}${MINOR_UNITS}` : showMoney(minor, currency).slice(4);
	if (minor >= least) return say('', balance, '');
	const notice = `The balance in ${currency} is ${balance}, less than the minimum of ${written}. Top it up: a wire takes 1 to 3 business days, and payouts beyond the balance cannot be completed.`;
	return say('low', balance, notice);
}
