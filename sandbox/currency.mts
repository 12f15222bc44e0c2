import currencies from 'currency-codes';

const USUAL_DECIMALS = 2;

/** How many decimals ISO 4217 gives a currency: 2 for usd, 0 for jpy. Unknown ones get 2. */
function decimalsOf(currency: string): number {
	return currencies.code(currency)?.digits ?? USUAL_DECIMALS;
}

/** An amount in major units, exactly: 10.50 for 1050 usd. */
export function majorUnits(minorUnits: number, currency: string): string {
	const decimals = decimalsOf(currency);
	const digits = String(minorUnits).padStart(decimals + 1, '0');
	const end = digits.length - decimals;
	const fraction = decimals === 0 ? '' : `.${digits.slice(end)}`;
	return `${digits.slice(0, end)}${fraction}`;
}

/**
 * An amount as people write it, and its unit. How Smart Glocal scales currencies without two decimals
 * is not known, so their unit is "KRW minor units".
 */
export function amountAndUnit(minorUnits: number, currency: string): readonly [string, string] {
	const code = currency.toUpperCase();
	if (decimalsOf(currency) !== USUAL_DECIMALS) {
		return [minorUnits.toLocaleString('en'), `${code} minor units`];
	}
	const amount = Number(majorUnits(minorUnits, currency));
	return [amount.toLocaleString('en', { minimumFractionDigits: USUAL_DECIMALS }), code];
}

/** An amount as people write it with its unit, for example `1,234.50 USD`. */
export function amountText(minorUnits: number, currency: string): string {
	return amountAndUnit(minorUnits, currency).join(' ');
}
