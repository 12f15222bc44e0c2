import axios from 'axios';
import { OPENAPI } from '../../sandbox/openapi/document.mts';
import { validationErrors } from '../../sandbox/openapi/validation.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import { addPartner } from '../support/partner.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

const context = usePartnerSandbox(
	{ keepRequests: 3 },
	{ autoConfirm: false, processingMs: 60_000 },
);

const admin = axios.create({ proxy: false, validateStatus: () => true });
const read = async (path: string) =>
	(await admin.get(`${context.sandbox.url}/sandbox${path}`)).data;
const change = (path: string, body?: object) =>
	admin.post(`${context.sandbox.url}/sandbox${path}`, body);
const init = (reference: string) =>
	context.partner.post('v1/session/init/payout', belgianPayout({ reference }), { key: reference });

test('keeps only the latest requests, and counts all of them', async () => {
	for (const reference of ['1', '2', '3', '4', '1']) await init(reference);
	expect(context.sandbox.requests().map((request) => request.number)).toEqual([3, 4, 5]);
	expect(context.sandbox.counters()).toEqual({
		received: 5,
		signatureValid: 5,
		outcomes: { ok: 4, idempotency_key_already_exists: 1 },
		faults: {},
	});
	expect(context.sandbox.books.payouts()).toHaveLength(4);
});

test('sets faults, settings and balances, and forgets faults and payouts at a reset', async () => {
	const rules = [{ when: { nth: 1 }, fault: { type: 'status_429', retryAfter: 3 } }];
	expect((await change('/faults', { rules })).status).toBe(200);
	expect((await init('INV-1')).headers['retry-after']).toBe('3');
	const settings = await change('/settings', { latencyMs: 1, balances: { usd: 10 } });
	expect(settings.data).toMatchObject({ latencyMs: 1, autoConfirm: false });
	expect((await init('INV-1')).json).toMatchObject({
		error: { code: 'insufficient_wallet_balance' },
	});
	await change('/settings', { latencyMs: 0 });
	expect((await change('/reset')).status).toBe(200);
	expect(context.sandbox.requests()).toEqual([]);
	expect((await init('INV-1')).status).toBe(200);
});

test.each<[path: string, body: object]>([
	['/faults', { rules: [{ fault: 'status_418' }] }],
	['/faults', { rules: [{ fault: { type: 'error' } }] }],
	['/faults', { rules: [{ fault: { type: 'contradict', about: 'weather' } }] }],
	['/faults', { rules: [{ fault: { type: 'status_401', ms: 5 } }] }],
	['/faults', { rules: [{ when: { key: '(' }, fault: 'slow' }] }],
	['/settings', { latency: 5 }],
	['/settings', { balances: { usd: '5' } }],
	['/settings', { webhookUrl: 'n8n' }],
	['/settings', { clockSpeed: 0 }],
])('rejects at %s the body %j and says why', async (path, body) => {
	const response = await change(path, body);
	expect(response.status).toBe(400);
	expect(response.data.message).toEqual(expect.any(String));
});

test('fails and returns payouts over HTTP', async () => {
	await init('INV-1');
	const failure = { action: 'fail', code: 'account_not_found' };
	expect((await change('/payouts/po_1', failure)).status).toBe(200);
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(0);
	expect((await change('/payouts/po_1', { action: 'return' })).data.message).toContain('is failed');
	expect((await change('/payouts/po_9', { action: 'fail' })).status).toBe(400);
});

test('shows the books over HTTP as in the process, whatever faults there are', async () => {
	await init('INV/1 ä');
	context.sandbox.setFaults([{ fault: 'status_403' }]);
	expect(await read('/books')).toEqual({
		totals: context.sandbox.books.totals(),
		counters: context.sandbox.counters(),
		keys: { 'INV/1 ä': { accepted: 1, paid: 1, paidAmount: 1000 } },
		payouts: context.sandbox.books.payouts(),
	});
	expect(context.sandbox.counters().received).toBe(1);
});

test('serves an OpenAPI document in which every reference leads somewhere', async () => {
	expect(await read('/openapi.json')).toEqual(JSON.parse(JSON.stringify(OPENAPI)));
	const references = JSON.stringify(OPENAPI).match(/#\/components\/schemas\/\w+/g) ?? [];
	const names = Object.keys(OPENAPI.components.schemas);
	for (const reference of references) {
		expect(names).toContain(reference.replace('#/components/schemas/', ''));
	}
	for (const name of names) expect(() => validationErrors(name, {})).not.toThrow();
});

test('responds with 500 and reports a bug when its own response is not valid', async () => {
	const lines: string[] = [];
	const broken = await startSandbox({ balances: { usd: -1 }, log: (line) => lines.push(line) });
	const other = await addPartner(broken);
	const response = await other.post('v1/wallet/balance', {
		request_datetime: '2024-04-10T19:53:00Z',
	});
	await broken.stop();
	expect(response.status).toBe(500);
	expect(response.json).toMatchObject({ error: { code: 'internal_error' } });
	expect(lines.join('\n')).toContain('BUG IN THE SANDBOX: the response to wallet/balance');
});
