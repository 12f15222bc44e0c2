import { faultTypes } from '../faults/rules.mts';
import { versions } from '../versions.mts';
import { webhookExamples } from '../webhooks/examples.mts';
import { forgeryNames } from '../webhooks/forgeries.mts';
import { webhookOrders } from '../webhooks/requests.mts';

const text = { type: 'string', minLength: 1 } as const;
const milliseconds = { type: 'integer', minimum: 0, maximum: 2_147_483_647 } as const;
const position = { type: 'integer', minimum: 1 } as const;
const httpStatus = { type: 'integer', minimum: 200, maximum: 599 } as const;

function upTo(highest: number) {
	return { ...position, maximum: highest };
}

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
		webhookUrl: { anyOf: [{ type: 'null' }, text] },
		webhookNames: { enum: ['session', ...versions] },
		webhookTimeoutMs: { ...milliseconds, minimum: 1 },
		webhookParallel: upTo(100),
		webhookCopies: upTo(100),
		holdWebhooks: { type: 'boolean' },
		clockSpeed: { type: 'number', minimum: 1, maximum: 1_000_000 },
		balances: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
	}),
	webhook: exactly({
		again: position,
		body: { type: 'string' },
		session: { type: 'object' },
		sessionId: text,
		example: { enum: Object.keys(webhookExamples) },
		type: { type: 'string' },
		reference: { anyOf: [text, { type: 'number' }, { type: 'object' }] },
		names: { enum: versions },
		extraFields: { type: 'boolean' },
		forge: { enum: forgeryNames },
		gzip: { type: 'boolean' },
		headers: {
			type: 'object',
			additionalProperties: { anyOf: [{ type: 'null' }, { type: 'string' }] },
		},
		url: text,
		redeliver: { type: 'boolean' },
	}),
	resending: exactly({
		sessionId: text,
		type: { type: 'string' },
		times: upTo(100),
		order: { enum: webhookOrders },
	}),
	releasing: exactly({ order: { enum: webhookOrders } }),
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
