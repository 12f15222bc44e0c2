import { isIssuedCardNumber } from '../payout/cards/cardNumber';
import { maskCardData } from '../payout/cards/maskData';

/** What a response names like this is an id, a time, an amount or an account, however it looks. */
const NO_CARD_KEYS = new Set([
	'account',
	'account_number',
	'amount',
	'amount_minor',
	'arn',
	'bank_account_number',
	'created_at',
	'event_key',
	'finished_at',
	'id',
	'idempotency_key',
	'payout_id',
	'rrn',
	'session_id',
	'updated_at',
	'wallet_id',
]);

/**
 * Hides card data in a response, in a request body, or in what was made of one. Whoever sends a card
 * number back should not, but outputs are stored and passed on. Ids, times, amounts and accounts stay
 * as they are, and so do references, unless card networks issue such numbers.
 */
export function maskResponse<T>(response: T): T {
	return maskCardData(response, (path) => {
		const key = path.at(-1) ?? '';
		if (key === 'reference' || key === 'metadata') return isIssuedCardNumber;
		// What users put into these can have any name.
		const isOfUser = path.includes('metadata') || path.includes('customer');
		return NO_CARD_KEYS.has(key) && !isOfUser ? () => false : undefined;
	});
}
