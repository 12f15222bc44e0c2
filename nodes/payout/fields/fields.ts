import type { CheckName } from './checkField';

export interface PayoutField {
	readonly label: string;
	/** Its place in the request body, with the names of API v1. */
	readonly path: string;
	readonly check: CheckName;
	/** In characters, where the API reference has a limit for every corridor. */
	readonly maxLength?: number | undefined;
}

/** Makes the fields of one part of the request body, from their names in it and their labels. */
const fieldsOf =
	(part: string, whose = '') =>
	(name: string, label: string, check: CheckName = 'text', maxLength?: number): PayoutField => {
		return { label: whose + label, path: `${part}.${name}`, check, maxLength };
	};

const account = fieldsOf('payment_method.bank_account.global');
const card = fieldsOf('payment_method.card');
const recipient = fieldsOf('participant_details.recipient', 'Recipient ');
const sender = fieldsOf('participant_details.sender', 'Sender ');

/** Every field of a payout, by the name of its column (objects and corridor pages of the API reference). */
export const PAYOUT_FIELDS = {
	iban: account('iban', 'IBAN', 'iban'),
	swift_bic_code: account('swift_bic_code', 'SWIFT/BIC Code', 'bic'),
	bank_account_number: account('bank_account_number', 'Bank Account Number', 'accountNumber'),
	account_number: account('account_number', 'Account Number', 'accountNumber'),
	account_type: account('account_type', 'Account Type', 'accountType'),
	routing_code: account('routing_code', 'Routing Code', 'bankCode'),
	branch_number: account('branch_number', 'Branch Number', 'bankCode'),
	bsb_number: account('bsb_number', 'BSB Number', 'bsb'),
	sort_code: account('sort_code', 'Sort Code', 'sortCode'),
	card_number: card('bank_card.number', 'Card Number', 'cardNumber'),
	card_number_hash: card('encrypted_card.number_hash', 'Card Number Hash'),
	description: account('description', 'Purpose of Remittance'),

	recipient_first_name: recipient('first_name', 'First Name', 'name'),
	recipient_last_name: recipient('last_name', 'Last Name', 'name'),
	recipient_full_name: recipient('full_name', 'Full Name', 'name'),
	recipient_bank_name: recipient('bank_name', 'Bank Name'),
	recipient_country_iso3: recipient('country_iso3', 'Country', 'country'),
	recipient_currency: recipient('currency', 'Currency', 'currency'),
	recipient_swift_bic_code: recipient('swift_bic_code', 'SWIFT/BIC Code', 'bic'),
	recipient_address_line: recipient('address_line', 'Address Line'),
	recipient_city: recipient('city', 'City'),
	recipient_postal_code: recipient('postal_code', 'Postal Code', 'identifier'),
	recipient_state: recipient('state', 'State'),
	recipient_email: recipient('email', 'Email'),
	recipient_msisdn: recipient('msisdn', 'Mobile Number', 'identifier'),
	recipient_id_number: recipient('identity_document.id_number', 'ID Number', 'identifier'),

	sender_company_name: sender('company_name', 'Company Name', 'name', 100),
	sender_registration_number: sender('registration_number', 'Registration Number', 'identifier'),
	sender_country_iso3: sender('country_iso3', 'Country', 'country'),
	sender_code: sender('code', 'Code', 'identifier'),
	sender_address_line: sender('address_line', 'Address Line'),
	sender_city: sender('city', 'City'),
	sender_postal_code: sender('postal_code', 'Postal Code', 'identifier'),
	sender_state: sender('state', 'State'),
};

export type FieldId = keyof typeof PAYOUT_FIELDS;
export const FIELD_IDS = Object.keys(PAYOUT_FIELDS) as FieldId[];
/** Whether a field says which account is paid, or what for. */
export function isOfAccount(id: FieldId): boolean {
	return PAYOUT_FIELDS[id].path.startsWith('payment_method.');
}

/** Usually the same for every row. */
export const SENDER_FIELD_IDS = FIELD_IDS.filter((id) => id.startsWith('sender_'));
export const ROW_FIELD_IDS = FIELD_IDS.filter((id) => !id.startsWith('sender_'));

const SENDER_TEXTS: Readonly<Partial<Record<FieldId, object>>> = {
	sender_company_name: { placeholder: 'e.g. Example Trading Ltd' },
	sender_registration_number: {
		placeholder: 'e.g. 09876543',
		description:
			'The number under which the company is registered, such as its number in the commercial register. Format a column that holds it as text.',
	},
	sender_country_iso3: {
		placeholder: 'e.g. USA',
		description: 'Country code of three letters (ISO 3166-1 alpha-3)',
	},
	sender_code: {
		hint: 'Smart Glocal’s examples repeat the registration number here: ask your account manager',
		description:
			'Smart Glocal asks for the company’s registration number twice: here and under "Registration Number". Its documentation describes both alike, and its examples repeat the same value. Ask your account manager whether yours differ.',
	},
};

/** The fields of the company that pays, in the forms of the node and of the credential. */
export const SENDER_FORM = SENDER_FIELD_IDS.map((id) => ({
	displayName: PAYOUT_FIELDS[id].label.replace('Sender ', ''),
	name: id.replace('sender_', ''),
	type: 'string' as const,
	default: '',
	...SENDER_TEXTS[id],
}));
