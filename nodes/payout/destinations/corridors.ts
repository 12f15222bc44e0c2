import type { FieldRules } from '../fields/checkField';
import type { FieldId } from '../fields/fields';
import type { AccountRules } from './accounts';

/** What Smart Glocal requires for payouts to one country in one currency. */
export interface Corridor extends FieldRules, AccountRules {
	readonly name: string;
	/** Paid to a card instead of a bank account. */
	readonly method?: 'card';
	readonly required: readonly FieldId[];
	/** Needed only when every condition is met. */
	readonly requiredWhen?: ReadonlyArray<{
		readonly senderCountry?: string;
		readonly amountCurrency?: string;
		readonly fields: readonly FieldId[];
	}>;
	readonly optional?: readonly FieldId[];
	/** Values that are always the same, filled in for the user. */
	readonly fixed?: Readonly<Partial<Record<FieldId, string>>>;
	/** The only currency in which the amount may be given. */
	readonly amountCurrency?: string;
	/** The page has no fields for the recipient's country and currency, so they are not sent. */
	readonly omitsCountry?: true;
	/** The page of the API reference is cut off, so Smart Glocal may ask for more fields. */
	readonly incomplete?: true;
	/** Page of the API reference. */
	readonly source: string;
}

/** Needed on every page about payouts to bank accounts. */
const PURPOSE_AND_RECIPIENT = [
	'description',
	'recipient_first_name',
	'recipient_last_name',
	'recipient_bank_name',
] as const;

/** Needed on almost every page about payouts to bank accounts (/docs/payouts, corridor pages). */
export const COMMON_BANK_ACCOUNT_FIELDS = [
	...PURPOSE_AND_RECIPIENT,
	'sender_company_name',
	'sender_registration_number',
	'sender_country_iso3',
	'sender_code',
] as const;

const RECIPIENT_ADDRESS = ['recipient_address_line', 'recipient_city'] as const;

const SENDER_ADDRESS = ['sender_address_line', 'sender_city'] as const;

/** A card is paid by its number, or by the hash that the tokenization widget makes of it. */
export const CARD_ALTERNATIVES = [['card_number'], ['card_number_hash']] as const;

/** In characters, on the pages that limit address lines. */
const MAX_ADDRESS_LINES = { recipient_address_line: 256, sender_address_line: 256 } as const;

/** Add a row to add a country. Its key, as in `GBR-GBP`, is what users write into `destination`. */
export const CORRIDORS = {
	'AUS-AUD': {
		name: 'Australia (AUD)',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'bank_account_number',
			'bsb_number',
			...RECIPIENT_ADDRESS,
			'recipient_postal_code',
			'recipient_state',
			'sender_address_line',
		],
		maxLength: {
			...MAX_ADDRESS_LINES,
			recipient_first_name: 64,
			recipient_last_name: 80,
			recipient_city: 64,
			recipient_postal_code: 64,
			recipient_state: 64,
		},
		incomplete: true,
		source: '/docs/payouts/payout-australia',
	},
	'BEL-EUR': {
		name: 'Belgium (EUR)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'iban'],
		incomplete: true,
		source: '/docs/reference/methods/session-init-payout (request example)',
	},
	'BRA-BRL': {
		name: 'Brazil (BRL)',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'bank_account_number',
			'branch_number',
			'account_type',
			'recipient_id_number',
		],
		choices: { account_type: ['CHECKING', 'SAVINGS', 'DEPOSIT', 'OTHERS'] },
		checks: { recipient_id_number: 'cpf' },
		source: '/docs/payouts/payout-brazil',
	},
	'CAN-CAD': {
		name: 'Canada (CAD)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'routing_code', 'account_number'],
		checks: { routing_code: 'canadianRoutingNumber' },
		source: '/docs/payouts/payout-canada',
	},
	'CHN-CNY': {
		name: 'China, card (CNY)',
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
		incomplete: true,
		source: '/docs/payouts/payout-china',
	},
	'CZE-CZK': {
		name: 'Czechia (CZK)',
		required: COMMON_BANK_ACCOUNT_FIELDS,
		alternatives: [['iban'], ['iban', 'swift_bic_code'], ['bank_account_number', 'branch_number']],
		source: '/docs/payouts/payout-czechia',
	},
	'GBR-GBP': {
		name: 'United Kingdom (GBP)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, ...RECIPIENT_ADDRESS, 'recipient_postal_code'],
		alternatives: [
			['sort_code', 'account_number'],
			['iban', 'swift_bic_code'],
		],
		optional: ['recipient_state'],
		fixed: { account_type: 'CHECKING' },
		incomplete: true,
		source: '/docs/payouts/payout-united-kingdom',
	},
	'HKG-HKD': {
		name: 'Hong Kong (HKD)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number', 'recipient_address_line'],
		optional: ['recipient_msisdn', 'recipient_email'],
		source: '/docs/payouts/payout-hong-kong',
	},
	'HUN-EUR': {
		name: 'Hungary (EUR)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'iban', ...RECIPIENT_ADDRESS, ...SENDER_ADDRESS],
		source: '/docs/payouts/payout-hungary',
	},
	'IDN-IDR': {
		name: 'Indonesia (IDR)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number', 'sender_address_line'],
		maxLength: { sender_address_line: 256 },
		source: '/docs/payouts/payout-indonesia',
	},
	'ISR-ILS': {
		name: 'Israel (ILS)',
		required: COMMON_BANK_ACCOUNT_FIELDS,
		alternatives: [['iban'], ['bank_account_number', 'branch_number']],
		source: '/docs/payouts/payout-israel',
	},
	'KEN-KES': {
		name: 'Kenya (KES)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number'],
		source: '/docs/payouts/payout-kenya',
	},
	'KOR-KRW': {
		name: 'South Korea (KRW)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number'],
		source: '/docs/payouts/payout-korea',
	},
	'PHL-PHP': {
		name: 'Philippines (PHP)',
		required: [...PURPOSE_AND_RECIPIENT, 'bank_account_number', 'sender_code'],
		source: '/docs/payouts/payout-philippines',
	},
	'RUS-RUB': {
		name: 'Russia, card (RUB)',
		method: 'card',
		required: ['recipient_full_name'],
		alternatives: CARD_ALTERNATIVES,
		amountCurrency: 'RUB',
		omitsCountry: true,
		source: '/docs/payouts/bank-card-russia',
	},
	'THA-THB': {
		name: 'Thailand (THB)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number', 'sender_address_line'],
		maxLength: { sender_address_line: 256 },
		source: '/docs/payouts/payout-thailand',
	},
	'TUR-TRY': {
		name: 'Turkey (TRY)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'iban'],
		source: '/docs/payouts/payout-turkey',
	},
	'USA-USD': {
		name: 'United States (USD)',
		required: [
			...COMMON_BANK_ACCOUNT_FIELDS,
			'bank_account_number',
			'account_type',
			'routing_code',
			...RECIPIENT_ADDRESS,
			'recipient_postal_code',
			'recipient_state',
			...SENDER_ADDRESS,
		],
		requiredWhen: [{ senderCountry: 'CAN', fields: ['sender_postal_code', 'sender_state'] }],
		choices: { account_type: ['CHECKING', 'SAVINGS'] },
		checks: { routing_code: 'abaRoutingNumber' },
		maxLength: { ...MAX_ADDRESS_LINES, sender_registration_number: 64 },
		source: '/docs/payouts/payout-USA',
	},
	'VNM-VND': {
		name: 'Vietnam (VND)',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'bank_account_number'],
		source: '/docs/payouts/payout-vietnam',
	},
} as const satisfies Readonly<Record<string, Corridor>>;

/** A corridor's value in the form and in the column `destination`, as in `GBR-GBP`. */
export type CorridorId = keyof typeof CORRIDORS;

export const CORRIDOR_IDS = Object.keys(CORRIDORS) as CorridorId[];
