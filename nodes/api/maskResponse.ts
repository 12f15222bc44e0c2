import { createCardMask } from '../payout/cards/cardMask';
import type { CardMask } from '../payout/cards/cardMask';
import { asObject } from '../payout/json/jsonObject';

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

const NO_ROW = createCardMask();

/**
 * Hides card numbers in a response, or in what was made of it. Whoever sends one back should not, but
 * outputs are stored and passed on. Ids, times, amounts and accounts stay as they are, unless they
 * hold the row's own card number. So do references, unless card networks issue such numbers.
 *
 * @param mask the row's; by default that of a response that belongs to no row
 */
export function maskResponse<T>(response: T, mask: CardMask = NO_ROW): T {
	const masked = mask.data(response, (path) => {
		const key = path.at(-1) ?? '';
		if (key === 'reference' || key === 'metadata') return 'issued';
		// What users put into these can have any name.
		const isOfUser = path.includes('metadata') || path.includes('customer');
		return NO_CARD_KEYS.has(key) && !isOfUser ? 'none' : 'any';
	});
	const { amount } = asObject(response);
	return typeof amount === 'number' && showsCard(amount, mask)
		? { ...masked, amount: null }
		: masked;
}

/** Whether an amount has the digits of the row's card, of which a number leaves out zeros at the end. */
function showsCard(amount: number, mask: CardMask): boolean {
	const text = amount.toFixed(2);
	return mask.text(text, 'none') !== text;
}
