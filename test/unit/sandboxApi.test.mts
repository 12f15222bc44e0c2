import { belgianPayout } from '../support/belgianPayout.mts';
import type { PostOptions } from '../support/partner.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

const context = usePartnerSandbox({ balances: { usd: 100_000, eur: 5_000 } });

const init = (order: object | Buffer, options?: PostOptions) =>
	context.partner.post('v1/session/init/payout', order, options);

const ISO_MICROSECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

function rejection(code: string, description?: unknown) {
	return { status: 'error', error: { code, ...(description !== undefined && { description }) } };
}

test('responds to an order with the session and the payout that the reference shows', async () => {
	const order: Record<string, unknown> = {
		...belgianPayout(),
		customer: { reference: 'user123' },
	};
	const response = await init(order, { key: 'INV-1' });
	expect(response.status).toBe(200);
	expect(response.headers['content-type']).toContain('application/json');
	expect(response.json).toEqual({
		status: 'ok',
		session: {
			id: 'ps_1',
			status: 'in_progress',
			created_at: expect.stringMatching(ISO_MICROSECONDS),
			updated_at: expect.stringMatching(ISO_MICROSECONDS),
			payments: [
				{
					id: 'po_1',
					status: 'in_progress',
					created_at: expect.stringMatching(ISO_MICROSECONDS),
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
	const response = await context.partner.post(
		'v2/session/init/payout',
		belgianPayout({ version: 'v2' }),
	);
	expect(response.json).toMatchObject({
		session: { payout_list: [{ payout_details: { type: 'bank_account' } }] },
	});
	expect(response.text).not.toMatch(/"payments"|"payment_method"/);
	const status = await context.partner.post('v1/session/status', { session_id: 'ps_1' });
	expect(status.json).toMatchObject({
		session: { payments: [{ payment_method: { type: 'bank_account' } }] },
	});
});

test.each([
	['v1', 'v2', 'payment_method is required. payout_details is not a name of this version'],
	['v2', 'v1', 'payout_details is required. payment_method is not a name of this version'],
] as const)('rejects in %s the names of %s', async (path, version, description) => {
	const response = await context.partner.post(
		`${path}/session/init/payout`,
		belgianPayout({ version }),
	);
	expect(response.json).toMatchObject(
		rejection('invalid_request', expect.stringContaining(description)),
	);
});

test('rejects a used key and pays once, whether the body is the same or not', async () => {
	const options = { key: 'INV-1' };
	expect((await init(belgianPayout(), options)).status).toBe(200);
	const same = await init(belgianPayout(), options);
	const other = await context.partner.post('v2/session/init/payout', { anything: 1 }, options);
	for (const { status, json } of [same, other]) {
		expect([status, json]).toEqual([
			400,
			rejection('idempotency_key_already_exists', 'already in progress or processed'),
		]);
	}
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(1);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
	expect(context.sandbox.books.paidAmount('INV-1')).toBe(1000);
});

test('rejects a used key while the first request is still in progress', async () => {
	context.sandbox.changeSettings({ latencyMs: 100 });
	const responses = await Promise.all(
		Array.from({ length: 5 }, () => init(belgianPayout(), { key: 'INV-1' })),
	);
	context.sandbox.changeSettings({ latencyMs: 0 });
	expect(responses.map((response) => response.status).sort()).toEqual([200, 400, 400, 400, 400]);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
});

test('does not use up the key of a request that was rejected', async () => {
	const send = (order: object, headers = {}) => init(order, { key: 'INV-1', headers });
	const invalid = await send(belgianPayout({ amount: 0 }));
	const unsigned = await send(belgianPayout(), { 'X-PARTNER-SIGN': undefined });
	const tooMuch = await send(belgianPayout({ amount: 100_001 }));
	expect([invalid, unsigned, tooMuch].map((response) => response.json)).toMatchObject([
		rejection('invalid_request'),
		rejection('authentication_error'),
		rejection('insufficient_wallet_balance'),
	]);
	const good = await send(belgianPayout());
	expect(good.status).toBe(200);
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(1);
});

test('accepts orders without a key, each one as a payout of its own', async () => {
	await init(belgianPayout());
	await init(belgianPayout());
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(2);
	expect(context.sandbox.books.paidAmount('INV-1')).toBe(2000);
});

test('takes payouts from the balance in their currency until it is used up', async () => {
	const moment = { request_datetime: '2024-04-10T19:53:00+03:00' };
	await init(belgianPayout({ amount: 4_000, currency: 'EUR' }));
	const balance = await context.partner.post('v1/wallet/balance', moment);
	expect(balance.json).toEqual({
		status: 'ok',
		wallets: [
			{ id: '310', amount_details: { amount: 100_000, currency: 'usd' } },
			{ id: '311', amount_details: { amount: 1_000, currency: 'eur' } },
		],
	});
	for (const [amount, currency] of [
		[1_001, 'eur'],
		[1, 'gbp'],
	] as const) {
		const { json } = await init(belgianPayout({ amount, currency }));
		expect(json).toMatchObject(rejection('insufficient_wallet_balance'));
	}
	expect(context.sandbox.books.totals()).toEqual({
		eur: { accepted: 1, paid: 1, paidAmount: 4_000, returnedAmount: 0 },
	});
});

test.each([
	['an amount as text', { amount: '1000' }, 'amount_details.amount must be integer.'],
	['an amount of zero', { amount: 0 }, 'amount_details.amount must be >= 1.'],
	['a negative amount', { amount: -5 }, 'amount_details.amount must be >= 1.'],
	['a fraction', { amount: 10.5 }, 'amount_details.amount must be integer.'],
	['an unknown kind of currency', { currency: 'dollar' }, 'amount_details.currency must match'],
	['metadata that is a list', { reference: ['INV-1'] }, 'metadata must be string,integer,object.'],
])('rejects %s and names the JSON path', async (_name, difference, description) => {
	const response = await init(belgianPayout(difference));
	expect(response.json).toMatchObject(
		rejection('invalid_request', expect.stringContaining(description)),
	);
	expect(context.sandbox.books.payouts()).toEqual([]);
});

test.each([
	['text', 'INV-9', 'INV-9'],
	['an object', { reference: 'INV-9', batch: 4 }, 'INV-9'],
	['a number', 9, null],
])('finds the reference in metadata that is %s', async (_name, reference, found) => {
	const response = await init(belgianPayout({ reference }));
	expect(response.json).toMatchObject({ session: { payments: [{ metadata: reference }] } });
	expect(context.sandbox.books.payouts()[0]?.reference).toBe(found);
});
