/** The request body of a payout to a bank card, in the names of v1. */
export function cardPayout(number: string): Record<string, unknown> {
	return {
		payment_method: { type: 'card', card: { type: 'bank_card', bank_card: { number } } },
		amount_details: { amount: 3290, currency: 'eur' },
		participant_details: { recipient: { full_name: 'John Johnson' }, sender: {} },
		metadata: { reference: 'CARD-1' },
	};
}
