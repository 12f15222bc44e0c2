import { toUpperAscii } from './text';
import type { Corridor } from './corridor';
import type { FieldId } from './fields';

/** Needed on every page about payouts to bank accounts (/docs/payouts, corridor pages). */
export const COMMON_BANK_ACCOUNT_FIELDS = [
	'description',
	'recipient_first_name',
	'recipient_last_name',
	'recipient_bank_name',
	'sender_company_name',
	'sender_registration_number',
	'sender_country_iso3',
	'sender_code',
] as const satisfies readonly FieldId[];

/** A card is named by its number, or by the hash that the tokenization widget makes of it. */
export const CARD_ALTERNATIVES = [
	['card_number'],
	['card_number_hash'],
] as const satisfies readonly (readonly FieldId[])[];

/** A new country is a new row here. Keys are what the column `destination` holds. */
export const CORRIDORS = {
	'AUS-AUD': {
		name: 'Australia (AUD)',
		country: 'AUS',
		currency: 'AUD',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'bank_account_number',
			'bsb_number',
			'recipient_address_line',
			'recipient_city',
			'recipient_postal_code',
			'recipient_state',
			'sender_address_line',
		],
		maxLength: {
			recipient_first_name: 64,
			recipient_last_name: 80,
			recipient_address_line: 256,
			recipient_city: 64,
			recipient_postal_code: 64,
			recipient_state: 64,
			sender_address_line: 256,
		},
		complete: false,
		source: '/docs/payouts/payout-australia',
	},
	'BEL-EUR': {
		name: 'Belgium (EUR)',
		country: 'BEL',
		currency: 'EUR',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'iban'],
		complete: false,
		source: '/docs/reference/methods/session-init-payout (request example)',
	},
	'BRA-BRL': {
		name: 'Brazil (BRL)',
		country: 'BRA',
		currency: 'BRL',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'bank_account_number',
			'branch_number',
			'account_type',
			'recipient_id_number',
		],
		choices: { account_type: ['CHECKING', 'SAVINGS', 'DEPOSIT', 'OTHERS'] },
		checks: { recipient_id_number: 'cpf' },
		complete: true,
		source: '/docs/payouts/payout-brazil',
	},
	'CAN-CAD': {
		name: 'Canada (CAD)',
		country: 'CAN',
		currency: 'CAD',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'routing_code', 'account_number'],
		checks: { routing_code: 'canadianRoutingNumber' },
		complete: true,
		source: '/docs/payouts/payout-canada',
	},
	'CHN-CNY': {
		name: 'China, card (CNY)',
		country: 'CHN',
		currency: 'CNY',
		method: 'card',
		required: [
			'recipient_full_name',
			'recipient_bank_name',
			'recipient_city',
			'recipient_postal_code',
			'recipient_state',
			'recipient_email',
			'recipient_msisdn',
		],
		requiredWhen: [
			{
				amountCurrency: 'USD',
				fields: [
					'recipient_first_name',
					'recipient_last_name',
					'recipient_address_line',
					'recipient_swift_bic_code',
				],
			},
		],
		alternatives: CARD_ALTERNATIVES,
		maxLength: { recipient_address_line: 256 },
		complete: false,
		source: '/docs/payouts/payout-china',
	},
	'CZE-CZK': {
		name: 'Czechia (CZK)',
		country: 'CZE',
		currency: 'CZK',
		required: [...COMMON_BANK_ACCOUNT_FIELDS],
		alternatives: [['iban'], ['iban', 'swift_bic_code'], ['bank_account_number', 'branch_number']],
		complete: true,
		source: '/docs/payouts/payout-czechia',
	},
	'GBR-GBP': {
		name: 'United Kingdom (GBP)',
		country: 'GBR',
		currency: 'GBP',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'recipient_address_line',
			'recipient_city',
			'recipient_postal_code',
		],
		alternatives: [
			['sort_code', 'account_number'],
			['iban', 'swift_bic_code'],
		],
		optional: ['recipient_state'],
		fixed: { account_type: 'CHECKING' },
		complete: false,
		source: '/docs/payouts/payout-united-kingdom',
	},
	'HKG-HKD': {
		name: 'Hong Kong (HKD)',
		country: 'HKG',
		currency: 'HKD',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number', 'recipient_address_line'],
		optional: ['recipient_msisdn', 'recipient_email'],
		complete: true,
		source: '/docs/payouts/payout-hong-kong',
	},
	'HUN-EUR': {
		name: 'Hungary (EUR)',
		country: 'HUN',
		currency: 'EUR',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'iban',
			'recipient_address_line',
			'recipient_city',
			'sender_address_line',
			'sender_city',
		],
		complete: true,
		source: '/docs/payouts/payout-hungary',
	},
	'IDN-IDR': {
		name: 'Indonesia (IDR)',
		country: 'IDN',
		currency: 'IDR',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number', 'sender_address_line'],
		maxLength: { sender_address_line: 256 },
		complete: true,
		source: '/docs/payouts/payout-indonesia',
	},
	'ISR-ILS': {
		name: 'Israel (ILS)',
		country: 'ISR',
		currency: 'ILS',
		required: [...COMMON_BANK_ACCOUNT_FIELDS],
		alternatives: [['iban'], ['bank_account_number', 'branch_number']],
		complete: true,
		source: '/docs/payouts/payout-israel',
	},
	'KEN-KES': {
		name: 'Kenya (KES)',
		country: 'KEN',
		currency: 'KES',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number'],
		complete: true,
		source: '/docs/payouts/payout-kenya',
	},
	'KOR-KRW': {
		name: 'South Korea (KRW)',
		country: 'KOR',
		currency: 'KRW',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number'],
		complete: true,
		source: '/docs/payouts/payout-korea',
	},
	'PHL-PHP': {
		name: 'Philippines (PHP)',
		country: 'PHL',
		currency: 'PHP',
		required: [
			'description',
			'recipient_first_name',
			'recipient_last_name',
			'recipient_bank_name',
			'bank_account_number',
			'sender_code',
		],
		complete: true,
		source: '/docs/payouts/payout-philippines',
	},
	'RUS-RUB': {
		name: 'Russia, card (RUB)',
		country: 'RUS',
		currency: 'RUB',
		method: 'card',
		required: ['recipient_full_name'],
		alternatives: CARD_ALTERNATIVES,
		amountCurrency: 'RUB',
		omitsCountry: true,
		complete: true,
		source: '/docs/payouts/bank-card-russia',
	},
	'THA-THB': {
		name: 'Thailand (THB)',
		country: 'THA',
		currency: 'THB',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number', 'sender_address_line'],
		maxLength: { sender_address_line: 256 },
		complete: true,
		source: '/docs/payouts/payout-thailand',
	},
	'TUR-TRY': {
		name: 'Turkey (TRY)',
		country: 'TUR',
		currency: 'TRY',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'iban'],
		complete: true,
		source: '/docs/payouts/payout-turkey',
	},
	'USA-USD': {
		name: 'United States (USD)',
		country: 'USA',
		currency: 'USD',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'bank_account_number',
			'account_type',
			'routing_code',
			'recipient_address_line',
			'recipient_city',
			'recipient_postal_code',
			'recipient_state',
			'sender_address_line',
			'sender_city',
		],
		requiredWhen: [{ senderCountry: 'CAN', fields: ['sender_postal_code', 'sender_state'] }],
		choices: { account_type: ['CHECKING', 'SAVINGS'] },
		checks: { routing_code: 'abaRoutingNumber' },
		maxLength: {
			recipient_address_line: 256,
			sender_address_line: 256,
			sender_registration_number: 64,
		},
		complete: true,
		source: '/docs/payouts/payout-USA',
	},
	'VNM-VND': {
		name: 'Vietnam (VND)',
		country: 'VNM',
		currency: 'VND',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number'],
		complete: true,
		source: '/docs/payouts/payout-vietnam',
	},
} as const satisfies Readonly<Record<string, Corridor>>;

/** A corridor's value in the form and in the column `destination`, as in `GBR-GBP`. */
export type CorridorId = keyof typeof CORRIDORS;

export const CORRIDOR_IDS = Object.keys(CORRIDORS) as CorridorId[];

/** Any bank account in any country: only what every corridor needs is required. */
export const OTHER_DESTINATION = 'OTHER';

/** Any card, wherever it was issued. */
export const CARD_DESTINATION = 'CARD';

/** Each row says for itself where it goes. */
export const ROW_DESTINATION = 'ROW';

/**
 * Finds the corridor that a text names.
 *
 * @param destination a corridor's id in any case, as in `GBR-GBP`
 * @returns the corridor, or undefined when there is none of that name
 */
export function findCorridor(destination: string): Corridor | undefined {
	const id = toUpperAscii(destination);
	return Object.hasOwn(CORRIDORS, id) ? CORRIDORS[id as CorridorId] : undefined;
}
