import { resolveDestination, ROW_DESTINATION } from '../payout/destinations/requirements';
import { isCurrency } from '../payout/formats/isoCodes';
import type { ColumnId } from '../payout/headers/matchColumns';
import { toUpperAscii } from '../payout/text/characters';

/** Short names that people and programs write for currencies (ISO 4217), in lower case. */
const NAMES = new Map(
	`zł PLN, kč CZK, kr SEK NOK DKK ISK, ft HUF, lei RON MDL, fr CHF, sfr CHF, din RSD, лв BGN, грн UAH,
	руб RUB BYN, р RUB BYN, tl TRY, rs INR LKR MUR NPR PKR, rm MYR, rp IDR, euro EUR, euros EUR`
		.split(/,\s+/)
		.map((entry): [string, string[]] => [entry.replace(/ .*/, ''), entry.split(' ').slice(1)]),
);

/** Whether a text is the sign, the code or a short name of a currency. */
export function isMoney(sign: string): boolean {
	return /^[A-Z]{0,3}\p{Sc}$/u.test(sign) || isCurrency(sign) || NAMES.has(sign.toLowerCase());
}

/** Codes that are English words, and short names that are parts of others. */
const NOT_IN_HEADERS = ['ALL', 'CUP', 'TOP', 'din', 'fr', 'р'];

/** Finds the currency that a header names, as in "Amount (USD)" and "Betrag in €"; empty for none. */
export function findSign(header: string): string {
	const words = header.split(/[^\p{L}\p{Sc}]+/u);
	return words.find((word) => word !== '' && isMoney(word) && !NOT_IN_HEADERS.includes(word)) ?? '';
}

/** The currency (ISO 4217) of a row by its columns, in the order in which Send Payout looks; or empty. */
export function findCurrency(read: (id: ColumnId) => string): string {
	const currency = toUpperAscii(read('currency'));
	if (currency !== '') return currency;
	const requirements = resolveDestination(ROW_DESTINATION, { destination: read('destination') });
	const own = typeof requirements === 'string' ? {} : requirements.fixed;
	return own.recipient_currency ?? toUpperAscii(read('recipient_currency'));
}

/** Whether a sign, such as €, kr or USD, is that of another currency than a code (ISO 4217). */
export function isOtherCurrency(sign: string, code: string): boolean {
	const named = NAMES.get(sign.toLowerCase());
	if (named !== undefined) return code !== '' && !named.includes(code);
	if (sign === code || !isCurrency(code)) return false;
	const symbols = (['narrowSymbol', 'symbol'] as const).map((display) => {
		const format = { style: 'currency', currency: code, currencyDisplay: display } as const;
		const parts = new Intl.NumberFormat('en', format).formatToParts(0);
		return parts.find(({ type }) => type === 'currency')?.value ?? code;
	});
	// As in US$; Egypt's pound is E£, and written £ there.
	const short = [code.slice(0, 1), code.slice(0, 2)].map((letters) => letters + symbols[0]);
	return ![...symbols, ...short].some((symbol) => symbol.endsWith(sign));
}
