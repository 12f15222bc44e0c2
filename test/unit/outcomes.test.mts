import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { classifyResponse } from '../../nodes/api/outcomes';
import type { Outcome } from '../../nodes/api/outcomes';
import type { RequestKind } from '../../nodes/api/request';

function answer(statusCode: number, body: unknown): IN8nHttpFullResponse {
	return { statusCode, body: body as IN8nHttpFullResponse['body'], headers: {} };
}

function refusal(code: unknown, description = 'as the API says') {
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
	// The start can have arrived before, or twice.
	session_wrong_state: 'unknown',
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
	['a_timeout_of_tomorrow', 'unknown'],
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
	['cut-off JSON', '{"status":"error","error":{"code":"invalid_re'],
	['a number', 42],
	['an empty object', {}],
	['a refusal without a code', { status: 'error', error: { description: 'no' } }],
	['a refusal that is a text', { status: 'error', error: 'no' }],
	['a refusal without anything', { status: 'error' }],
];

/** Bodies that speak of something, but not so that it can be read. */
const UNCLEAR: ReadonlyArray<[name: string, body: unknown]> = [
	['an empty list', []],
	['a list with a session', [{ status: 'ok', session: { id: 'ps_1' } }]],
	['a code that is a number', refusal(7)],
	['a code that is an object', refusal({ code: 'invalid_request' })],
	['a code that is a list', refusal(['invalid_request'])],
	['a code that is empty', refusal('')],
	['a code that is true', refusal(true)],
	['a code with spaces', refusal('invalid request')],
	['a code with a space at its end', refusal('invalid_request ')],
	['a code of digits', refusal('1017')],
	['a code that is a sentence', refusal('The payout may have been sent.')],
	['a code that is a card number', refusal('x_4242424242424242')],
	['a code of any length', refusal('a'.repeat(65))],
	['a refusal beside "ok"', { ...refusal('invalid_request'), status: 'ok' }],
	['a refusal in capitals', { ...refusal('invalid_request'), status: 'ERROR' }],
	['a refusal beside a session', { ...refusal('invalid_request'), session: { id: 'ps_1' } }],
	['a session', { status: 'error', session: { id: 'ps_1' } }],
	['"ok" alone', { status: 'ok' }],
	['a text about a duplicate', 'Duplicate request'],
	['a text about a request in progress', { message: 'The payout is being processed.' }],
	['an error text about a time-out', { error: 'Upstream timed out' }],
	['a session, cut off', '{"status":"ok","session":{"id":"ps_1"'],
	['a result that says yes', { result: 'accepted' }],
];

const STATUSES: ReadonlyArray<[status: number, outcome: Outcome, code: string]> = [
	[100, 'unknown', 'http_100'],
	[200, 'unknown', 'unreadable_answer'],
	[201, 'unknown', 'unreadable_answer'],
	[204, 'unknown', 'unreadable_answer'],
	[301, 'unknown', 'http_301'],
	[302, 'unknown', 'http_302'],
	[304, 'unknown', 'http_304'],
	[307, 'unknown', 'http_307'],
	// Smart Glocal sends internal_error with HTTP 400, too: the status alone says nothing.
	[400, 'unknown', 'http_400'],
	[401, 'rejected', 'http_401'],
	[403, 'rejected', 'http_403'],
	[404, 'rejected', 'http_404'],
	[405, 'rejected', 'http_405'],
	[408, 'unknown', 'http_408'],
	[409, 'unknown', 'http_409'],
	[413, 'rejected', 'http_413'],
	[415, 'rejected', 'http_415'],
	[422, 'unknown', 'http_422'],
	[423, 'unknown', 'http_423'],
	[424, 'unknown', 'http_424'],
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

test.each(
	[200, 201, 204, 302, 400, 401, 403, 404, 409, 413, 500].flatMap((status) =>
		UNCLEAR.map(([name, body]) => ({ status, name, body })),
	),
)('HTTP $status with $name is unknown', ({ status, body }) => {
	expect(classifyResponse(answer(status, body))).toMatchObject({ outcome: 'unknown' });
});

test('a response whose HTTP status is no number is unknown', () => {
	for (const body of [{ status: 'ok', session: { id: 'ps_1' } }, refusal('invalid_request'), '']) {
		const verdict = classifyResponse(answer('401' as unknown as number, body));
		expect(verdict).toMatchObject({ outcome: 'unknown' });
	}
});

test('a session that an unclear response names is kept', () => {
	const session = { id: 3230 };
	for (const body of [
		{ status: 'ok', session, error: {} },
		{ ...refusal('x'), session },
	]) {
		for (const status of [200, 400, 409, 500]) {
			expect(classifyResponse(answer(status, body))).toMatchObject({
				outcome: 'unknown',
				sessionId: '3230',
			});
		}
	}
});

test('a session and an error together are unknown, and said to contradict each other', () => {
	for (const error of [{ code: 'invalid_request' }, {}, [], '', 'no', false, 0]) {
		const body = { status: 'ok', session: { id: 'ps_1' }, error };
		expect(classifyResponse(answer(200, body))).toMatchObject({
			outcome: 'unknown',
			code: 'contradictory_answer',
			sessionId: 'ps_1',
		});
	}
});

/** What a refusal can hold beside its code that speaks of an order. */
const SIGNS: ReadonlyArray<[name: string, more: object, error?: object, sessionId?: string]> = [
	['a session without an id', { session: { status: 'in_progress' } }],
	['a session whose id is null', { session: { id: null } }],
	['an empty session', { session: {} }],
	['a session as text', { session: 'ps_1' }, {}, 'ps_1'],
	['a session in a list', { session: [{ id: 'ps_1' }] }, {}, 'ps_1'],
	['a session id', { session_id: 'ps_1' }, {}, 'ps_1'],
	['a session id in the error', {}, { session_id: 'ps_1' }, 'ps_1'],
	['a session in data', { data: { session: { id: 'ps_1' } } }, {}, 'ps_1'],
	['a status of a session', { session_status: 'in_progress' }],
	['a payout', { payout: { id: 'po_1' } }],
	['payments', { payments: [{ id: 'po_1' }] }],
	['payouts in the names of v2', { payout_list: [{ id: 'po_1' }] }],
	['a result that says yes', { result: 'accepted' }],
	['success', { success: true }],
];

test.each(SIGNS)(
	'a refusal beside %s is unknown',
	(_name, more, error = {}, sessionId = undefined) => {
		for (const status of [200, 400, 401, 403, 422, 429]) {
			const body = { status: 'error', error: { code: 'invalid_request', ...error }, ...more };
			const verdict = classifyResponse(answer(status, body));
			expect(verdict).toMatchObject({ outcome: 'unknown' });
			expect('sessionId' in verdict ? verdict.sessionId : undefined).toBe(sessionId);
		}
	},
);

test('a refusal beside nulls and other fields is one', () => {
	const more = { session: null, payments: null, success: false, request_id: 'r-1', http_code: 400 };
	const body = { ...refusal('invalid_request'), ...more };
	expect(classifyResponse(answer(400, body))).toMatchObject({ outcome: 'rejected' });
});

test('a session beside other errors, or beside the id of another one, is unknown', () => {
	const session = { id: 'ps_1', status: 'in_progress' };
	for (const more of [{ errors: [{ code: 'x' }] }, { errors: {} }, { session_id: 'ps_2' }]) {
		const body = { status: 'ok', session, ...more };
		expect(classifyResponse(answer(200, body))).toMatchObject({
			outcome: 'unknown',
			code: 'contradictory_answer',
			sessionId: 'ps_1',
		});
	}
	const body = { status: 'ok', session, session_id: 'ps_1', errors: [] };
	expect(classifyResponse(answer(200, body))).toMatchObject({ outcome: 'submitted' });
});

test('a code does not count under a status that says nothing of a refusal', () => {
	for (const status of [100, 101, 201, 202, 204, 206, 301, 302, 304, 307, 418, 444, 498, 600]) {
		for (const code of [
			'invalid_request',
			'a_code_of_tomorrow',
			'idempotency_key_already_exists',
		]) {
			const { outcome } = classifyResponse(answer(status, refusal(code)));
			const isDuplicate = status >= 400 && code.startsWith('idempotency');
			expect([status, code, outcome]).toEqual([
				status,
				code,
				isDuplicate ? 'already_submitted' : 'unknown',
			]);
		}
	}
});

test('under a doubtful status, only a refusal of the sender is one', () => {
	const sender = ['authentication_error', 'identification_error', 'authorization_error'];
	for (const status of [408, 409, 425, 499]) {
		for (const [code, outcome] of codes) {
			const expected =
				sender.includes(code) || outcome === 'already_submitted' ? outcome : 'unknown';
			const verdict = classifyResponse(answer(status, refusal(code)));
			expect([code, verdict.outcome]).toEqual([code, expected]);
		}
	}
});

test('a long description is kept short, without a card number in it', () => {
	const description = `Card 4242 4242 4242 4242 is wrong. ${'card 4242424242424242 '.repeat(100_000)}`;
	const verdict = classifyResponse(answer(400, refusal('invalid_request', description)));
	const said = 'description' in verdict ? verdict.description : undefined;
	expect(said).toMatch(/^Card \*{4}4242 is wrong\. /);
	expect(said?.length).toBeLessThan(510);
	expect(said).not.toMatch(/\d{5}/);
});

test('a key that was seen before is a duplicate only for an order, and only as the code has it', () => {
	const duplicate = refusal('idempotency_key_already_exists', 'already in progress or processed');
	const outcomeFor = (kind: RequestKind) => classifyResponse(answer(400, duplicate), kind).outcome;
	expect(outcomeFor('order')).toBe('already_submitted');
	// Nothing can have been paid, and this request has made no session.
	expect(outcomeFor('creation')).toBe('rejected');
	expect(outcomeFor('confirmation')).toBe('unknown');
	expect(outcomeFor('cancellation')).toBe('unknown');
	expect(outcomeFor('lookup')).toBe('unknown');
	for (const code of ['IDEMPOTENCY_KEY_ALREADY_EXISTS', 'idempotencyKeyAlreadyExists']) {
		expect(classifyResponse(answer(400, refusal(code)))).toMatchObject({ outcome: 'unknown' });
	}
});

test('what the state of a session refuses depends on what was asked', () => {
	const body = refusal('session_wrong_state');
	expect(classifyResponse(answer(400, body), 'confirmation').outcome).toBe('rejected');
	expect(classifyResponse(answer(400, body), 'cancellation').outcome).toBe('rejected');
	expect(classifyResponse(answer(400, body), 'order').outcome).toBe('unknown');
});

test('a description that speaks of an earlier request makes any code doubtful', () => {
	for (const description of [
		'already in progress or processed',
		'Idempotency key already exists',
		'Duplicate operation',
		'The payout has already been submitted',
	]) {
		for (const code of ['invalid_request', 'a_code_of_tomorrow']) {
			expect(classifyResponse(answer(400, refusal(code, description)))).toMatchObject({
				outcome: 'unknown',
			});
		}
	}
	const verdict = classifyResponse(answer(400, refusal('error_17', 'Internal server error')));
	expect(verdict).toMatchObject({ outcome: 'unknown' });
});

test.each([
	'A payout with this reference exists',
	'Order with such number has been created before',
	'The request was accepted earlier',
	'The payout is being executed',
	'A payout of that kind is in work',
	'This is a replay of a previous request',
	'The same request was sent twice',
])('a text like "%s" makes a code doubtful, wherever it stands', (text) => {
	for (const body of [
		refusal('invalid_request', text),
		{ status: 'error', error: { code: 'invalid_request', message: text } },
		{ status: 'error', error: { code: 'invalid_request', errors: [{ message: text }] } },
		{ ...refusal('invalid_request'), errors: [text] },
		{ ...refusal('invalid_request'), message: text },
	]) {
		expect(classifyResponse(answer(400, body))).toMatchObject({ outcome: 'unknown' });
	}
});

test('a doubtful code beside a clear one leaves doubt', () => {
	for (const code of ['duplicate_request', 'idempotency_key_already_exists', 'internal_error']) {
		for (const body of [
			{ ...refusal('invalid_request'), errors: [{ code }] },
			{ status: 'error', error: { code: 'invalid_request', errors: [{ code }] } },
		]) {
			expect(classifyResponse(answer(400, body))).toMatchObject({ outcome: 'unknown' });
		}
	}
	const body = { ...refusal('invalid_request'), errors: [{ code: 'account_not_found' }] };
	expect(classifyResponse(answer(400, body))).toMatchObject({ outcome: 'rejected' });
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
	['a session whose id is a space', { status: 'ok', session: { id: ' ' } }],
	['a session whose id is 0', { status: 'ok', session: { id: 0 } }],
	['a session whose id is null as text', { status: 'ok', session: { id: 'null' } }],
	['a session whose id was rounded', { status: 'ok', session: { id: 2 ** 53 } }],
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

test('HTTP 429 that speaks of an earlier request, or of a session, is not believed', () => {
	const outcomeOf = (body: unknown) => classifyResponse(answer(429, body)).outcome;
	expect(outcomeOf(refusal('idempotency_key_already_exists'))).toBe('already_submitted');
	expect(outcomeOf(refusal('operation_in_progress'))).toBe('unknown');
	expect(outcomeOf(refusal('request_already_processed'))).toBe('unknown');
	const running = 'The first request with this idempotency key is still being processed';
	expect(outcomeOf(refusal('too_many_requests', running))).toBe('unknown');
	expect(outcomeOf({ message: running })).toBe('unknown');
	expect(outcomeOf({ status: 'ok', session: { id: 'ps_1' } })).toBe('unknown');
	expect(outcomeOf({ status: 'ok' })).toBe('unknown');
	expect(outcomeOf({ session: { status: 'in_progress' } })).toBe('unknown');
});

test('HTTP 429 was not sent, whatever else the body says', () => {
	for (const code of [
		'rate_limit',
		'too_many_concurrent_requests',
		'internal_error',
		'invalid_request',
	]) {
		expect(classifyResponse(answer(429, refusal(code)))).toMatchObject({ outcome: 'not_sent' });
	}
});
