import { VERSION_NAMES } from '../versions.mts';
import type { Version } from '../versions.mts';

const TIMESTAMP = {
	type: 'string',
	pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$',
} as const;

/** The objects in responses. The real API may add fields; the sandbox sends exactly these. */
export const RESPONSE_SCHEMAS = {
	Error: {
		type: 'object',
		required: ['code', 'description'],
		additionalProperties: false,
		properties: { code: { type: 'string' }, description: { type: 'string' } },
	},
	ErrorResponse: {
		type: 'object',
		required: ['status', 'error'],
		additionalProperties: false,
		properties: {
			status: { const: 'error' },
			error: { $ref: '#/components/schemas/Error' },
		},
	},
	ReducedCard: {
		type: 'object',
		required: ['last4', 'brand'],
		additionalProperties: false,
		properties: {
			last4: { type: 'string', pattern: '^[0-9]{4}$' },
			brand: { type: 'string' },
		},
	},
	ReducedDestination: {
		description:
			'The destination of a payout, with a card reduced to its brand and last four digits.',
		type: 'object',
		required: ['type'],
		additionalProperties: false,
		properties: {
			type: { enum: ['bank_account', 'card'] },
			bank_account: { $ref: '#/components/schemas/BankAccount' },
			card: { $ref: '#/components/schemas/ReducedCard' },
		},
	},
	Refund: {
		description: 'Money that the bank of the recipient returned.',
		type: 'object',
		required: ['id', 'status', 'created_at', 'amount_details'],
		additionalProperties: false,
		properties: {
			id: { type: 'string', pattern: '^rf_' },
			status: { enum: ['accepted', 'in_progress', 'declined', 'error'] },
			created_at: TIMESTAMP,
			finished_at: TIMESTAMP,
			amount_details: { $ref: '#/components/schemas/AmountDetails' },
		},
	},
	Wallet: {
		type: 'object',
		required: ['id', 'amount_details'],
		additionalProperties: false,
		properties: {
			id: { type: 'string' },
			amount_details: {
				type: 'object',
				required: ['amount', 'currency'],
				properties: {
					amount: { type: 'integer', minimum: 0 },
					currency: { type: 'string', pattern: '^[a-z]{3}$' },
				},
			},
		},
	},
	WalletBalanceResponse: {
		type: 'object',
		required: ['status', 'wallets'],
		additionalProperties: false,
		properties: {
			status: { const: 'ok' },
			wallets: { type: 'array', items: { $ref: '#/components/schemas/Wallet' } },
		},
	},
} as const;

/** The schemas of responses whose names depend on the version. */
export function sessionSchemas(version: Version) {
	const names = VERSION_NAMES[version];
	return {
		Payout: {
			type: 'object',
			required: ['id', 'status', 'created_at', names.destination, 'amount_details'],
			additionalProperties: false,
			properties: {
				id: { type: 'string', pattern: '^po_' },
				status: { enum: ['in_progress', 'pending', 'succeeded', 'failed'] },
				created_at: TIMESTAMP,
				finished_at: TIMESTAMP,
				customer: { $ref: '#/components/schemas/Customer' },
				[names.destination]: { $ref: '#/components/schemas/ReducedDestination' },
				amount_details: { $ref: '#/components/schemas/AmountDetails' },
				participant_details: { $ref: '#/components/schemas/ParticipantDetails' },
				metadata: { $ref: '#/components/schemas/Metadata' },
				error: { $ref: '#/components/schemas/Error' },
				refunds: { type: 'array', items: { $ref: '#/components/schemas/Refund' } },
			},
		},
		Session: {
			type: 'object',
			required: ['id', 'status', 'created_at', 'updated_at'],
			additionalProperties: false,
			properties: {
				id: { type: 'string', pattern: '^ps_' },
				status: { enum: ['created', 'in_progress', 'accepted', 'cancelled', 'error'] },
				created_at: TIMESTAMP,
				updated_at: TIMESTAMP,
				finished_at: TIMESTAMP,
				next_action: { const: 'confirm' },
				error: { $ref: '#/components/schemas/Error' },
				[names.payouts]: {
					type: 'array',
					items: { $ref: `#/components/schemas/Payout_${version}` },
				},
			},
		},
		SessionResponse: {
			type: 'object',
			required: ['status', 'session'],
			additionalProperties: false,
			properties: {
				status: { const: 'ok' },
				session: { $ref: `#/components/schemas/Session_${version}` },
			},
		},
	};
}
