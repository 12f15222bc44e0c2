import axios from 'axios';
import { Clock } from '../../sandbox/clock.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';

interface Payout {
	status: string;
	finished_at: string;
	error?: { code: string };
	refunds?: { created_at: string; finished_at: string; amount_details: { amount: number } }[];
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const context = useWebhookSandbox();

const admin = axios.create({ proxy: false, validateStatus: () => true });
const change = (path: string, body: object) =>
	admin.post(`${context.sandbox.url}/sandbox${path}`, body);
const forward = (forwardDays: number) => change('/clock', { forwardDays });

async function payout(sessionId = 'ps_1'): Promise<Payout> {
	const { json } = await context.partner.post('v1/session/status', { session_id: sessionId });
	return (json as { session: { payments: [Payout] } }).session.payments[0];
}

const returnedAmounts = async () =>
	(await payout()).refunds?.map(({ amount_details }) => amount_details.amount) ?? [];

/** How many whole hours a date of the API is ahead of now. */
const hoursAhead = (date = '') => Math.round((Date.parse(date) - Date.now()) / HOUR_MS);

test('returns a payout days later, with that date, and reports it by webhook', async () => {
	const { receiver } = context;
	await context.pay();
	await receiver.waitFor(1);
	const later = { action: 'return', amount: 400, afterDays: 5 };
	expect((await change('/payouts/po_1', later)).status).toBe(200);
	await forward(4.5);
	expect(await returnedAmounts()).toEqual([]);
	const { data } = await forward(3.5);
	expect(hoursAhead(data.now)).toBe(8 * 24);
	expect(await returnedAmounts()).toEqual([400]);
	const [refund] = (await payout()).refunds ?? [];
	expect([hoursAhead(refund?.created_at), hoursAhead(refund?.finished_at)]).toEqual([120, 120]);
	const [, webhook] = await receiver.waitFor(2);
	expect(JSON.parse(String(webhook?.bytes))).toMatchObject({
		type: 'payment_refunded',
		session: { payments: [{ refunds: [{ finished_at: refund?.finished_at }] }] },
	});
	expect(context.sandbox.books.totals().usd).toMatchObject({ paid: 1, returnedAmount: 400 });
});

test('returns later no more than is left by then', async () => {
	const { receiver, sandbox } = context;
	await context.pay();
	await receiver.waitFor(1);
	for (const days of [3, 4]) sandbox.returnPayout('po_1', 900, days);
	sandbox.returnPayout('po_1', 250);
	sandbox.forwardClock(7);
	expect(await returnedAmounts()).toEqual([250, 750]);
	const later = { action: 'return', afterDays: 1 };
	expect((await change('/payouts/po_1', later)).data.message).toContain('0 of it can be returned');
});

test('cancels at its time what nobody confirms while the clock moves, and nothing after a reset', async () => {
	const { sandbox } = context;
	sandbox.changeSettings({ autoConfirm: false, processingMs: 60_000 });
	await context.pay();
	sandbox.forwardClock(1);
	const { status, error, finished_at } = await payout();
	expect([status, error?.code]).toEqual(['failed', 'confirm_timeout']);
	expect(hoursAhead(finished_at)).toBe(4);
	await context.pay('INV-2');
	sandbox.reset();
	await context.pay('INV-3');
	sandbox.forwardClock(0.1);
	expect(sandbox.books.payouts()).toMatchObject([{ reference: 'INV-3', status: 'pending' }]);
	sandbox.reset();
	expect(hoursAhead((await forward(1)).data.now)).toBe(24);
});

test('waits longer than a timer of Node.js can, and keeps to a changed speed meanwhile', () => {
	jest.useFakeTimers();
	try {
		const clock = new Clock();
		const done: string[] = [];
		clock.after(60 * DAY_MS, () => done.push('later'));
		clock.after(40 * DAY_MS, () => done.push('sooner'));
		jest.advanceTimersByTime(39 * DAY_MS);
		expect(done).toEqual([]);
		jest.advanceTimersByTime(DAY_MS);
		expect(done).toEqual(['sooner']);
		clock.setSpeed(10);
		jest.advanceTimersByTime(1.9 * DAY_MS);
		expect(done).toEqual(['sooner']);
		jest.advanceTimersByTime(0.1 * DAY_MS);
		expect(done).toEqual(['sooner', 'later']);
	} finally {
		jest.useRealTimers();
	}
});

test.each([0, -1, 5000])('does not move the clock by %d days', async (days) => {
	const { status, data } = await forward(days);
	expect([status, data.message]).toEqual([400, expect.stringContaining('forwardDays')]);
});
