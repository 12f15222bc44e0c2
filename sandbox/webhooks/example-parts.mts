import { type Version, versionNames } from '../versions.mts';

const moment = '2024-05-27T02:03:00.000000Z';

/** Why the payouts and payments of the examples fail. */
export const failure = {
	code: 'account_not_found',
	description: 'The account was not found.',
};

/** What is usual about an incoming payment; v1 and v2 both say `payment_details`. */
export const incomingCard = {
	customer: { reference: 'user123', contacts: [{ email: 'user@example.com' }] },
	payment_details: { type: 'card', card: { last4: '4242', brand: 'visa', bin: '444600' } },
	amount_details: { amount: 10_000, currency: 'usd' },
	transaction_info: { rrn: '425307614918', auth_code: '057441' },
};

/** What differs in a payout to a card. `destination` gets the version's own name. */
export const payoutCard = {
	customer: { reference: 'user123', contacts: [{ email: 'user@example.com' }] },
	destination: { type: 'card', card: { last4: '4242', brand: 'visa', bin: '444600' } },
	amount_details: { amount: 10_000, currency: 'usd' },
	transaction_info: { rrn: '425307614918', auth_code: '057441' },
};

/**
 * Writes what is usual about a payout to a bank account.
 *
 * @param version whose names are used
 * @returns the part of a payout; 1000 minor units
 */
export function payoutAccount(version: Version): Record<string, unknown> {
	return {
		[versionNames[version].destination]: {
			type: 'bank_account',
			bank_account: {
				system_type: 'global',
				global: { iban: 'BE68539007547034', description: 'purpose of remittance' },
			},
		},
		amount_details: { amount: 1000, currency: 'usd' },
		participant_details: {
			recipient: { first_name: 'John', last_name: 'Johnson', country_iso3: 'BEL' },
			sender: { company_name: 'Company name', country_iso3: 'USA' },
		},
	};
}

/**
 * Writes a refund, as the reference shows it in payouts and payments.
 *
 * @param id its id
 * @param amount in minor units
 * @returns the refund
 */
export function returned(id: string, amount: number) {
	return {
		id,
		status: 'accepted',
		created_at: moment,
		finished_at: moment,
		amount_details: { amount, currency: 'usd' },
	};
}
