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

const codes = Object.entries(CODES);

test.each(codes)(
	'%s is %s with HTTP 400 and 200, and no refusal with HTTP 500',
	(code, outcome) => {
		const isDuplicate = outcome === 'already_submitted';
		for (const status of [400, 200]) {
			const said = { description: 'as the API says', httpStatus: status };
			expect(classifyResponse(answer(status, refusal(code)))).toEqual({
				outcome,
				source: 'api',
				code,
				...(!isDuplicate && said),
			});
		}
		for (const status of [500, 502, 503, 504]) {
			expect(classifyResponse(answer(status, refusal(code)))).toMatchObject({
				outcome: isDuplicate ? 'already_submitted' : 'unknown',
			});
		}
	},
);

test('a refusal with HTTP 400 is one without a description, and without a status', () => {
	const error = { code: 'invalid_request' };
	for (const body of [{ status: 'error', error }, { error }]) {
		expect(classifyResponse(answer(400, body))).toEqual({
			outcome: 'rejected',
			source: 'api',
			code: 'invalid_request',
			httpStatus: 400,
		});
	}
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
	['a code that is an object', refusal({ code: 'invalid_request' })],
	['a code that is empty', refusal('')],
	['a code with spaces', refusal('invalid request')],
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

/** What each HTTP status says alone. Smart Glocal sends internal_error with HTTP 400, too. */
const STATUSES: ReadonlyArray<[outcome: Outcome, statuses: number[]]> = [
	['rejected', [401, 403, 404, 405, 407, 411, 413, 414, 415, 421, 431]],
	['not_sent', [429]],
	['unknown', [100, 200, 201, 204, 301, 302, 304, 307, 400, 408, 409, 422, 423, 424, 425, 499]],
	['unknown', [500, 502, 503, 504, 520]],
];

test.each(
	STATUSES.flatMap(([outcome, statuses]) => statuses.map((status) => ({ status, outcome }))),
)('HTTP $status without a readable body is $outcome', ({ status, outcome }) => {
	const code = status >= 200 && status < 300 ? 'unreadable_answer' : `http_${status}`;
	for (const [name, body] of UNREADABLE) {
		const verdict = classifyResponse(answer(status, body));
		expect([name, verdict]).toMatchObject([name, { outcome, code }]);
	}
});

test.each(UNCLEAR)('%s is unknown under any HTTP status', (_name, body) => {
	for (const status of [200, 201, 204, 302, 400, 401, 403, 404, 409, 413, 500]) {
		expect(classifyResponse(answer(status, body))).toMatchObject({ outcome: 'unknown' });
	}
});

test('a response whose HTTP status is no number is unknown', () => {
	for (const body of [{ status: 'ok', session: { id: 'ps_1' } }, refusal('invalid_request'), '']) {
		const verdict = classifyResponse(answer('401' as unknown as number, body));
		expect(verdict).toMatchObject({ outcome: 'unknown' });
	}
});

/** What a refusal can hold beside its code that speaks of an order. */
const SIGNS: ReadonlyArray<[name: string, more: object, error?: object, sessionId?: string]> = [
	['a session without an id', { session: { status: 'in_progress' } }],
	['a session whose id is null', { session: { id: null } }],
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

test('a session beside an error, or beside the id of another one, contradicts itself', () => {
	const session = { id: 'ps_1', status: 'in_progress' };
	const errors = [{ code: 'invalid_request' }, {}, [], '', 'no', false, 0];
	for (const more of [
		...errors.map((error) => ({ error })),
		{ errors: [{ code: 'x' }] },
		{ errors: {} },
		{ session_id: 'ps_2' },
	]) {
		const body = { status: 'ok', session, ...more };
		expect(classifyResponse(answer(200, body))).toMatchObject({
			outcome: 'unknown',
			code: 'contradictory_answer',
			sessionId: 'ps_1',
		});
	}
});

test('a code does not count under a status that says nothing of a refusal', () => {
	const neutral = [100, 101, 201, 202, 204, 206, 301, 302, 304, 307, 600];
	const doubtful = [408, 409, 418, 423, 424, 425, 444, 498, 499];
	for (const status of [...neutral, ...doubtful]) {
		for (const [code, outcome] of [...codes, ['invalid_iban', 'rejected']] as typeof codes) {
			const isDuplicate = status >= 400 && outcome === 'already_submitted';
			const verdict = classifyResponse(answer(status, refusal(code)));
			expect([status, code, verdict.outcome]).toEqual([
				status,
				code,
				isDuplicate ? 'already_submitted' : 'unknown',
			]);
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

test.each([
	'already in progress or processed',
	'Idempotency key already exists',
	'Duplicate operation',
	'The payout has already been submitted',
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
		refusal('invalid_iban', text),
		{ status: 'error', error: { code: 'invalid_request', message: text } },
		{ status: 'error', error: { code: 'invalid_request', errors: [{ message: text }] } },
		{ ...refusal('invalid_request'), errors: [text] },
		{ ...refusal('invalid_request'), message: text },
	]) {
		expect(classifyResponse(answer(400, body))).toMatchObject({ outcome: 'unknown' });
	}
});

test('a text about a fault leaves doubt of a code that is not listed', () => {
	for (const text of ['Internal server error', 'Upstream timed out', 'Please try again']) {
		const outcomeOf = (code: string) => classifyResponse(answer(400, refusal(code, text))).outcome;
		expect(outcomeOf('invalid_iban')).toBe('unknown');
		expect(outcomeOf('account_not_found')).toBe('rejected');
	}
});

test('a doubtful code beside a clear one leaves doubt', () => {
	for (const code of [
		'duplicate_request',
		'idempotency_key_already_exists',
		'internal_error',
		'x',
	]) {
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
	for (const more of [{}, { error: null }, { session_id: session.id, errors: [] }]) {
		expect(classifyResponse(answer(200, { status: 'ok', session, ...more }))).toEqual({
			outcome: 'submitted',
			session,
		});
	}
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

test('a session with HTTP 500 is unknown, and kept', () => {
	const body = { status: 'ok', session: { id: 'ps_1' } };
	expect(classifyResponse(answer(500, body))).toMatchObject({
		outcome: 'unknown',
		sessionId: 'ps_1',
	});
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
