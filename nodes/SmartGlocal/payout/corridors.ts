import type { CheckName, FieldId } from './fields';

/** What Smart Glocal needs for payouts to one country in one currency. */
export interface Corridor {
	/** What the form calls it. */
	readonly name: string;
	/** The ISO 3166-1 alpha-3 and ISO 4217 codes that the corridor itself fills in. */
	readonly country: string;
	readonly currency: string;
	readonly required: readonly FieldId[];
	/** Combinations of account fields, of which exactly one must be complete. */
	readonly alternatives?: readonly (readonly FieldId[])[];
	readonly optional?: readonly FieldId[];
	/** Values that the corridor fixes, filled in for the user. */
	readonly fixed?: Readonly<Partial<Record<FieldId, string>>>;
	/** Allowed values of a field. */
	readonly choices?: Readonly<Partial<Record<FieldId, readonly string[]>>>;
	/** Checks that are this corridor's own. */
	readonly checks?: Readonly<Partial<Record<FieldId, CheckName>>>;
	/** Longest texts in characters, where the corridor's page gives them. */
	readonly maxLength?: Readonly<Partial<Record<FieldId, number>>>;
	/** Fields needed only when the sender sits in a country. */
	readonly requiredForSender?: { readonly country: string; readonly fields: readonly FieldId[] };
	/** False where the page of the API reference was cut, so that more fields may be asked for. */
	readonly complete: boolean;
	/** Page of the API reference. */
	readonly source: string;
}

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

/** A new country is a new row here. Keys are what the column `destination` holds. */
export const CORRIDORS = {
	'BEL-EUR': {
		name: 'Belgium (EUR)',
		country: 'BEL',
		currency: 'EUR',
		required: [...COMMON_BANK_ACCOUNT_FIELDS, 'iban'],
		complete: false,
		source: '/docs/reference/methods/session-init-payout (request example)',
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
		requiredForSender: { country: 'CAN', fields: ['sender_postal_code', 'sender_state'] },
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
} as const satisfies Readonly<Record<string, Corridor>>;

/** A corridor's value in the form and in the column `destination`, as in `GBR-GBP`. */
export type CorridorId = keyof typeof CORRIDORS;

export const CORRIDOR_IDS = Object.keys(CORRIDORS) as CorridorId[];

/** Any bank account in any country: only what every corridor needs is required. */
export const OTHER_DESTINATION = 'OTHER';

/** Each row says for itself where it goes. */
export const ROW_DESTINATION = 'ROW';

/**
 * Finds the corridor that a text names.
 *
 * @param destination a corridor's id in any case, as in `GBR-GBP`
 * @returns the corridor, or undefined when there is none of that name
 */
export function findCorridor(destination: string): Corridor | undefined {
	const id = destination.toUpperCase();
	return Object.hasOwn(CORRIDORS, id) ? CORRIDORS[id as CorridorId] : undefined;
}
