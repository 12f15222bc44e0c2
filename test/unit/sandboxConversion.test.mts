import axios from 'axios';
import { belgianPayout } from '../support/belgianPayout.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';

interface Payout {
	status: string;
	amount_details: object;
	refunds?: { amount_details: object }[];
}

const USD = { amount: 10_000, currency: 'usd' };
const RUB = { amount: 800_000, currency: 'rub' };

const context = useWebhookSandbox();

beforeEach(() => {
	context.sandbox.changeSettings({
		autoConfirm: false,
		conversion: { from: 'usd', to: 'rub', rate: 80 },
		balances: { usd: 50_000, rub: 0 },
	});
});

const payoutIn = (json: unknown) =>
	(json as { session: { payments: [Payout] } }).session.payments[0];
const init = async (order = belgianPayout({ amount: 10_000 })) =>
	payoutIn((await context.partner.post('v1/session/init/payout', order)).json);
const lookUp = async () =>
	payoutIn((await context.partner.post('v1/session/status', { session_id: 'ps_1' })).json);
const webhook = async (number: number) => {
	const received = await context.receiver.waitFor(number);
	return payoutIn(JSON.parse(String(received[number - 1]?.bytes)));
};

test('shows a payout in the other currency from ready_to_confirm on, and counts what was ordered', async () => {
	const { partner, sandbox } = context;
	sandbox.changeSettings({ processingMs: 60 });
	expect((await init()).amount_details).toEqual(USD);
	expect(await webhook(1)).toMatchObject({ status: 'pending', amount_details: RUB });
	await partner.post('v1/session/confirm', { session_id: 'ps_1' });
	expect(await webhook(2)).toMatchObject({ status: 'succeeded', amount_details: RUB });
	sandbox.returnPayout('po_1', 2_500);
	const refunds = [{ amount_details: { amount: 200_000, currency: 'rub' } }];
	expect(await webhook(3)).toMatchObject({ amount_details: RUB, refunds });
	expect(await lookUp()).toMatchObject({ amount_details: RUB, refunds });
	expect(sandbox.books.totals()).toEqual({
		usd: { accepted: 1, paid: 1, paidAmount: 10_000, returnedAmount: 2_500 },
	});
	const { json } = await partner.post('v1/wallet/balance', {
		request_datetime: '2024-04-10T19:53:00Z',
	});
	expect(json?.wallets).toEqual(
		expect.arrayContaining([
			{ id: expect.any(String) as string, amount_details: { amount: 42_500, currency: 'usd' } },
			{ id: expect.any(String) as string, amount_details: { amount: 0, currency: 'rub' } },
		]),
	);
});

test('keeps the rate of a converted payout, and leaves other currencies as they are', async () => {
	const { receiver, sandbox } = context;
	await init();
	await receiver.waitFor(1);
	await init(belgianPayout({ amount: 10_000, currency: 'eur' }));
	expect(await webhook(2)).toMatchObject({ amount_details: { amount: 10_000, currency: 'eur' } });
	const settings = { conversion: { from: 'USD', to: 'TRY', rate: 40.125 } };
	const { data } = await axios.post(`${sandbox.url}/sandbox/settings`, settings, { proxy: false });
	expect(data).toMatchObject(settings);
	expect((await lookUp()).amount_details).toEqual(RUB);
	await init();
	expect(await webhook(3)).toMatchObject({ amount_details: { amount: 401_250, currency: 'try' } });
	sandbox.changeSettings({ conversion: null });
	await init();
	expect(await webhook(4)).toMatchObject({ amount_details: USD });
});
