import { FAULTS_REACHING_API } from '../faults/rules.mts';

const TEXT = { type: 'string', minLength: 1 } as const;
const REGEXP = { ...TEXT, format: 'regex' } as const;
const MILLISECONDS = { type: 'integer', minimum: 0, maximum: 2_147_483_647 } as const;
const POSITIVE = { type: 'integer', minimum: 1 } as const;
const HTTP_STATUS = { type: 'integer', minimum: 200, maximum: 599 } as const;
const BOOLEAN = { type: 'boolean' } as const;

/** An object with no other properties, so that a misspelt name is rejected instead of ignored. */
function exactly(properties: object, required: readonly string[] = []) {
	return { type: 'object', additionalProperties: false, required, properties };
}

/** What a fault may say beside its type; the other faults need no details. */
const FAULT_DETAILS: Readonly<Record<string, object>> = {
	refuse_connection: { ms: MILLISECONDS },
	status_429: { retryAfter: { anyOf: [{ type: 'integer', minimum: 0 }, TEXT] } },
	status_502_html: { accepted: BOOLEAN },
	ok_with_error_status: { code: TEXT, description: TEXT },
	empty_body: { accepted: BOOLEAN },
	cut_json: { accepted: BOOLEAN, midBody: BOOLEAN },
	extra_fields: { fields: { type: 'object' } },
	slow: { ms: MILLISECONDS, inDrops: BOOLEAN },
	error: { code: TEXT, description: TEXT, status: HTTP_STATUS },
	contradict: { about: { enum: ['session', 'reference', 'amount', 'status'] } },
	response: { body: {}, status: HTTP_STATUS, accepted: BOOLEAN },
};

/** The details without which there is no fault. */
const REQUIRED_DETAILS: Readonly<Record<string, readonly string[]>> = {
	error: ['code'],
	contradict: ['about'],
	response: ['body'],
};

const FAULT_TYPES = Object.keys(FAULTS_REACHING_API);

const FAULT = {
	anyOf: [
		{ enum: FAULT_TYPES.filter((type) => REQUIRED_DETAILS[type] === undefined) },
		...FAULT_TYPES.map((type) => {
			const required = ['type', ...(REQUIRED_DETAILS[type] ?? [])];
			return exactly({ type: { const: type }, ...FAULT_DETAILS[type] }, required);
		}),
	],
};

const CONDITION = exactly({
	nth: { anyOf: [POSITIVE, { type: 'array', minItems: 1, items: POSITIVE }] },
	from: POSITIVE,
	to: POSITIVE,
	key: REGEXP,
	path: REGEXP,
	probability: { type: 'number', minimum: 0, maximum: 1 },
	times: POSITIVE,
});

/** The bodies that the admin endpoints accept. */
export const ADMIN_SCHEMAS = {
	faults: exactly(
		{ rules: { type: 'array', items: exactly({ when: CONDITION, fault: FAULT }, ['fault']) } },
		['rules'],
	),
	settings: exactly({
		latencyMs: MILLISECONDS,
		requestsPerSecond: { anyOf: [{ type: 'null' }, POSITIVE] },
		autoConfirm: BOOLEAN,
		processingMs: MILLISECONDS,
		confirmWindowMs: MILLISECONDS,
		webhookUrl: { anyOf: [{ type: 'null' }, TEXT] },
		clockSpeed: { type: 'number', minimum: 1, maximum: 1_000_000 },
		balances: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
	}),
	report: exactly({ date: { type: 'string', format: 'date' }, project: TEXT }),
	payoutChange: exactly(
		{
			action: { enum: ['fail', 'return'] },
			code: TEXT,
			description: TEXT,
			sessionStatus: { enum: ['cancelled', 'error'] },
			amount: POSITIVE,
		},
		['action'],
	),
};
