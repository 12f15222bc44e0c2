type SampleRow = Readonly<Record<string, string>>;

const COMMON_VALUES: SampleRow = {
	amount: '125.50',
	currency: 'USD',
	description: 'Invoice payment',
	recipient_first_name: 'Alex',
	recipient_last_name: 'Sample',
	recipient_full_name: 'Alex Sample',
	recipient_bank_name: 'Sample Bank',
	recipient_address_line: '1 Sample Street',
	recipient_city: 'Sampleton',
	recipient_postal_code: '12345',
	recipient_state: 'Sample State',
	recipient_email: 'alex@example.com',
	recipient_msisdn: '+85255500100',
	sender_company_name: 'Example Trading Ltd',
	sender_registration_number: '1234567890',
	sender_country_iso3: 'USA',
	sender_code: '1234567890',
	sender_address_line: '2 Example Avenue',
	sender_city: 'Exampleville',
};

/** The account that each corridor page asks for, by ISO 3166-1 alpha-3 country of the recipient. */
const ACCOUNTS: Readonly<Record<string, SampleRow>> = {
	AUS: { bank_account_number: '012345678', bsb_number: '06-2-000' },
	BEL: { iban: 'BE68539007547034' },
	BRA: {
		bank_account_number: '0001234567',
		branch_number: '0001',
		account_type: 'CHECKING',
		recipient_id_number: '12345678909',
	},
	CAN: { routing_code: '000412345', account_number: '0123456' },
	CHN: { card_number: '4242424242424242', recipient_swift_bic_code: 'BKCHCNBJ' },
	CZE: { iban: 'CZ6508000000192000145399' },
	GBR: { sort_code: '12-34-56', account_number: '01234567' },
	HKG: { bank_account_number: '012345678901' },
	HUN: { iban: 'HU42117730161111101800000000' },
	IDN: { bank_account_number: '0123456789' },
	ISR: { iban: 'IL620108000000099999999' },
	KEN: { bank_account_number: '0123456789' },
	KOR: { bank_account_number: '01234567890' },
	PHL: { bank_account_number: '012345678901' },
	RUS: { card_number_hash: 'c2FtcGxlLWNhcmQtaGFzaA', currency: 'RUB' },
	THA: { bank_account_number: '0123456789' },
	TUR: { iban: 'TR330006100519786457841326' },
	USA: { bank_account_number: '000123456789', account_type: 'SAVINGS', routing_code: '021000021' },
	VNM: { bank_account_number: '0123456789' },
};

/**
 * Makes a row of fictitious but well-formed values for a payout to a country.
 *
 * @param country ISO 3166-1 alpha-3
 * @param columns the header line of the sheet; columns without a sample are left out
 */
export function sampleRow(country: string, columns: readonly string[]): Record<string, string> {
	const values = { ...COMMON_VALUES, ...ACCOUNTS[country] };
	return Object.fromEntries(
		columns.filter((column) => column in values).map((column) => [column, values[column] ?? '']),
	);
}
