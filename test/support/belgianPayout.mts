/** What a test may change in the example. */
export interface BelgianPayoutOptions {
	/** The metadata of the payout. */
	reference?: unknown;
	/** In minor units. */
	amount?: unknown;
	currency?: string;
	version?: 'v1' | 'v2';
}

/** The request body of the reference's example: a payout to a bank account in Belgium. */
export function belgianPayout(options: BelgianPayoutOptions = {}): Record<string, unknown> {
	const { reference = 'INV-1', amount = 1000, currency = 'usd', version = 'v1' } = options;
	return {
		[version === 'v1' ? 'payment_method' : 'payout_details']: {
			type: 'bank_account',
			bank_account: {
				system_type: 'global',
				global: { iban: 'BE68539007547034', description: 'purpose of remittance' },
			},
		},
		amount_details: { amount, currency },
		participant_details: {
			recipient: {
				bank_name: 'All Banks Belgium / EUR / Payment System: SEPA',
				currency: 'eur',
				country_iso3: 'BEL',
				first_name: 'John',
				last_name: 'Johnson',
			},
			sender: {
				company_name: 'Company name',
				registration_number: '1234567890',
				country_iso3: 'USA',
				code: '1234567890',
			},
		},
		metadata: reference,
	};
}
