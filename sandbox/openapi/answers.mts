import { type Version, versionNames } from '../versions.mts';

const moment = {
	type: 'string',
	pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$',
} as const;

/** The objects that answers are made of. The real API may grow; the sandbox says nothing else. */
export const answerSchemas = {
	Error: {
		type: 'object',
		required: ['code', 'description'],
		additionalProperties: false,
		properties: { code: { type: 'string' }, description: { type: 'string' } },
	},
	ErrorAnswer: {
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
		description: 'Where the money went, with a card cut down to brand and last four digits.',
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
		description: 'A payout that the bank of the recipient returned.',
		type: 'object',
		required: ['id', 'status', 'created_at', 'amount_details'],
		additionalProperties: false,
		properties: {
			id: { type: 'string', pattern: '^rf_' },
			status: { enum: ['accepted', 'in_progress', 'declined', 'error'] },
			created_at: moment,
			finished_at: moment,
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
	WalletBalanceAnswer: {
		type: 'object',
		required: ['status', 'wallets'],
		additionalProperties: false,
		properties: {
			status: { const: 'ok' },
			wallets: { type: 'array', items: { $ref: '#/components/schemas/Wallet' } },
		},
	},
} as const;

/**
 * The answers whose names depend on the version: Payout, Session and SessionAnswer.
 *
 * @param version the version of the API
 * @returns JSON schemas by name, without the version's suffix
 */
export function sessionSchemas(version: Version) {
	const names = versionNames[version];
	return {
		Payout: {
			type: 'object',
			required: ['id', 'status', 'created_at', names.destination, 'amount_details'],
			additionalProperties: false,
			properties: {
				id: { type: 'string', pattern: '^po_' },
				status: { enum: ['in_progress', 'pending', 'succeeded', 'failed'] },
				created_at: moment,
				finished_at: moment,
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
				created_at: moment,
				updated_at: moment,
				finished_at: moment,
				next_action: { const: 'confirm' },
				error: { $ref: '#/components/schemas/Error' },
				[names.payouts]: {
					type: 'array',
					items: { $ref: `#/components/schemas/Payout_${version}` },
				},
			},
		},
		SessionAnswer: {
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
