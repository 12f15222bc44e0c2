import { VERSION_NAMES } from '../versions.mts';
import type { Version } from '../versions.mts';

const TEXT = { type: 'string', minLength: 1 } as const;
const COMPANY_NAME = { ...TEXT, maxLength: 100, pattern: '\\D' } as const;

/** The objects in requests (/docs/reference/objects and the corridor pages). */
export const REQUEST_SCHEMAS = {
	AmountDetails: {
		description: 'An amount in minor units: 100 USD is 10000.',
		type: 'object',
		required: ['amount', 'currency'],
		properties: {
			amount: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
			currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
		},
	},
	GlobalAccount: {
		description: 'A bank account. The country decides which fields are required.',
		type: 'object',
		properties: {
			description: TEXT,
			iban: { type: 'string', pattern: '^\\S+$' },
			swift_bic_code: TEXT,
			bank_account_number: TEXT,
			account_number: TEXT,
			account_type: TEXT,
			routing_code: TEXT,
			branch_number: TEXT,
			bsb_number: TEXT,
			sort_code: TEXT,
		},
	},
	BankAccount: {
		type: 'object',
		required: ['system_type', 'global'],
		properties: {
			system_type: { const: 'global' },
			global: { $ref: '#/components/schemas/GlobalAccount' },
		},
	},
	BankCard: {
		type: 'object',
		required: ['number'],
		properties: { number: { type: 'string', pattern: '^[0-9]{12,19}$' } },
	},
	EncryptedCard: {
		type: 'object',
		required: ['number_hash'],
		properties: { number_hash: TEXT },
	},
	Card: {
		type: 'object',
		required: ['type'],
		properties: {
			type: { enum: ['bank_card', 'encrypted_card'] },
			bank_card: { $ref: '#/components/schemas/BankCard' },
			encrypted_card: { $ref: '#/components/schemas/EncryptedCard' },
		},
		allOf: [
			{ if: { properties: { type: { const: 'bank_card' } } }, then: { required: ['bank_card'] } },
			{
				if: { properties: { type: { const: 'encrypted_card' } } },
				then: { required: ['encrypted_card'] },
			},
		],
	},
	Destination: {
		description: 'The destination of a payout: `payment_method` in v1, `payout_details` in v2.',
		type: 'object',
		required: ['type'],
		properties: {
			type: { enum: ['bank_account', 'card'] },
			bank_account: { $ref: '#/components/schemas/BankAccount' },
			card: { $ref: '#/components/schemas/Card' },
		},
		allOf: [
			{
				if: { properties: { type: { const: 'bank_account' } } },
				then: { required: ['bank_account'] },
			},
			{ if: { properties: { type: { const: 'card' } } }, then: { required: ['card'] } },
		],
	},
	Participant: {
		description: 'A recipient or a sender.',
		type: 'object',
		properties: {
			first_name: TEXT,
			last_name: TEXT,
			full_name: TEXT,
			company_name: COMPANY_NAME,
			registration_number: { ...TEXT, maxLength: 64 },
			code: TEXT,
			country_iso3: { type: 'string', pattern: '^[A-Z]{3}$' },
			currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
			bank_name: TEXT,
			swift_bic_code: TEXT,
			address_line: { ...TEXT, maxLength: 256 },
			city: TEXT,
			postal_code: TEXT,
			state: TEXT,
			msisdn: TEXT,
			email: TEXT,
			identity_document: { type: 'object', properties: { id_number: TEXT } },
		},
	},
	ParticipantDetails: {
		type: 'object',
		properties: {
			recipient: { $ref: '#/components/schemas/Participant' },
			sender: { $ref: '#/components/schemas/Participant' },
		},
	},
	Customer: {
		type: 'object',
		required: ['reference'],
		properties: {
			reference: TEXT,
			contacts: {
				type: 'array',
				items: { type: 'object', properties: { email: TEXT, phone: TEXT } },
			},
		},
	},
	Metadata: {
		description: 'Any string, integer or JSON object; responses and webhooks repeat it.',
		type: ['string', 'integer', 'object'],
	},
	SessionReference: {
		type: 'object',
		required: ['session_id'],
		properties: { session_id: TEXT },
	},
	WalletBalance: {
		type: 'object',
		required: ['request_datetime'],
		properties: { request_datetime: { type: 'string', format: 'date-time' } },
	},
} as const;

/** The other version's name of the destination is rejected: mixing names can fail. */
function orderProperties(version: Version) {
	const otherName = VERSION_NAMES[version === 'v1' ? 'v2' : 'v1'].destination;
	return {
		[VERSION_NAMES[version].destination]: { $ref: '#/components/schemas/Destination' },
		[otherName]: false,
		amount_details: { $ref: '#/components/schemas/AmountDetails' },
		participant_details: { $ref: '#/components/schemas/ParticipantDetails' },
		customer: { $ref: '#/components/schemas/Customer' },
		metadata: { $ref: '#/components/schemas/Metadata' },
	};
}

/** The schemas of requests whose names depend on the version. */
export function orderSchemas(version: Version) {
	const properties = orderProperties(version);
	return {
		SessionCreate: { type: 'object', properties },
		InitPayout: {
			type: 'object',
			required: [VERSION_NAMES[version].destination, 'amount_details'],
			properties,
		},
		StartPayout: {
			type: 'object',
			required: ['session_id'],
			properties: { session_id: TEXT, ...properties },
		},
	};
}
