import type { IDataObject } from 'n8n-workflow';
import { interpretOrder } from '../../nodes/api/interpretResponse';
import type { PreparedRequest } from '../../nodes/api/request';
import type { Exchange } from '../../nodes/api/send';
import { orderThroughSession } from '../../nodes/api/send';

const PREPARED: PreparedRequest = {
	version: 'v1',
	reference: 'INV-1',
	body: { amount_details: { amount: 10050, currency: 'usd' }, metadata: 'INV-1' },
	order: { idempotencyKey: 'INV-1', amount: 10050, currency: 'USD', unit: 'major' },
};
const PAYOUT = {
	id: 'po_1',
	metadata: 'INV-1',
	amount_details: { amount: 10050, currency: 'USD', unit: 'major' },
};

const respond = (statusCode: number, body: object): Exchange => ({
	response: { statusCode, headers: {}, body: body as IDataObject },
});
const ok = (session: object) => respond(200, { status: 'ok', session: { id: 'ps_1', ...session } });
const refuse = (code: string, statusCode = 400) =>
	respond(statusCode, { status: 'error', error: { code, description: 'so' } });
const LOST: Exchange = {
	failure: { outcome: 'unknown', source: 'network', code: 'ECONNRESET' },
};

const CREATED = ok({ status: 'created' });
const STARTED = ok({ status: 'in_progress', payments: [PAYOUT] });

/** Orders with these responses, one for each call, and says how it ended and what was called. */
async function order(...exchanges: Exchange[]) {
	const called: string[] = [];
	const sessions: unknown[] = [];
	const exchange = await orderThroughSession({ path: '', ...PREPARED }, async ({ path, body }) => {
		called.push(path.replace('session/', ''));
		if (called.length > 1) sessions.push(body.session_id);
		return await Promise.resolve(exchanges[called.length - 1] ?? LOST);
	});
	const result =
		'failure' in exchange
			? exchange.failure
			: interpretOrder(exchange.response, PREPARED, { simplify: true, duplicates: 'report' });
	return { ...result, keptSession: exchange.sessionId, called, sessions };
}

const ALL = ['create', 'start/payout', 'status'];

test('the answers of one session, one after the other, are a submitted payout', async () => {
	expect(await order(CREATED, STARTED)).toMatchObject({
		outcome: 'submitted',
		keptSession: 'ps_1',
		called: ['create', 'start/payout'],
	});
	expect(await order(CREATED, LOST, STARTED)).toMatchObject({ outcome: 'submitted', called: ALL });
});

test.each([
	['the same key', refuse('idempotency_key_already_exists')],
	['the same key, in HTTP 409', refuse('idempotency_key_already_exists', 409)],
	['an unlisted code about a duplicate', refuse('duplicate_request')],
	['an internal fault', refuse('internal_error')],
	['a lost answer', LOST],
	['a web page', respond(502, '<html>' as unknown as object)],
	['data of another payout', ok({ metadata: 'INV-2' })],
	['another amount', ok({ payments: [{ amount_details: { amount: 1, currency: 'usd' } }] })],
])('a creation answered with %s was not sent, and nothing is started', async (_name, creation) => {
	expect(await order(creation, STARTED, STARTED)).toMatchObject({
		outcome: 'not_sent',
		beforeStart: true,
		called: ['create'],
	});
});

test('a creation that is refused for good is a refusal', async () => {
	expect(await order(refuse('account_not_found'))).toMatchObject({
		outcome: 'rejected',
		code: 'account_not_found',
		called: ['create'],
	});
});

const DOUBTFUL_STARTS: ReadonlyArray<[name: string, start: Exchange]> = [
	['a lost answer', LOST],
	['another session', ok({ id: 'ps_2', payments: [PAYOUT] })],
	['another reference', ok({ payments: [{ ...PAYOUT, metadata: 'INV-2' }] })],
	[
		'another amount',
		ok({ payments: [{ ...PAYOUT, amount_details: { amount: 1, currency: 'usd' } }] }),
	],
	['a session in the wrong state', refuse('session_wrong_state')],
	['HTTP 409', refuse('account_not_found', 409)],
	['a session in the wrong state, in capitals', refuse('SESSION_WRONG_STATE')],
	['HTTP 429 about a start in progress', refuse('operation_in_progress', 429)],
	['a session and an error', respond(200, { status: 'ok', session: { id: 'ps_1' }, error: {} })],
];

test.each(DOUBTFUL_STARTS)('a start answered with %s is looked up', async (_name, start) => {
	expect(await order(CREATED, start, STARTED)).toMatchObject({
		outcome: 'submitted',
		keptSession: 'ps_1',
		called: ALL,
	});
});

test.each(DOUBTFUL_STARTS)('a start answered with %s stays unknown', async (_name, start) => {
	for (const status of [
		LOST,
		refuse('internal_error'),
		ok({ status: 'created' }),
		ok({ status: 'created', payments: [PAYOUT] }),
		ok({ status: 'CREATED', payments: [PAYOUT] }),
		ok({ status: 'Created ', payments: [PAYOUT] }),
		ok({ status: 'waiting', payments: [PAYOUT] }),
		ok({ status: null, payments: [PAYOUT] }),
		ok({ payments: [PAYOUT] }),
		ok({ status: 'in_progress', payments: [{ ...PAYOUT, status: 'created' }] }),
		ok({ status: 'in_progress', payments: [{ ...PAYOUT, status: 'CREATED' }] }),
		ok({ status: 'in_progress', payments: [{ ...PAYOUT, status: 'waiting' }] }),
		ok({ status: 'in_progress' }),
		ok({ id: 'ps_2', status: 'in_progress', payments: [PAYOUT] }),
		ok({ status: 'in_progress', payout_list: [{ ...PAYOUT, metadata: 'INV-2' }] }),
		ok({ status: 'accepted', payments: [{ amount_details: { amount: 1, currency: 'USD' } }] }),
		respond(500, { status: 'ok', session: { id: 'ps_1', payments: [PAYOUT] } }),
	]) {
		expect(await order(CREATED, start, status)).toMatchObject({
			outcome: 'unknown',
			keptSession: 'ps_1',
			called: ALL,
		});
	}
});

test('a start with a key of an earlier run belongs to another session', async () => {
	const result = await order(CREATED, refuse('idempotency_key_already_exists'));
	expect(result).toMatchObject({
		outcome: 'already_submitted',
		called: ['create', 'start/payout'],
	});
	expect(result.keptSession).toBeUndefined();
});

test('any status that only a start leads to proves one', async () => {
	for (const status of ['in_progress', 'IN_PROGRESS', 'accepted', 'canceled', 'error']) {
		for (const payout of ['in_progress', 'pending', 'succeeded', 'FAILED']) {
			const shown = ok({ status, payments: [{ ...PAYOUT, status: payout }] });
			expect(await order(CREATED, LOST, shown)).toMatchObject({ outcome: 'submitted' });
		}
	}
});

test('a session id is sent as text, and none that was rounded', async () => {
	const numbered = (session: object) => ok({ ...session, id: 3230 });
	const created = numbered({ status: 'created' });
	expect(await order(created, LOST, numbered({ status: 'created' }))).toMatchObject({
		keptSession: '3230',
		sessions: ['3230', '3230'],
	});
	for (const id of [2 ** 53, 0, ' ', 'null']) {
		expect(await order(ok({ id, status: 'created' }))).toMatchObject({
			outcome: 'not_sent',
			called: ['create'],
		});
	}
});
