import { belgianPayout } from '../support/belgianPayout.mts';
import { cardPayout } from '../support/cardPayout.mts';
import type { FaultRule } from '../../sandbox/server.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

const context = usePartnerSandbox({ seed: 7 });

function init(reference: string, options = {}) {
	const order = belgianPayout({ reference });
	return context.partner.post('v1/session/init/payout', order, { key: reference, ...options });
}

async function withFault(fault: FaultRule['fault'], reference = 'INV-1') {
	context.sandbox.setFaults([{ fault, when: { times: 1 } }]);
	return init(reference);
}

test('accepts the payout and resets the connection', async () => {
	await expect(withFault('reset_after_accepting')).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
	expect(context.sandbox.requests()[0]).toMatchObject({
		fault: 'reset_after_accepting',
		signatureValid: true,
		outcome: 'ok',
		status: null,
	});
	expect((await init('INV-1')).json).toMatchObject({
		error: { code: 'idempotency_key_already_exists' },
	});
});

test('resets the connection before it reads the body, and accepts nothing', async () => {
	await expect(withFault('reset_before_reading')).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(0);
	expect(context.sandbox.requests()[0]).toMatchObject({ rawBody: '', outcome: null, status: null });
	expect((await init('INV-1')).status).toBe(200);
});

test('refuses connections after the response to a request, and accepts them again later', async () => {
	const response = await withFault({ type: 'refuse_connection', ms: 300 });
	expect(response.status).toBe(200);
	await expect(init('INV-2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect((await init('INV-2')).status).toBe(200);
	expect(context.sandbox.books.keys()).toEqual(['INV-1', 'INV-2']);
});

test.each([
	['status_401', 401],
	['status_403', 403],
	['status_429', 429],
] as const)('responds with %s and accepts nothing', async (fault, status) => {
	const response = await withFault(fault);
	expect(response.status).toBe(status);
	expect(response.headers).not.toHaveProperty('retry-after');
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(0);
	expect((await init('INV-1')).status).toBe(200);
});

test.each([2, 'Wed, 21 Oct 2026 07:28:00 GMT'])(
	'sends Retry-After %s with a 429',
	async (retryAfter) => {
		const response = await withFault({ type: 'status_429', retryAfter });
		expect(response.headers['retry-after']).toBe(String(retryAfter));
	},
);

test('responds with 500 after it accepted the payout', async () => {
	const response = await withFault('status_500_after_accepting');
	expect(response.status).toBe(500);
	expect(response.json).toMatchObject({ status: 'error', error: { code: 'internal_error' } });
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
});

test.each([true, false])('responds with an HTML page and 502, accepted: %s', async (accepted) => {
	const response = await withFault({ type: 'status_502_html', accepted });
	expect(response.status).toBe(502);
	expect(response.headers['content-type']).toContain('text/html');
	expect(response.text).toContain('<html>');
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
});

test('responds with 200 and an error status, and accepts nothing', async () => {
	const response = await withFault({
		type: 'ok_with_error_status',
		code: 'routing_internal_error',
	});
	expect(response.status).toBe(200);
	expect(response.json).toMatchObject({
		status: 'error',
		error: { code: 'routing_internal_error' },
	});
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(0);
});

test.each([true, false])('responds with 200 and an empty body, accepted: %s', async (accepted) => {
	const response = await withFault({ type: 'empty_body', accepted });
	expect([response.status, response.text]).toEqual([200, '']);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
});

test.each([true, false])(
	'responds with 200 and half of the JSON, accepted: %s',
	async (accepted) => {
		const response = await withFault({ type: 'cut_json', accepted });
		expect(response.status).toBe(200);
		expect(response.text).toMatch(/^\{"status":"ok","session"/);
		expect(response.json).toBeUndefined();
		expect(response.headers['content-length']).toBe(String(Buffer.byteLength(response.text)));
		expect(context.sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
	},
);

test('cuts the connection in the middle of the body', async () => {
	await expect(withFault({ type: 'cut_json', midBody: true })).rejects.toThrow(/aborted|reset/i);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
});

test('accepts the payout on arrival and responds too late', async () => {
	context.sandbox.setFaults([{ fault: { type: 'slow', ms: 600 }, when: { nth: 1 } }]);
	await expect(init('INV-1', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'ECONNABORTED' });
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
	expect((await init('INV-1')).status).toBe(400);
});

test('responds to a v1 request with the names of v2', async () => {
	const response = await withFault('v2_names');
	expect(response.json).toMatchObject({
		session: { payout_list: [{ payout_details: { type: 'bank_account' } }] },
	});
	expect(response.text).not.toMatch(/"payments"|"payment_method"/);
});

test('spells cancelled with one l', async () => {
	await context.partner.post('v1/session/create', {});
	context.sandbox.setFaults([{ fault: 'canceled_spelling' }]);
	const response = await context.partner.post('v1/session/cancel', { session_id: 'ps_1' });
	expect(response.json).toMatchObject({ session: { status: 'canceled' } });
});

test('adds fields that are not documented', async () => {
	const response = await withFault('extra_fields');
	expect(response.json).toMatchObject({
		status: 'ok',
		added_later: expect.anything(),
		session: { id: 'ps_1', added_later: expect.anything() },
	});
});

test('responds with any error code, text and status, and accepts nothing', async () => {
	const error = { code: 'account_not_found', description: 'The account is unknown.' };
	const response = await withFault({ type: 'error', ...error, status: 422 });
	expect([response.status, response.json]).toEqual([422, { status: 'error', error }]);
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(0);
});

test.each([
	['session', { session: { id: 'ps_another', payments: [{ metadata: 'INV-1' }] } }],
	['reference', { session: { id: 'ps_1', payments: [{ metadata: 'another reference' }] } }],
	['amount', { session: { id: 'ps_1', payments: [{ amount_details: { amount: 1001 } }] } }],
	['status', { session: { id: 'ps_1' }, error: { code: 'internal_error' } }],
] as const)('contradicts the order in its %s, and accepts it', async (about, expected) => {
	const response = await withFault({ type: 'contradict', about });
	expect([response.status, response.json]).toEqual([
		200,
		expect.objectContaining({ status: 'ok' }),
	]);
	expect(response.json).toMatchObject(expected);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
	expect((await withFault({ type: 'contradict', about })).json).toEqual({
		status: 'error',
		error: expect.objectContaining({ code: 'idempotency_key_already_exists' }) as object,
	});
});

test('repeats the request in its response, with the whole number of a card', async () => {
	context.sandbox.setFaults([{ fault: 'echo' }]);
	const order = cardPayout('4242424242424242');
	const response = await context.partner.post('v1/session/init/payout', order, { key: 'CARD-1' });
	expect(response.text).toContain('4242424242424242');
	expect(response.json).toMatchObject({ status: 'ok', session: { id: 'ps_1', ...order } });
	expect(context.sandbox.books.paidTimes('CARD-1')).toBe(1);
	expect((await init('CARD-1')).status).toBe(400);
});

test.each([
	[{ body: ['a list'] }, 200, '["a list"]', 1],
	[{ body: 'x'.repeat(1_000_000), status: 425 }, 425, 'x'.repeat(1_000_000), 1],
	[{ body: { status: 'error' }, status: 409, accepted: false }, 409, '{"status":"error"}', 0],
])('responds with anything at all: case %#', async (details, status, text, accepted) => {
	const response = await withFault({ type: 'response', ...details });
	expect(response.status).toBe(status);
	expect(response.text === text).toBe(true);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(accepted);
});

async function statusesOf(rules: FaultRule[], references: string[]) {
	context.sandbox.reset();
	context.sandbox.setFaults(rules);
	const statuses: number[] = [];
	for (const reference of references) statuses.push((await init(reference)).status);
	return statuses;
}

const FIVE = ['A-1', 'A-2', 'B-3', 'B-4', 'B-5'];

test.each<[string, FaultRule['when'], number[]]>([
	['the second request', { nth: 2 }, [200, 403, 200, 200, 200]],
	['the first and the last', { nth: [1, 5] }, [403, 200, 200, 200, 403]],
	['from the second to the third', { from: 2, to: 3 }, [200, 403, 403, 200, 200]],
	['the keys that match', { key: '^B-' }, [200, 200, 403, 403, 403]],
	['the second of the keys that match', { key: '^B-', nth: 2 }, [200, 200, 200, 403, 200]],
	['three times at most', { times: 3 }, [403, 403, 403, 200, 200]],
	['no path that matches', { path: 'start/payout' }, [200, 200, 200, 200, 200]],
	['every path that matches', { path: 'init/payout$' }, [403, 403, 403, 403, 403]],
])('applies a rule to %s', async (_name, when, expected) => {
	expect(await statusesOf([{ when, fault: 'status_403' }], FIVE)).toEqual(expected);
});

test('applies the first rule that matches', async () => {
	const rules: FaultRule[] = [
		{ when: { key: '^A-' }, fault: 'status_403' },
		{ fault: 'status_401' },
	];
	expect(await statusesOf(rules, FIVE)).toEqual([403, 403, 401, 401, 401]);
});

test('repeats the same run with a probability, from the same seed', async () => {
	const rules: FaultRule[] = [{ when: { probability: 0.5 }, fault: 'status_403' }];
	const references = Array.from({ length: 40 }, (_, index) => `P-${index}`);
	const first = await statusesOf(rules, references);
	expect(await statusesOf(rules, references)).toEqual(first);
	const share = first.filter((status) => status === 403).length;
	expect(share).toBeGreaterThan(10);
	expect(share).toBeLessThan(30);
});

test('applies the same faults to a payout, in whatever order the payouts arrive', async () => {
	const rules: FaultRule[] = [{ when: { probability: 0.5 }, fault: 'status_403' }];
	const references = Array.from({ length: 20 }, (_, index) => `P-${index}`);
	const twice = [...references, ...references];
	const forwards = await statusesOf(rules, twice);
	const backwards = await statusesOf(rules, [...references].reverse().concat(references));
	expect(backwards.slice(0, 20).reverse().concat(backwards.slice(20))).toEqual(forwards);
	expect(new Set(forwards)).toContain(403);
});

test('rejects a fault that does not exist and an invalid regular expression', () => {
	const unknown = [{ fault: 'status_418' }] as unknown as FaultRule[];
	expect(() => context.sandbox.setFaults(unknown)).toThrow('There is no fault "status_418".');
	expect(() => context.sandbox.setFaults([{ when: { key: '(' }, fault: 'slow' }])).toThrow(
		'Invalid',
	);
});
