/** The destination of a payout, from a request that fits the OpenAPI document. */
export interface Destination {
	type: 'bank_account' | 'card';
	bank_account?: { system_type: 'global'; global: Record<string, unknown> };
	card?: {
		type: 'bank_card' | 'encrypted_card';
		bank_card?: { number: string };
		encrypted_card?: { number_hash: string };
	};
}

/** The destination as responses and webhooks show it. */
export interface ReducedDestination {
	type: 'bank_account' | 'card';
	bank_account?: { system_type: 'global'; global: Record<string, unknown> };
	card?: { last4: string; brand: string };
}

const BRANDS: readonly (readonly [RegExp, string])[] = [
	[/^220[0-4]/, 'mir'],
	[/^4/, 'visa'],
	[/^(5[1-5]|2[2-7])/, 'mastercard'],
	[/^62/, 'unionpay'],
	[/^3[47]/, 'amex'],
];

function reducedCard(number: string | undefined): { last4: string; brand: string } {
	if (number === undefined) return { last4: '0000', brand: 'unknown' };
	const brand = BRANDS.find(([start]) => start.test(number))?.[1] ?? 'unknown';
	return { last4: number.slice(-4), brand };
}

/**
 * Reduces a destination to what responses may show: of a card, its brand and last four digits. An
 * encrypted card, which the sandbox cannot read, ends in 0000.
 */
export function reduceDestination(destination: Destination): ReducedDestination {
	if (destination.type === 'card') {
		return { type: 'card', card: reducedCard(destination.card?.bank_card?.number) };
	}
	return { type: 'bank_account', bank_account: destination.bank_account };
}

/** The last four characters of the card or account number; empty when there is none. */
export function lastFour({ card, bank_account }: ReducedDestination): string {
	if (card !== undefined) return card.last4;
	const { iban, bank_account_number, account_number } = bank_account?.global ?? {};
	const number = iban ?? bank_account_number ?? account_number;
	return typeof number === 'string' ? number.slice(-4) : '';
}

/** Describes a destination, for example `GBR bank account ending in 5678`. */
export function describeDestination(destination: ReducedDestination, country: unknown): string {
	const end = lastFour(destination);
	const ending = end === '' ? '' : ` ending in ${end}`;
	if (destination.card !== undefined) return `${destination.card.brand} card${ending}`;
	const where = typeof country === 'string' ? `${country} bank account` : 'bank account';
	return where + ending;
}
