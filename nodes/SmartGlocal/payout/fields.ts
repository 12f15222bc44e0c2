/** How a field is checked and converted to the form the API expects (see checks.ts). */
export type CheckName =
	| 'abaRoutingNumber'
	| 'accountNumber'
	| 'accountType'
	| 'bic'
	| 'bsb'
	| 'canadianRoutingNumber'
	| 'cardNumber'
	| 'country'
	| 'cpf'
	| 'currency'
	| 'iban'
	| 'name'
	| 'sortCode'
	| 'text';

/** One field of a payout. */
export interface PayoutField {
	/** What the form calls it. */
	readonly label: string;
	/** Its place in the request body, with the names of API v1. */
	readonly path: string;
	readonly check: CheckName;
	/** In characters, where the API reference has a limit for every corridor. */
	readonly maxLength?: number;
}

const ACCOUNT = 'payment_method.bank_account.global';
const RECIPIENT = 'participant_details.recipient';
const SENDER = 'participant_details.sender';

/**
 * Every field of a payout, by the name of its column in a spreadsheet. The form, the request body and
 * the documentation are made from this table. Paths and lengths come from the objects and corridor
 * pages of the API reference.
 */
export const PAYOUT_FIELDS = {
	iban: { label: 'IBAN', path: `${ACCOUNT}.iban`, check: 'iban' },
	swift_bic_code: { label: 'SWIFT/BIC Code', path: `${ACCOUNT}.swift_bic_code`, check: 'bic' },
	bank_account_number: {
		label: 'Bank Account Number',
		path: `${ACCOUNT}.bank_account_number`,
		check: 'accountNumber',
	},
	account_number: {
		label: 'Account Number',
		path: `${ACCOUNT}.account_number`,
		check: 'accountNumber',
	},
	account_type: { label: 'Account Type', path: `${ACCOUNT}.account_type`, check: 'accountType' },
	routing_code: { label: 'Routing Code', path: `${ACCOUNT}.routing_code`, check: 'accountNumber' },
	branch_number: {
		label: 'Branch Number',
		path: `${ACCOUNT}.branch_number`,
		check: 'accountNumber',
	},
	bsb_number: { label: 'BSB Number', path: `${ACCOUNT}.bsb_number`, check: 'bsb' },
	sort_code: { label: 'Sort Code', path: `${ACCOUNT}.sort_code`, check: 'sortCode' },
	card_number: {
		label: 'Card Number',
		path: 'payment_method.card.bank_card.number',
		check: 'cardNumber',
	},
	card_number_hash: {
		label: 'Card Number Hash',
		path: 'payment_method.card.encrypted_card.number_hash',
		check: 'text',
	},
	description: { label: 'Purpose of Remittance', path: `${ACCOUNT}.description`, check: 'text' },

	recipient_first_name: {
		label: 'Recipient First Name',
		path: `${RECIPIENT}.first_name`,
		check: 'name',
	},
	recipient_last_name: {
		label: 'Recipient Last Name',
		path: `${RECIPIENT}.last_name`,
		check: 'name',
	},
	recipient_full_name: {
		label: 'Recipient Full Name',
		path: `${RECIPIENT}.full_name`,
		check: 'name',
	},
	recipient_bank_name: {
		label: 'Recipient Bank Name',
		path: `${RECIPIENT}.bank_name`,
		check: 'text',
	},
	recipient_country_iso3: {
		label: 'Recipient Country',
		path: `${RECIPIENT}.country_iso3`,
		check: 'country',
	},
	recipient_currency: {
		label: 'Recipient Currency',
		path: `${RECIPIENT}.currency`,
		check: 'currency',
	},
	recipient_swift_bic_code: {
		label: 'Recipient SWIFT/BIC Code',
		path: `${RECIPIENT}.swift_bic_code`,
		check: 'bic',
	},
	recipient_address_line: {
		label: 'Recipient Address Line',
		path: `${RECIPIENT}.address_line`,
		check: 'text',
	},
	recipient_city: { label: 'Recipient City', path: `${RECIPIENT}.city`, check: 'text' },
	recipient_postal_code: {
		label: 'Recipient Postal Code',
		path: `${RECIPIENT}.postal_code`,
		check: 'text',
	},
	recipient_state: { label: 'Recipient State', path: `${RECIPIENT}.state`, check: 'text' },
	recipient_email: { label: 'Recipient Email', path: `${RECIPIENT}.email`, check: 'text' },
	recipient_msisdn: {
		label: 'Recipient Mobile Number',
		path: `${RECIPIENT}.msisdn`,
		check: 'accountNumber',
	},
	recipient_id_number: {
		label: 'Recipient ID Number',
		path: `${RECIPIENT}.identity_document.id_number`,
		check: 'accountNumber',
	},

	sender_company_name: {
		label: 'Sender Company Name',
		path: `${SENDER}.company_name`,
		check: 'name',
		maxLength: 100,
	},
	sender_registration_number: {
		label: 'Sender Registration Number',
		path: `${SENDER}.registration_number`,
		check: 'accountNumber',
	},
	sender_country_iso3: {
		label: 'Sender Country',
		path: `${SENDER}.country_iso3`,
		check: 'country',
	},
	sender_code: { label: 'Sender Code', path: `${SENDER}.code`, check: 'accountNumber' },
	sender_address_line: {
		label: 'Sender Address Line',
		path: `${SENDER}.address_line`,
		check: 'text',
	},
	sender_city: { label: 'Sender City', path: `${SENDER}.city`, check: 'text' },
	sender_postal_code: {
		label: 'Sender Postal Code',
		path: `${SENDER}.postal_code`,
		check: 'text',
	},
	sender_state: { label: 'Sender State', path: `${SENDER}.state`, check: 'text' },
} as const satisfies Readonly<Record<string, PayoutField>>;

/** The name of a field's column, as in `recipient_first_name`. */
export type FieldId = keyof typeof PAYOUT_FIELDS;

export const FIELD_IDS = Object.keys(PAYOUT_FIELDS) as FieldId[];

/** The fields of the payer, which are usually the same for every row. */
export const SENDER_FIELD_IDS = FIELD_IDS.filter((id) => id.startsWith('sender_'));

/** The fields of the account and the recipient, which differ from row to row. */
export const ROW_FIELD_IDS = FIELD_IDS.filter((id) => !id.startsWith('sender_'));
