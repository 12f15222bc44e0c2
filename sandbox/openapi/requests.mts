import { type Version, versionNames } from '../versions.mts';

const text = { type: 'string', minLength: 1 } as const;
const shortName = { ...text, maxLength: 100, pattern: '\\D' } as const;

/** The objects that requests are made of (/docs/reference/objects and the corridor pages). */
export const requestSchemas = {
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
		description: 'A bank account. Which fields are needed depends on the country.',
		type: 'object',
		properties: {
			description: text,
			iban: { type: 'string', pattern: '^\\S+$' },
			swift_bic_code: text,
			bank_account_number: text,
			account_number: text,
			account_type: text,
			routing_code: text,
			branch_number: text,
			bsb_number: text,
			sort_code: text,
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
		properties: { number_hash: text },
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
		description: 'Where the money goes: `payment_method` in v1, `payout_details` in v2.',
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
			first_name: text,
			last_name: text,
			full_name: text,
			company_name: shortName,
			registration_number: { ...text, maxLength: 64 },
			code: text,
			country_iso3: { type: 'string', pattern: '^[A-Z]{3}$' },
			currency: { type: 'string', pattern: '^[A-Za-z]{3}$' },
			bank_name: text,
			swift_bic_code: text,
			address_line: { ...text, maxLength: 256 },
			city: text,
			postal_code: text,
			state: text,
			msisdn: text,
			email: text,
			identity_document: { type: 'object', properties: { id_number: text } },
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
			reference: text,
			contacts: {
				type: 'array',
				items: { type: 'object', properties: { email: text, phone: text } },
			},
		},
	},
	Metadata: {
		description: 'Any string, integer or JSON object; it comes back in answers and webhooks.',
		type: ['string', 'integer', 'object'],
	},
	SessionReference: {
		type: 'object',
		required: ['session_id'],
		properties: { session_id: text },
	},
	WalletBalance: {
		type: 'object',
		required: ['request_datetime'],
		properties: { request_datetime: { type: 'string', format: 'date-time' } },
	},
} as const;

/** The name of the other version for the destination is refused, because mixing names can fail. */
function orderProperties(version: Version) {
	const foreign = versionNames[version === 'v1' ? 'v2' : 'v1'].destination;
	return {
		[versionNames[version].destination]: { $ref: '#/components/schemas/Destination' },
		[foreign]: false,
		amount_details: { $ref: '#/components/schemas/AmountDetails' },
		participant_details: { $ref: '#/components/schemas/ParticipantDetails' },
		customer: { $ref: '#/components/schemas/Customer' },
		metadata: { $ref: '#/components/schemas/Metadata' },
	};
}

/**
 * The request bodies whose names depend on the version: SessionCreate, InitPayout, StartPayout.
 *
 * @param version the version of the API
 * @returns JSON schemas by name, without the version's suffix
 */
export function orderSchemas(version: Version) {
	const properties = orderProperties(version);
	return {
		SessionCreate: { type: 'object', properties },
		InitPayout: {
			type: 'object',
			required: [versionNames[version].destination, 'amount_details'],
			properties,
		},
		StartPayout: {
			type: 'object',
			required: ['session_id'],
			properties: { session_id: text, ...properties },
		},
	};
}
