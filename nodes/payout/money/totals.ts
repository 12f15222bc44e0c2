import { toDecimalText } from './amount';
import { hasTwoMinorDigits } from '../formats/isoCodes';

/** The amount of one payout. */
interface Amount {
	/** In minor units. */
	amount: number;
	/** ISO 4217 code in upper case; empty where it is not known. */
	currency: string;
}

/** Adds up amounts by currency, exactly and in minor units. Those without a currency are left out. */
export function sumByCurrency(amounts: Iterable<Amount>): Map<string, bigint> {
	const sums = new Map<string, bigint>();
	for (const { amount, currency } of amounts) {
		if (currency !== '') sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
	}
	return sums;
}

/**
 * Writes sums for people, as in `EUR 12,345.00, GBP 3,000.00`.
 *
 * @param sums in minor units, by currency; empty gives an empty text
 */
export function showSums(sums: ReadonlyMap<string, bigint>): string {
	return [...sums].map(([currency, sum]) => showMoney(sum, currency)).join(', ');
}

/**
 * Writes an amount for people: `EUR 12,345.00`, and `JPY 5,000 (minor units)` where the currency's
 * scale is not certain.
 *
 * @param minor in minor units
 */
export function showMoney(minor: number | bigint, currency: string): string {
	if (!hasTwoMinorDigits(currency))
		return `${currency} ${groupDigits(String(minor))} (minor units)`;
	const [whole = '', fraction] = toDecimalText(minor).split('.');
	return `${currency} ${groupDigits(whole)}.${fraction}`;
}

function groupDigits(whole: string): string {
	return whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
