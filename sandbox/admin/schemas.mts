import { faultTypes } from '../faults/rules.mts';

const text = { type: 'string', minLength: 1 } as const;
const milliseconds = { type: 'integer', minimum: 0, maximum: 2_147_483_647 } as const;
const position = { type: 'integer', minimum: 1 } as const;
const httpStatus = { type: 'integer', minimum: 200, maximum: 599 } as const;

function exactly(properties: object, required: readonly string[] = []) {
	return { type: 'object', additionalProperties: false, required, properties };
}

function fault(type: string, properties: object = {}, required: readonly string[] = []) {
	return exactly({ type: { const: type }, ...properties }, ['type', ...required]);
}

const accepted = { accepted: { type: 'boolean' } };
const plainFaults = [
	...['reset_after_accepting', 'reset_before_reading', 'status_401', 'status_403'],
	...['status_500_after_accepting', 'v2_names', 'canceled_spelling', 'extra_fields'],
];
const namesAlone = Object.keys(faultTypes).filter((type) => type !== 'error');

const faultDetails = {
	anyOf: [
		{ enum: namesAlone },
		...plainFaults.map((type) => fault(type)),
		fault('refuse_connection', { ms: milliseconds }),
		fault('status_429', { retryAfter: { anyOf: [{ type: 'integer', minimum: 0 }, text] } }),
		fault('status_502_html', accepted),
		fault('ok_with_error_status', { code: text, description: text }),
		fault('empty_body', accepted),
		fault('cut_json', { ...accepted, midBody: { type: 'boolean' } }),
		fault('slow', { ms: milliseconds }),
		fault('error', { code: text, description: text, status: httpStatus }, ['code']),
	],
};

const condition = exactly({
	nth: { anyOf: [position, { type: 'array', minItems: 1, items: position }] },
	from: position,
	to: position,
	key: { ...text, format: 'regex' },
	path: { ...text, format: 'regex' },
	probability: { type: 'number', minimum: 0, maximum: 1 },
	times: position,
});

/** What the admin endpoints accept. Misspelt names are refused instead of ignored. */
export const adminSchemas = {
	project: exactly({ id: text, publicKey: text, submerchants: { type: 'array', items: text } }, [
		'id',
		'publicKey',
	]),
	faults: exactly(
		{
			rules: { type: 'array', items: exactly({ when: condition, fault: faultDetails }, ['fault']) },
		},
		['rules'],
	),
	settings: exactly({
		latencyMs: milliseconds,
		authenticationStatus: { enum: [400, 401] },
		autoConfirm: { type: 'boolean' },
		processingMs: milliseconds,
		confirmWindowMs: milliseconds,
		balances: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
	}),
	refusal: exactly({ ms: milliseconds }, ['ms']),
	payoutChange: exactly(
		{
			action: { enum: ['fail', 'return'] },
			code: text,
			description: text,
			sessionStatus: { enum: ['cancelled', 'error'] },
			amount: { type: 'integer', minimum: 1 },
		},
		['action'],
	),
};
