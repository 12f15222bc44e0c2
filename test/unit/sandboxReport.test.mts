import axios from 'axios';
import { addPartner } from '../support/partner.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { cardPayout } from '../support/cardPayout.mts';
import { useWebhookSandbox } from '../support/webhookSandbox.mts';

const HEADER =
	'operationId,transactionDate,finishedAt,typeOfPayment,paymentFast,paymentSessionId,paymentSessionMerchantMetadata,paymentMethodIdentity,product,grossLocalAmount,paymentLocalAmount,feesLocalAmount,Currency amount,Currency fee,RRN';

const context = useWebhookSandbox();

const admin = axios.create({ proxy: false, validateStatus: () => true });
const download = (query = '') =>
	admin.get<string>(`${context.sandbox.url}/sandbox/report.csv${query}`);
const today = () => new Date().toISOString().slice(0, 10);

/** The lines below the header, with a placeholder for their dates. */
const linesOf = (csv: string) => {
	const [header, ...lines] = csv.split('\r\n');
	expect([header, lines.pop()]).toEqual([HEADER, '']);
	return lines.map((line) => line.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'));
};

const send = async (order: object, number: number) => {
	await context.partner.post('v1/session/init/payout', order);
	await context.receiver.waitFor(number);
};

test('has a line for each payout that was paid that day and for each return', async () => {
	const { sandbox } = context;
	await send(belgianPayout({ amount: 123_456 }), 1);
	await send(cardPayout('4242424242424242'), 2);
	sandbox.changeSettings({ autoConfirm: false });
	await send(belgianPayout({ reference: 'failed' }), 3);
	sandbox.failPayout('po_3');
	await send(belgianPayout({ reference: 'only accepted' }), 5);
	sandbox.returnPayout('po_1', 50);
	sandbox.returnPayout('po_1', 5);
	expect(linesOf(sandbox.report())).toEqual([
		'po_1,TIME,TIME,Advice,0,ps_1,INV-1,****7034,bank_account,1234.56,1234.56,0.00,USD,USD,',
		'po_2,TIME,TIME,Advice,0,ps_2,"{""reference"":""CARD-1""}",****4242,card,32.90,32.90,0.00,EUR,EUR,',
		'po_1,TIME,TIME,Refund,0,ps_1,INV-1,****7034,bank_account,0.50,0.50,0.00,USD,USD,',
		'po_1,TIME,TIME,Refund,0,ps_1,INV-1,****7034,bank_account,0.05,0.05,0.00,USD,USD,',
	]);
	expect(sandbox.report(today())).toBe(sandbox.report());
	expect(linesOf(sandbox.report('2026-02-28'))).toEqual([]);
});

test('quotes metadata with commas, quotes and line ends, and leaves it as it is', async () => {
	const reference = '=1+1, "two"\r\nlines';
	await send(belgianPayout({ reference }), 1);
	expect(context.sandbox.report()).toContain(',ps_1,"=1+1, ""two""\r\nlines",****7034,');
	await send(belgianPayout({ reference: 42 }), 2);
	expect(context.sandbox.report()).toContain(',ps_2,42,****7034,');
});

test('is a file to download, for one project and one day', async () => {
	const { sandbox } = context;
	const other = await addPartner(sandbox, 'other "shop"');
	await send(belgianPayout(), 1);
	await other.post('v1/session/init/payout', belgianPayout({ reference: 'THEIRS' }));
	await context.receiver.waitFor(2);
	const { data, headers } = await download();
	expect(headers).toMatchObject({
		'content-type': 'text/csv; charset=utf-8',
		'content-disposition': `attachment; filename="partner_${today()}_${today()}.csv"`,
	});
	expect(data).toBe(sandbox.report());
	expect(data).not.toContain('THEIRS');
	const theirs = await download('?date=2026-02-28&project=other%20%22shop%22');
	expect(theirs.headers['content-disposition']).toContain(
		'"other__shop__2026-02-28_2026-02-28.csv"',
	);
	expect(linesOf((await download('?project=other%20%22shop%22')).data)).toHaveLength(1);
	expect((await download('?date=2026-02-30')).status).toBe(400);
	expect((await download('?day=2026-02-28')).status).toBe(400);
	expect((await download('?project=nobody')).data).toEqual({
		message: 'There is no project nobody.',
	});
});
