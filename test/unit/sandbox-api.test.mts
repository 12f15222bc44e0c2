import { belgianOrder, joinAsMerchant, type Merchant } from '../../sandbox/merchant.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
let shop: Merchant;

beforeAll(async () => {
	sandbox = await startSandbox({ balances: { usd: 100_000, eur: 5_000 } });
	shop = await joinAsMerchant(sandbox);
});

afterAll(() => sandbox.stop());

beforeEach(() => sandbox.reset());

const isoMicroseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const repeated = {
	status: 'error',
	error: {
		code: 'idempotency_key_already_exists',
		description: 'already in progress or processed',
	},
};

function refusal(code: string, description?: unknown) {
	return { status: 'error', error: { code, ...(description !== undefined && { description }) } };
}

test('answers a payout order with the session and the payout of the reference', async () => {
	const order: Record<string, unknown> = {
		...belgianOrder(),
		customer: { reference: 'user123' },
	};
	const reply = await shop.post('v1/session/init/payout', order, { key: 'INV-1' });
	expect(reply.status).toBe(200);
	expect(reply.headers['content-type']).toContain('application/json');
	expect(reply.json).toEqual({
		status: 'ok',
		session: {
			id: 'ps_1',
			status: 'in_progress',
			created_at: expect.stringMatching(isoMicroseconds),
			updated_at: expect.stringMatching(isoMicroseconds),
			payments: [
				{
					id: 'po_1',
					status: 'in_progress',
					created_at: expect.stringMatching(isoMicroseconds),
					customer: { reference: 'user123' },
					payment_method: order.payment_method,
					amount_details: { amount: 1000, currency: 'usd' },
					participant_details: order.participant_details,
					metadata: 'INV-1',
				},
			],
		},
	});
});

test('uses the names of v2 in v2', async () => {
	const reply = await shop.post('v2/session/init/payout', belgianOrder({ version: 'v2' }));
	expect(reply.json).toMatchObject({
		session: { payout_list: [{ payout_details: { type: 'bank_account' } }] },
	});
	expect(reply.text).not.toMatch(/"payments"|"payment_method"/);
	const status = await shop.post('v1/session/status', { session_id: 'ps_1' });
	expect(status.json).toMatchObject({
		session: { payments: [{ payment_method: { type: 'bank_account' } }] },
	});
});

test.each([
	['v1', 'v2', 'payment_method is required. payout_details is not a name of this version'],
	['v2', 'v1', 'payout_details is required. payment_method is not a name of this version'],
] as const)('refuses in %s the names of %s', async (path, version, description) => {
	const reply = await shop.post(`${path}/session/init/payout`, belgianOrder({ version }));
	expect(reply.json).toMatchObject(
		refusal('invalid_request', expect.stringContaining(description)),
	);
});

test('refuses a repeated key and pays once, whether the body is the same or not', async () => {
	const first = await shop.post('v1/session/init/payout', belgianOrder(), { key: 'INV-1' });
	const same = await shop.post('v1/session/init/payout', belgianOrder(), { key: 'INV-1' });
	const other = await shop.post('v2/session/init/payout', { anything: 1 }, { key: 'INV-1' });
	expect(first.status).toBe(200);
	for (const reply of [same, other]) {
		expect(reply.status).toBe(400);
		expect(reply.json).toEqual(repeated);
	}
	expect(sandbox.books.acceptedTimes('INV-1')).toBe(1);
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
	expect(sandbox.books.paidAmount('INV-1')).toBe(1000);
});

test('refuses a repeated key while the first request is still in progress', async () => {
	sandbox.changeSettings({ latencyMs: 100 });
	const replies = await Promise.all(
		Array.from({ length: 5 }, () =>
			shop.post('v1/session/init/payout', belgianOrder(), { key: 'INV-1' }),
		),
	);
	sandbox.changeSettings({ latencyMs: 0 });
	expect(replies.map((reply) => reply.status).sort()).toEqual([200, 400, 400, 400, 400]);
	expect(sandbox.books.paidTimes('INV-1')).toBe(1);
});

test('keeps the keys of projects apart', async () => {
	const other = await joinAsMerchant(sandbox, 'other');
	const order = belgianOrder({ reference: 'INV-7' });
	await shop.post('v1/session/init/payout', order, { key: 'K' });
	const reply = await other.post('v1/session/init/payout', order, { key: 'K' });
	expect(reply.status).toBe(200);
	const foreign = await other.post('v1/session/status', { session_id: 'ps_1' });
	expect(foreign.json).toMatchObject(
		refusal('invalid_request', 'session_id: there is no session ps_1.'),
	);
});

test('does not use up the key of a request that was refused', async () => {
	const send = (order: object, headers = {}) =>
		shop.post('v1/session/init/payout', order, { key: 'INV-1', headers });
	const invalid = await send(belgianOrder({ amount: 0 }));
	const unsigned = await send(belgianOrder(), { 'X-PARTNER-SIGN': undefined });
	const tooMuch = await send(belgianOrder({ amount: 100_001 }));
	expect([invalid, unsigned, tooMuch].map((reply) => reply.json)).toMatchObject([
		refusal('invalid_request'),
		refusal('authentication_error'),
		refusal('insufficient_wallet_balance'),
	]);
	const good = await send(belgianOrder());
	expect(good.status).toBe(200);
	expect(sandbox.books.acceptedTimes('INV-1')).toBe(1);
});

test('accepts orders without a key, each one as a payout of its own', async () => {
	await shop.post('v1/session/init/payout', belgianOrder());
	await shop.post('v1/session/init/payout', belgianOrder());
	expect(sandbox.books.paidTimes('INV-1')).toBe(2);
	expect(sandbox.books.paidAmount('INV-1')).toBe(2000);
});

test('takes payouts from the balance of the order’s currency until it is used up', async () => {
	const moment = { request_datetime: '2024-04-10T19:53:00+03:00' };
	await shop.post('v1/session/init/payout', belgianOrder({ amount: 4_000, currency: 'EUR' }));
	const balance = await shop.post('v1/wallet/balance', moment);
	expect(balance.json).toEqual({
		status: 'ok',
		wallets: [
			{ id: '310', amount_details: { amount: 100_000, currency: 'usd' } },
			{ id: '311', amount_details: { amount: 1_000, currency: 'eur' } },
		],
	});
	for (const order of [
		belgianOrder({ amount: 1_001, currency: 'eur' }),
		belgianOrder({ amount: 1, currency: 'gbp' }),
	]) {
		const reply = await shop.post('v1/session/init/payout', order);
		expect(reply.json).toMatchObject(refusal('insufficient_wallet_balance'));
	}
	expect(sandbox.books.totals()).toEqual({
		eur: { accepted: 1, paid: 1, paidAmount: 4_000, returnedAmount: 0 },
	});
});

test('answers the balance in v1 only and asks for the moment', async () => {
	const v2 = await shop.post('v2/wallet/balance', { request_datetime: new Date().toISOString() });
	const without = await shop.post('v1/wallet/balance', {});
	const local = await shop.post('v1/wallet/balance', { request_datetime: '2024-04-10T19:53:00' });
	expect(v2.status).toBe(404);
	expect(without.json).toEqual(refusal('invalid_request', 'request_datetime is required.'));
	expect(local.json).toMatchObject(
		refusal('invalid_request', expect.stringContaining('request_datetime must match format')),
	);
});

test.each([
	['an amount as text', { amount: '1000' }, 'amount_details.amount must be integer.'],
	['an amount of zero', { amount: 0 }, 'amount_details.amount must be >= 1.'],
	['a negative amount', { amount: -5 }, 'amount_details.amount must be >= 1.'],
	['a fraction', { amount: 10.5 }, 'amount_details.amount must be integer.'],
	['an unknown kind of currency', { currency: 'dollar' }, 'amount_details.currency must match'],
	['metadata that is a list', { reference: ['INV-1'] }, 'metadata must be string,integer,object.'],
])('refuses %s and names the JSON path', async (_name, difference, description) => {
	const reply = await shop.post('v1/session/init/payout', belgianOrder(difference));
	expect(reply.json).toMatchObject(
		refusal('invalid_request', expect.stringContaining(description)),
	);
	expect(sandbox.books.payouts()).toEqual([]);
});

test('tolerates fields that it does not know', async () => {
	const order = { ...belgianOrder(), payment_options: { any: 1 }, something_new: true };
	expect((await shop.post('v1/session/init/payout', order)).status).toBe(200);
});

test('refuses bodies that are not a JSON object or not said to be JSON', async () => {
	const list = await shop.post('v1/session/init/payout', []);
	const empty = await shop.post('v1/session/init/payout', Buffer.alloc(0));
	const plain = await shop.post('v1/session/init/payout', belgianOrder(), {
		headers: { 'Content-Type': 'text/plain' },
	});
	expect([list, empty, plain].map((reply) => reply.json)).toEqual([
		refusal('invalid_request', 'The body must be object.'),
		refusal('invalid_request', 'The body is not valid JSON.'),
		refusal('invalid_request', 'The Content-Type must be application/json.'),
	]);
});

test.each([
	['a text', 'INV-9', 'INV-9'],
	['an object', { reference: 'INV-9', batch: 4 }, 'INV-9'],
	['a number', 9, null],
])('finds the reference in metadata that is %s', async (_name, reference, found) => {
	const reply = await shop.post('v1/session/init/payout', belgianOrder({ reference }));
	expect(reply.json).toMatchObject({ session: { payments: [{ metadata: reference }] } });
	expect(sandbox.books.payouts()[0]?.reference).toBe(found);
});
