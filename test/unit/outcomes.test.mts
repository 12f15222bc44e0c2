import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { classifyResponse } from '../../nodes/api/outcomes';
import type { Outcome } from '../../nodes/api/outcomes';

function answer(statusCode: number, body: unknown): IN8nHttpFullResponse {
	return { statusCode, body: body as IN8nHttpFullResponse['body'], headers: {} };
}

function refusal(code: string, description = 'as the API says') {
	return { status: 'error', error: { code, description } };
}

/** Every code of the API reference, section 10, and what becomes of a payout order with it. */
const CODES: Readonly<Record<string, Outcome>> = {
	identification_error: 'rejected',
	authentication_error: 'rejected',
	authorization_error: 'rejected',
	invalid_request: 'rejected',
	internal_error: 'unknown',
	idempotency_key_already_exists: 'already_submitted',
	session_wrong_state: 'rejected',
	session_cancelled: 'rejected',
	session_cancelled_by_partner: 'rejected',
	confirm_timeout: 'rejected',
	// About incoming payments; a code that speaks of a timeout is no clear refusal.
	capture_timeout: 'unknown',
	operation_rejected: 'rejected',
	insufficient_wallet_balance: 'rejected',
	wallet_internal_error: 'unknown',
	routing_internal_error: 'rejected',
	provider_internal_error: 'unknown',
	provider_timeout: 'unknown',
	provider_issuer_unavailable: 'unknown',
	provider_exceeds_amount_limit: 'rejected',
	amount_less_allowed_provider: 'rejected',
	provider_foreign_transfer_prohibited: 'rejected',
	account_not_found: 'rejected',
	card_number_does_not_exist: 'rejected',
	bank_card_expired: 'rejected',
	declined_by_issuer_bank: 'rejected',
	not_permitted_by_issuer_bank: 'rejected',
	insufficient_funds: 'rejected',
	activity_count_exceeded: 'rejected',
	binding_is_deactivated: 'rejected',
	'3DS_error': 'rejected',
	refund_amount_too_large: 'rejected',
};

const codes: Array<[string, Outcome]> = [
	...Object.entries(CODES),
	['a_code_of_tomorrow', 'rejected'],
	['a_timeout_of_tomorrow', 'rejected'],
	['bank_timeout', 'unknown'],
	['bank_internal_error', 'unknown'],
	['bank_unavailable', 'unknown'],
	['timeout', 'unknown'],
	['constructor', 'rejected'],
];

test.each(codes)('%s is %s, with HTTP 400 and with HTTP 200 alike', (code, outcome) => {
	for (const status of [400, 200]) {
		const verdict = classifyResponse(answer(status, refusal(code)));
		expect(verdict).toMatchObject({ outcome });
		if (outcome === 'already_submitted') continue;
		expect(verdict).toEqual({
			outcome,
			source: 'api',
			code,
			description: 'as the API says',
			httpStatus: status,
		});
	}
});

test.each(codes)('%s (%s with HTTP 400) is no clear refusal with HTTP 500', (code, outcome) => {
	const repeated = outcome === 'already_submitted';
	for (const status of [500, 502, 503, 504]) {
		expect(classifyResponse(answer(status, refusal(code)))).toMatchObject({
			outcome: repeated ? 'already_submitted' : 'unknown',
		});
	}
});

test('a refusal without a description is one', () => {
	const body = { status: 'error', error: { code: 'invalid_request' } };
	expect(classifyResponse(answer(400, body))).toEqual({
		outcome: 'rejected',
		source: 'api',
		code: 'invalid_request',
		httpStatus: 400,
	});
});

test('a refusal with HTTP 400 is one, even without a status', () => {
	const body = { error: { code: 'account_not_found' } };
	expect(classifyResponse(answer(400, body))).toMatchObject({ outcome: 'rejected' });
});

const UNREADABLE: ReadonlyArray<[name: string, body: unknown]> = [
	['no body', undefined],
	['null', null],
	['an empty text', ''],
	['an HTML page', '<html><body>Bad gateway</body></html>'],
	['cut-off JSON', '{"status":"ok","session":{"id":"ps_1"'],
	['a number', 42],
	['an empty object', {}],
	['an empty list', []],
	['a list with a session', [{ status: 'ok', session: { id: 'ps_1' } }]],
	['a refusal without a code', { status: 'error', error: { description: 'no' } }],
	['a refusal that is a text', { status: 'error', error: 'no' }],
	['a code that is a number', { status: 'error', error: { code: 7 } }],
];

const STATUSES: ReadonlyArray<[status: number, outcome: Outcome, code: string]> = [
	[200, 'unknown', 'unreadable_answer'],
	[201, 'unknown', 'unreadable_answer'],
	[204, 'unknown', 'unreadable_answer'],
	[301, 'unknown', 'http_301'],
	[302, 'unknown', 'http_302'],
	[304, 'unknown', 'http_304'],
	[307, 'unknown', 'http_307'],
	[400, 'rejected', 'http_400'],
	[401, 'rejected', 'http_401'],
	[403, 'rejected', 'http_403'],
	[404, 'rejected', 'http_404'],
	[405, 'rejected', 'http_405'],
	[408, 'unknown', 'http_408'],
	[409, 'unknown', 'http_409'],
	[413, 'rejected', 'http_413'],
	[415, 'rejected', 'http_415'],
	[422, 'rejected', 'http_422'],
	[425, 'unknown', 'http_425'],
	[429, 'not_sent', 'http_429'],
	[499, 'unknown', 'http_499'],
	[500, 'unknown', 'http_500'],
	[502, 'unknown', 'http_502'],
	[503, 'unknown', 'http_503'],
	[504, 'unknown', 'http_504'],
	[520, 'unknown', 'http_520'],
];

test.each(
	STATUSES.flatMap(([status, outcome, code]) =>
		UNREADABLE.map(([name, body]) => ({ status, outcome, code, name, body })),
	),
)('HTTP $status with $name is $outcome', ({ status, outcome, code, body }) => {
	expect(classifyResponse(answer(status, body))).toMatchObject({ outcome, code });
});

test.each([
	['a session', { id: 'ps_3230', status: 'in_progress' }],
	['a session of old, whose id is a number', { id: 3230 }],
	['a session with unknown fields', { id: 'ps_1', brand_new: { a: 1 } }],
	['a session that holds an error', { id: 'ps_1', status: 'error', error: { code: 'x' } }],
])('%s is submitted', (_name, session) => {
	expect(classifyResponse(answer(200, { status: 'ok', session }))).toEqual({
		outcome: 'submitted',
		session,
	});
});

test('a session beside an empty error is submitted', () => {
	const body = { status: 'ok', session: { id: 'ps_1' }, error: null };
	expect(classifyResponse(answer(200, body))).toMatchObject({ outcome: 'submitted' });
});

test.each([
	['no session', { status: 'ok' }],
	['a session without an id', { status: 'ok', session: { status: 'in_progress' } }],
	['a session with an empty id', { status: 'ok', session: { id: '' } }],
	['a session that is a list', { status: 'ok', session: [{ id: 'ps_1' }] }],
	['a session, but no status', { session: { id: 'ps_1' } }],
	['a session, but another status', { status: 'accepted', session: { id: 'ps_1' } }],
])('HTTP 200 with %s is unknown', (_name, body) => {
	expect(classifyResponse(answer(200, body))).toMatchObject({
		outcome: 'unknown',
		code: 'unreadable_answer',
	});
});

test('a session with HTTP 500 is unknown', () => {
	const body = { status: 'ok', session: { id: 'ps_1' } };
	expect(classifyResponse(answer(500, body))).toMatchObject({ outcome: 'unknown' });
});

test('HTTP 429 was not sent, whatever the body says', () => {
	for (const code of ['rate_limit', 'internal_error', 'invalid_request']) {
		expect(classifyResponse(answer(429, refusal(code)))).toMatchObject({ outcome: 'not_sent' });
	}
});
