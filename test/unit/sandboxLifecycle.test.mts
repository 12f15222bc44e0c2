import { belgianPayout } from '../support/belgianPayout.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

interface SessionView {
	status: string;
	next_action?: string;
	error?: { code: string };
	payments?: {
		status: string;
		error?: { code: string };
		refunds?: { id: string; amount_details: object }[];
	}[];
}

const QUICK = { processingMs: 5, confirmWindowMs: 60_000, autoConfirm: false };

const context = usePartnerSandbox({ balances: { usd: 10_000 } }, QUICK);

async function call(method: string, body: object = { session_id: 'ps_1' }, key?: string) {
	const response = await context.partner.post(`v1/${method}`, body, { key });
	return (response.json?.session ?? response.json) as SessionView;
}

const init = (reference = 'INV-1') =>
	call('session/init/payout', belgianPayout({ reference }), reference);

async function sessionWith(expected: object): Promise<SessionView> {
	const deadline = Date.now() + 5_000;
	for (;;) {
		const session = await call('session/status');
		try {
			expect(session).toMatchObject(expected);
			return session;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}
}

const AWAITING_CONFIRMATION = {
	status: 'in_progress',
	next_action: 'confirm',
	payments: [{ status: 'pending' }],
};

async function balance() {
	const response = await context.partner.post('v1/wallet/balance', {
		request_datetime: '2024-04-10T19:53:00Z',
	});
	const [wallet] = response.json?.wallets as { amount_details: { amount: number } }[];
	return wallet?.amount_details.amount;
}

test('takes a payout from its order through the confirmation to its success', async () => {
	expect(await init()).toMatchObject({
		status: 'in_progress',
		payments: [{ status: 'in_progress' }],
	});
	await sessionWith(AWAITING_CONFIRMATION);
	const confirmed = await call('session/confirm');
	expect(confirmed).toMatchObject({ status: 'in_progress', payments: [{ status: 'pending' }] });
	expect(confirmed).not.toHaveProperty('next_action');
	const done = await sessionWith({ status: 'accepted', payments: [{ status: 'succeeded' }] });
	expect(done).not.toHaveProperty('error');
	expect(context.sandbox.books.payouts()).toMatchObject([
		{ status: 'succeeded', idempotencyKey: 'INV-1' },
	]);
});

test('cancels a payout that awaits confirmation and puts the money back', async () => {
	await init();
	await sessionWith(AWAITING_CONFIRMATION);
	expect(await balance()).toBe(9_000);
	expect(await call('session/cancel')).toMatchObject({
		status: 'in_progress',
		payments: [{ status: 'pending' }],
	});
	const error = { code: 'session_cancelled_by_partner' };
	await sessionWith({ status: 'cancelled', error, payments: [{ status: 'failed', error }] });
	expect(await balance()).toBe(10_000);
	expect(context.sandbox.books.acceptedTimes('INV-1')).toBe(1);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(0);
	expect(context.sandbox.books.paidAmount('INV-1')).toBe(0);
});

test('cancels a payout that was not confirmed in time', async () => {
	context.sandbox.changeSettings({ confirmWindowMs: 30 });
	await init();
	const error = { code: 'confirm_timeout' };
	await sessionWith({ status: 'cancelled', error, payments: [{ status: 'failed', error }] });
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(0);
	expect(await call('session/confirm')).toMatchObject({ error: { code: 'session_wrong_state' } });
});

test.each(['session/confirm', 'session/cancel'])(
	'rejects %s before the payout awaits it, after the decision and after the end',
	async (method) => {
		const wrongState = { status: 'error', error: { code: 'session_wrong_state' } };
		context.sandbox.changeSettings({ processingMs: 300 });
		await init();
		expect(await call(method)).toMatchObject(wrongState);
		context.sandbox.changeSettings(QUICK);
		await sessionWith(AWAITING_CONFIRMATION);
		await call('session/confirm');
		expect(await call(method)).toMatchObject(wrongState);
		await sessionWith({ status: 'accepted' });
		expect(await call(method)).toMatchObject(wrongState);
		expect(context.sandbox.books.paidTimes('INV-1')).toBe(1);
	},
);

test('keeps several payouts in one session and ends it with the last of them', async () => {
	await init();
	await call('session/start/payout', { session_id: 'ps_1', metadata: 'INV-2' }, 'INV-2');
	await sessionWith({
		...AWAITING_CONFIRMATION,
		payments: [{ status: 'pending' }, { status: 'pending' }],
	});
	context.sandbox.failPayout('po_2');
	expect(await call('session/status')).toMatchObject({
		...AWAITING_CONFIRMATION,
		payments: [{ status: 'pending' }, { status: 'failed' }],
	});
	await call('session/confirm');
	await sessionWith({
		status: 'accepted',
		payments: [{ status: 'succeeded' }, { status: 'failed' }],
	});
	expect(context.sandbox.books.totals().usd).toMatchObject({
		accepted: 2,
		paid: 1,
		paidAmount: 1_000,
	});
});

test('fails a payout with the given reason and session status', async () => {
	await init();
	const code = 'declined_by_issuer_bank';
	context.sandbox.failPayout('po_1', { code, sessionStatus: 'error' });
	const failed = {
		status: 'error',
		error: { code },
		payments: [{ status: 'failed', error: { code } }],
	};
	expect(await call('session/status')).toMatchObject(failed);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(0);
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(await call('session/status')).toMatchObject(failed);
	expect(() => context.sandbox.failPayout('po_1')).toThrow('is already final');
});

test('returns a payout in parts, but never more than was paid', async () => {
	await init();
	expect(() => context.sandbox.returnPayout('po_1')).toThrow('and 0 of it can be returned');
	await sessionWith(AWAITING_CONFIRMATION);
	await call('session/confirm');
	await sessionWith({ status: 'accepted' });
	context.sandbox.returnPayout('po_1', 400);
	expect(() => context.sandbox.returnPayout('po_1', 601)).toThrow('600 of it can be returned');
	context.sandbox.returnPayout('po_1');
	const { payments } = await call('session/status');
	expect(payments).toMatchObject([
		{
			status: 'succeeded',
			refunds: [
				{ id: 'rf_1', status: 'accepted', amount_details: { amount: 400, currency: 'usd' } },
				{ id: 'rf_2', status: 'accepted', amount_details: { amount: 600, currency: 'usd' } },
			],
		},
	]);
	expect(await balance()).toBe(10_000);
	expect(context.sandbox.books.totals().usd).toMatchObject({ paid: 1, returnedAmount: 1_000 });
	expect(() => context.sandbox.returnPayout('po_1')).toThrow('0 of it can be returned');
});

test('rejects a session that does not exist', async () => {
	for (const method of ['status', 'confirm', 'cancel', 'start/payout']) {
		expect(await call(`session/${method}`, { session_id: 'ps_99' })).toMatchObject({
			error: { code: 'invalid_request', description: 'session_id: there is no session ps_99.' },
		});
	}
});
