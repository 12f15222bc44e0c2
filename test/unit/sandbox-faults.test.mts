import { belgianOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { type FaultRule, type Sandbox, startSandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let shop: Merchant;

beforeAll(async () => {
	sandbox = await startSandbox({ seed: 7 });
	shop = await joinAsMerchant(sandbox);
});

afterAll(() => sandbox.stop());

beforeEach(() => sandbox.reset());

function init(reference: string, options = {}) {
	const order = belgianOrder({ reference });
	return shop.post('v1/session/init/payout', order, { key: reference, ...options });
}

async function withFault(fault: FaultRule['fault'], reference = 'INV-1') {
	sandbox.setFaults([{ fault, when: { times: 1 } }]);
	return init(reference);
}

test('books the payout and resets the connection', async () => {
	await expect(withFault('reset_after_accepting')).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
	expect(sandbox.requests()[0]).toMatchObject({
		...{ fault: 'reset_after_accepting', signatureValid: true, outcome: 'ok', status: null },
	});
	expect((await init('INV-1')).json).toMatchObject({
		error: { code: 'idempotency_key_already_exists' },
	});
});

test('resets the connection before it reads the body, and books nothing', async () => {
	await expect(withFault('reset_before_reading')).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(sandbox.books.acceptedTimes('INV-1')).toBe(0);
	expect(sandbox.requests()[0]).toMatchObject({ rawBody: '', outcome: null, status: null });
	expect((await init('INV-1')).status).toBe(200);
});

test('refuses connections after the request that it was asked for, and comes back', async () => {
	const reply = await withFault({ type: 'refuse_connection', ms: 300 });
	expect(reply.status).toBe(200);
	await expect(init('INV-2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect((await init('INV-2')).status).toBe(200);
	expect(sandbox.books.keys()).toEqual(['INV-1', 'INV-2']);
});

test('refuses connections at once when it is told to', async () => {
	sandbox.refuseConnections(300);
	// The client needs a moment to see that its idle connection was closed.
	await new Promise((resolve) => setTimeout(resolve, 50));
	await expect(init('INV-1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect((await init('INV-1')).status).toBe(200);
});

test.each([
	['status_401', 401],
	['status_403', 403],
	['status_429', 429],
] as const)('answers %s and books nothing', async (fault, status) => {
	const reply = await withFault(fault);
	expect(reply.status).toBe(status);
	expect(reply.headers).not.toHaveProperty('retry-after');
	expect(sandbox.books.acceptedTimes('INV-1')).toBe(0);
	expect((await init('INV-1')).status).toBe(200);
});

test.each([2, 'Wed, 21 Oct 2026 07:28:00 GMT'])(
	'sends Retry-After %s with a 429',
	async (retryAfter) => {
		const reply = await withFault({ type: 'status_429', retryAfter });
		expect(reply.headers['retry-after']).toBe(String(retryAfter));
	},
);

test('answers 500 after it booked the payout', async () => {
	const reply = await withFault('status_500_after_accepting');
	expect(reply.status).toBe(500);
	expect(reply.json).toMatchObject({ status: 'error', error: { code: 'internal_error' } });
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
});

test.each([true, false])('answers an HTML page with 502, booked: %s', async (accepted) => {
	const reply = await withFault({ type: 'status_502_html', accepted });
	expect(reply.status).toBe(502);
	expect(reply.headers['content-type']).toContain('text/html');
	expect(reply.text).toContain('<html>');
	expect(sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
});

test('answers 200 with an error status and books nothing', async () => {
	const reply = await withFault({ type: 'ok_with_error_status', code: 'routing_internal_error' });
	expect(reply.status).toBe(200);
	expect(reply.json).toMatchObject({ status: 'error', error: { code: 'routing_internal_error' } });
	expect(sandbox.books.acceptedTimes('INV-1')).toBe(0);
});

test.each([true, false])('answers 200 with an empty body, booked: %s', async (accepted) => {
	const reply = await withFault({ type: 'empty_body', accepted });
	expect([reply.status, reply.text]).toEqual([200, '']);
	expect(sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
});

test.each([true, false])('answers 200 with half of the JSON, booked: %s', async (accepted) => {
	const reply = await withFault({ type: 'cut_json', accepted });
	expect(reply.status).toBe(200);
	expect(reply.text).toMatch(/^\{"status":"ok","session"/);
	expect(reply.json).toBeUndefined();
	expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(reply.text)));
	expect(sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
});

test('cuts the connection in the middle of the body', async () => {
	await expect(withFault({ type: 'cut_json', midBody: true })).rejects.toThrow(/aborted|reset/i);
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
});

test('books the payout on arrival and answers too late', async () => {
	sandbox.setFaults([{ fault: { type: 'slow', ms: 600 }, when: { nth: 1 } }]);
	await expect(init('INV-1', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'ECONNABORTED' });
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
	expect((await init('INV-1')).status).toBe(400);
});

test('answers a v1 request with the names of v2', async () => {
	const reply = await withFault('v2_names');
	expect(reply.json).toMatchObject({
		session: { payout_list: [{ payout_details: { type: 'bank_account' } }] },
	});
	expect(reply.text).not.toMatch(/"payments"|"payment_method"/);
});

test('spells cancelled with one l', async () => {
	await shop.post('v1/session/create', {});
	sandbox.setFaults([{ fault: 'canceled_spelling' }]);
	const reply = await shop.post('v1/session/cancel', { session_id: 'ps_1' });
	expect(reply.json).toMatchObject({ session: { status: 'canceled' } });
});

test('adds fields that no documentation knows', async () => {
	const reply = await withFault('extra_fields');
	expect(reply.json).toMatchObject({
		status: 'ok',
		added_later: expect.anything(),
		session: { id: 'ps_1', added_later: expect.anything() },
	});
});

test('refuses with any code, text and status, and books nothing', async () => {
	const error = { code: 'account_not_found', description: 'The account is unknown.' };
	const reply = await withFault({ type: 'error', ...error, status: 422 });
	expect([reply.status, reply.json]).toEqual([422, { status: 'error', error }]);
	expect(sandbox.books.acceptedTimes('INV-1')).toBe(0);
});

async function statusesOf(rules: FaultRule[], references: string[]) {
	sandbox.reset();
	sandbox.setFaults(rules);
	const statuses: number[] = [];
	for (const reference of references) statuses.push((await init(reference)).status);
	return statuses;
}

const five = ['A-1', 'A-2', 'B-3', 'B-4', 'B-5'];

test.each<[string, FaultRule['when'], number[]]>([
	['the second request', { nth: 2 }, [200, 403, 200, 200, 200]],
	['the first and the last', { nth: [1, 5] }, [403, 200, 200, 200, 403]],
	['from the second to the third', { from: 2, to: 3 }, [200, 403, 403, 200, 200]],
	['the keys that fit', { key: '^B-' }, [200, 200, 403, 403, 403]],
	['the second of the keys that fit', { key: '^B-', nth: 2 }, [200, 200, 200, 403, 200]],
	['three times at most', { times: 3 }, [403, 403, 403, 200, 200]],
	['no path that fits', { path: 'start/payout' }, [200, 200, 200, 200, 200]],
	['every path that fits', { path: 'init/payout$' }, [403, 403, 403, 403, 403]],
])('applies a rule to %s', async (_name, when, expected) => {
	expect(await statusesOf([{ when, fault: 'status_403' }], five)).toEqual(expected);
});

test('applies the first rule that fits', async () => {
	const rules: FaultRule[] = [
		{ when: { key: '^A-' }, fault: 'status_403' },
		{ fault: 'status_401' },
	];
	expect(await statusesOf(rules, five)).toEqual([403, 403, 401, 401, 401]);
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

test('refuses a fault that does not exist and a regular expression that is not one', () => {
	const unknown = [{ fault: 'status_418' }] as unknown as FaultRule[];
	expect(() => sandbox.setFaults(unknown)).toThrow('There is no fault "status_418".');
	expect(() => sandbox.setFaults([{ when: { key: '(' }, fault: 'slow' }])).toThrow('Invalid');
});
