import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { createSend } from '../../nodes/api/send';
import { BatchQueue } from '../../nodes/SmartGlocal/batch/send/requestQueue';
import { automatic, openAccount, turkishRows } from '../support/account.mts';
import type { Account } from '../support/account.mts';
import { executeContext, runNode } from '../support/engine.mts';

/** What the server says, by the end of the path. */
type Responses = Readonly<Record<string, { status?: number; body: unknown }>>;

let account: Account;
let server: Server;
let responses: Responses = {};
let called: string[] = [];
let received: string[] = [];

beforeAll(async () => {
	account = await openAccount();
	server = createServer((request, response) => {
		request.setEncoding('utf8').on('data', (text: string) => received.push(text));
		const path = request.url ?? '';
		called.push(path.replace('/api/v1/', ''));
		const [, found] = Object.entries(responses).find(([end]) => path.endsWith(end)) ?? [];
		const isText = typeof found?.body === 'string';
		response.writeHead(found?.status ?? 200, {
			'content-type': isText ? 'text/html' : 'application/json',
		});
		response.end(isText ? found.body : JSON.stringify(found?.body ?? {}));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	account.credentials.baseUrl = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
	await account.sandbox.stop();
	await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
	called = [];
	received = [];
});

const ok = (session: object) => ({
	body: { status: 'ok', session: { id: 'ps_1', status: 'in_progress', ...session } },
});

/** Runs one row against these responses, and gives its item, or the details of its error. */
async function run(said: Responses, parameters: IDataObject, items = turkishRows('INV-1')) {
	responses = said;
	const { success, error } = await runNode({
		items,
		parameters,
		credentials: account.credentials,
	});
	return { item: success[0]?.json, error, details: error?.context?.details as IDataObject };
}

const order = async (response: Responses[string], options: IDataObject = {}) =>
	await run({ 'session/init/payout': response }, automatic('TUR-TRY', options));

test.each([
	['another payout', { payments: [{ metadata: 'INV-2' }] }],
	['another amount', { payments: [{ amount_details: { amount: 1005, currency: 'USD' } }] }],
	[
		'another amount, in the names of v2',
		{ payout_list: [{ amount_details: { amount: '1', currency: 'usd' } }] },
	],
])(
	'an order answered with %s is unknown, and its row keeps the session',
	async (_name, session) => {
		for (const simplify of [true, false]) {
			const { error, details } = await order(ok(session), { simplify });
			expect(details).toMatchObject({
				outcome: 'unknown',
				code: 'contradictory_answer',
				reference: 'INV-1',
				session_id: 'ps_1',
			});
			expect(error?.description).toMatch(/^Do not change the reference/);
			expect(error?.description).toContain("Look at session 'ps_1'");
		}
	},
);

test.each([
	['a running request', { error: { code: 'operation_in_progress' } }],
	['a request of before', { error: { code: 'request_already_processed' } }],
	['a running request, in the text', { error: { code: 'slow_down', message: 'in progress' } }],
	['a session', { status: 'ok', session: { id: 'ps_1' } }],
	['a status', { status: 'ok' }],
])(
	'HTTP 429 that speaks of %s is unknown, and the order is not sent again',
	async (_name, body) => {
		const { details } = await order({ status: 429, body: { status: 'error', ...body } });
		expect(details).toMatchObject({ outcome: 'unknown', reference: 'INV-1' });
		expect(called).toEqual(['session/init/payout']);
	},
);

test('an order answered in another currency after a conversion is submitted', async () => {
	const payment = { metadata: 'INV-1', amount_details: { amount: 800_000, currency: 'rub' } };
	expect((await order(ok({ payments: [payment] }))).item).toMatchObject({
		outcome: 'submitted',
		session_id: 'ps_1',
		amount: 8000,
		amount_minor: 800_000,
		currency: 'RUB',
	});
});

test('an order that failed at once is submitted, and its row says why', async () => {
	const error = { code: 'account_not_found', description: 'Card 4242424242424242 is unknown' };
	const session = { status: 'error', payments: [{ metadata: 'INV-1', status: 'failed', error }] };
	expect((await order(ok(session))).item).toMatchObject({
		outcome: 'submitted',
		session_status: 'error',
		payout_status: 'failed',
		next_action:
			"Failed (account_not_found: Card ****4242 is unknown). This is not final: do not pay again before Smart Glocal's support has told you.",
	});
});

describe('A session id of twenty digits that comes as a number', () => {
	const id = '12345678901234567890';
	const numbered = (status: string) => ({
		body: `{"status":"ok","session":{"id":${id},"status":"${status}","payments":[{"id":${id}}]}}`,
	});

	test('keeps its digits in what an order, a creation and a lookup give', async () => {
		expect((await order(numbered('in_progress'))).item).toMatchObject({
			session_id: id,
			payout_id: id,
		});
		for (const operation of ['create', 'get', 'confirm', 'cancel']) {
			const parameters = { resource: 'session', operation, specify: 'none', sessionId: id };
			const { item } = await run({ '': numbered('in_progress') }, { ...parameters, options: {} }, [
				{},
			]);
			expect(item).toMatchObject({ session_id: id });
		}
	});

	test('is the one that Session First starts and looks up, as text', async () => {
		const said = {
			create: numbered('created'),
			'start/payout': { status: 502, body: '<html>' },
			status: numbered('created'),
		};
		const { details } = await run(said, automatic('TUR-TRY', { sessionFirst: true }));
		expect(details).toMatchObject({ outcome: 'unknown', session_id: id });
		expect(received.slice(1)).toEqual([`{"session_id":"${id}"}`, `{"session_id":"${id}"}`]);
	});
});

test.each([
	['confirm', "It is not known whether session 'ps_1' was confirmed: "],
	['cancel', "It is not known whether session 'ps_1' was cancelled: "],
	['get', "It is not known whether session 'ps_1' has changed: "],
])(
	'%s answered about another session is unknown, and both are named',
	async (operation, begins) => {
		const parameters = { resource: 'session', operation, sessionId: 'ps_1', options: {} };
		const { error, details } = await run({ '': ok({ id: 'ps_2' }) }, parameters, [{}]);
		expect(error?.message.startsWith(begins)).toBe(true);
		expect(error?.message).toContain("('ps_2' instead of 'ps_1')");
		expect(details).toMatchObject({ outcome: 'unknown', session_id: 'ps_1' });
	},
);

test('a request that the credential cannot sign was not sent, and n8n’s own error says so', async () => {
	const credentials = { ...account.credentials, partnerProject: '' };
	const options = { items: [{}], parameters: {}, credentials };
	const { context } = await executeContext(options);
	const send = createSend(context, credentials, {})(new BatchQueue(1, () => false));
	const exchange = await send({ path: 'session/create', version: 'v1', body: {} });
	expect(exchange).toEqual({
		failure: {
			outcome: 'not_sent',
			source: 'client',
			code: 'not_signed',
			description: expect.stringMatching(/^The field 'Partner Project' is empty\./) as string,
		},
	});
	expect(called).toEqual([]);
});
