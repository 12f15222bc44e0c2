import { toUpperAscii } from '../../../payout/text/characters';
import { isCurrency } from '../../../payout/formats/isoCodes';

/** The key of an amount for which no currency is named. */
export const ANY_CURRENCY = '';

const AMOUNT = /^(?:([A-Z]{3})\s*)?(\d+(?:\.\d+)?)$|^(\d+(?:\.\d+)?)\s*([A-Z]{3})$/i;
/** The most currencies that a person writes down; it is far above any real run. */
const MAX_CURRENCIES = 200;

/**
 * Reads the option 'Expected Total': one amount, or one for each currency, separated by commas.
 *
 * @param written as in `1250.00` or `EUR 1000.00, USD 50.00`, in the unit of the amounts
 * @returns the amounts as they are written, by currency in upper case or `ANY_CURRENCY`; undefined for
 *   anything else
 */
export function readExpectedTotal(written: unknown): Map<string, string> | undefined {
	if (typeof written !== 'string' && typeof written !== 'number') return undefined;
	const parts = String(written).split(/[,;]/, MAX_CURRENCIES + 1);
	if (parts.length > MAX_CURRENCIES) return undefined;
	const amounts = new Map<string, string>();
	for (const part of parts) {
		const [, before = '', first, last = '', after = ''] = AMOUNT.exec(part.trim()) ?? [];
		const amount = first ?? last;
		const currency = toUpperAscii(before || after);
		const isAmount = Number(amount) > 0 && (currency === ANY_CURRENCY || isCurrency(currency));
		if (!isAmount || amounts.has(currency)) return undefined;
		amounts.set(currency, amount);
	}
	// An amount of no currency beside others would be an amount with a comma in it.
	return amounts.size > 1 && amounts.has(ANY_CURRENCY) ? undefined : amounts;
}
