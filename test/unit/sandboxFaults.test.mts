import { belgianPayout } from '../support/belgianPayout.mts';
import { cardPayout } from '../support/cardPayout.mts';
import type { FaultRule } from '../../sandbox/server.mts';
import { usePartnerSandbox } from '../support/partnerSandbox.mts';

const context = usePartnerSandbox({ seed: 7 });

function init(reference: string, options = {}) {
	const order = belgianPayout({ reference });
	return context.partner.post('v1/session/init/payout', order, { key: reference, ...options });
}

async function withFault(fault: FaultRule['fault']) {
	context.sandbox.setFaults([{ fault, when: { times: 1 } }]);
	return init('INV-1');
}

/** Whether the payout was accepted, by the books and by what the same key gets once more. */
async function expectAccepted(accepted: boolean) {
	expect(context.sandbox.books.paidTimes('INV-1')).toBe(accepted ? 1 : 0);
	expect((await init('INV-1')).status).toBe(accepted ? 400 : 200);
}

type Case = [fault: FaultRule['fault'], status: number, shown: RegExp, accepted: boolean];

async function expectResponse(...[fault, status, shown, accepted]: Case) {
	const response = await withFault(fault);
	expect(response.status).toBe(status);
	expect(`${String(response.headers['content-type'])} ${response.text}`).toMatch(shown);
	expect(response.headers).not.toHaveProperty('retry-after');
	await expectAccepted(accepted);
}

test.each<Case>([
	['status_401', 401, /"code":"authentication_error"/, false],
	['status_403', 403, /"code":"authorization_error"/, false],
	['status_429', 429, /^text\/plain.* Too Many Requests$/, false],
	['status_500_after_accepting', 500, /"status":"error".*"code":"internal_error"/, true],
	[{ type: 'status_502_html', accepted: true }, 502, /^text\/html.* <html>/, true],
	[{ type: 'status_502_html', accepted: false }, 502, /^text\/html.* <html>/, false],
	[{ type: 'ok_with_error_status', code: 'any_code' }, 200, /"error".*"code":"any_code"/, false],
	[{ type: 'empty_body', accepted: true }, 200, / $/, true],
	[{ type: 'empty_body', accepted: false }, 200, / $/, false],
	[{ type: 'cut_json', accepted: true }, 200, / \{"status":"ok","session".*[^}]$/, true],
	[{ type: 'cut_json', accepted: false }, 200, / \{"status":"ok","session".*[^}]$/, false],
	['v2_names', 200, /"payout_list":\[\{.*"payout_details":\{"type":"bank_account"/, true],
	['extra_fields', 200, /"session":\{"id":"ps_1".*"added_later".*\},"added_later"/, true],
	[{ type: 'error', code: 'any_code', description: 'Any.', status: 422 }, 422, /"Any\."/, false],
	[{ type: 'contradict', about: 'session' }, 200, /"id":"ps_another".*"metadata":"INV-1"/, true],
	[{ type: 'contradict', about: 'reference' }, 200, /"ps_1".*"another reference"/, true],
	[{ type: 'contradict', about: 'amount' }, 200, /"ps_1".*"amount":1001,/, true],
	[{ type: 'contradict', about: 'status' }, 200, /"ok".*"ps_1".*"internal_error"/, true],
	[{ type: 'slow', ms: 120, inDrops: true }, 200, /^app.* \{"status":"ok".*\}$/, true],
	[{ type: 'response', body: ['a list'] }, 200, / \["a list"\]$/, true],
	[{ type: 'response', body: {}, status: 409, accepted: false }, 409, / \{\}$/, false],
])('responds to %j with HTTP %i', async (...values) => await expectResponse(...values));

test.each([2, 'Wed, 21 Oct 2026 07:28:00 GMT'])(
	'sends Retry-After %s with a 429',
	async (retryAfter) => {
		const response = await withFault({ type: 'status_429', retryAfter });
		expect(response.headers['retry-after']).toBe(String(retryAfter));
	},
);

test.each<[fault: FaultRule['fault'], code: string, accepted: boolean, entry: object]>([
	['reset_after_accepting', 'ECONNRESET', true, { signatureValid: true, outcome: 'ok' }],
	['reset_before_reading', 'ECONNRESET', false, { rawBody: '', outcome: null }],
	[{ type: 'cut_json', midBody: true }, 'ERR_BAD_RESPONSE', true, { outcome: 'ok' }],
])('breaks the connection: %j', async (fault, code, accepted, entry) => {
	await expect(withFault(fault)).rejects.toMatchObject({ code });
	expect(context.sandbox.requests()[0]).toMatchObject({ ...entry, status: null });
	await expectAccepted(accepted);
});

test('refuses connections after the response to a request, and accepts them again later', async () => {
	const response = await withFault({ type: 'refuse_connection', ms: 300 });
	expect(response.status).toBe(200);
	await expect(init('INV-2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect((await init('INV-2')).status).toBe(200);
	expect(context.sandbox.books.keys()).toEqual(['INV-1', 'INV-2']);
});

test('accepts the payout on arrival and responds too late', async () => {
	context.sandbox.setFaults([{ fault: { type: 'slow', ms: 600 }, when: { nth: 1 } }]);
	await expect(init('INV-1', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'ECONNABORTED' });
	await expectAccepted(true);
});

test('spells cancelled with one l', async () => {
	await context.partner.post('v1/session/create', {});
	context.sandbox.setFaults([{ fault: 'canceled_spelling' }]);
	const response = await context.partner.post('v1/session/cancel', { session_id: 'ps_1' });
	expect(response.json).toMatchObject({ session: { status: 'canceled' } });
});

test('repeats the request in its response, with the whole number of a card', async () => {
	context.sandbox.setFaults([{ fault: 'echo' }]);
	const order = cardPayout('4242424242424242');
	const response = await context.partner.post('v1/session/init/payout', order, { key: 'CARD-1' });
	expect(response.json).toMatchObject({ status: 'ok', session: { id: 'ps_1', ...order } });
	expect(context.sandbox.books.paidTimes('CARD-1')).toBe(1);
	expect((await init('CARD-1')).status).toBe(400);
});

async function statusesOf(rules: FaultRule[], references: string[]) {
	context.sandbox.reset();
	context.sandbox.setFaults(rules);
	const statuses: number[] = [];
	for (const reference of references) statuses.push((await init(reference)).status);
	return statuses;
}

const FIVE = ['A-1', 'A-2', 'B-3', 'B-4', 'B-5'];

test.each<[string, FaultRule['when'], number[]]>([
	['the second request', { nth: 2 }, [200, 403, 200, 200, 200]],
	['the first and the last', { nth: [1, 5] }, [403, 200, 200, 200, 403]],
	['from the second to the third', { from: 2, to: 3 }, [200, 403, 403, 200, 200]],
	['the keys that match', { key: '^B-' }, [200, 200, 403, 403, 403]],
	['the second of the keys that match', { key: '^B-', nth: 2 }, [200, 200, 200, 403, 200]],
	['three times at most', { times: 3 }, [403, 403, 403, 200, 200]],
	['no path that matches', { path: 'start/payout' }, [200, 200, 200, 200, 200]],
	['every path that matches', { path: 'init/payout$' }, [403, 403, 403, 403, 403]],
])('applies a rule to %s', async (_name, when, expected) => {
	expect(await statusesOf([{ when, fault: 'status_403' }], FIVE)).toEqual(expected);
});

test('applies the first rule that matches', async () => {
	const rules: FaultRule[] = [
		{ when: { key: '^A-' }, fault: 'status_403' },
		{ fault: 'status_401' },
	];
	expect(await statusesOf(rules, FIVE)).toEqual([403, 403, 401, 401, 401]);
});

test('applies the same faults to a payout, in whatever order the payouts arrive', async () => {
	const rules: FaultRule[] = [{ when: { probability: 0.5 }, fault: 'status_403' }];
	const references = Array.from({ length: 20 }, (_, index) => `P-${index}`);
	const twice = [...references, ...references];
	const forwards = await statusesOf(rules, twice);
	const backwards = await statusesOf(rules, [...references].reverse().concat(references));
	expect(backwards.slice(0, 20).reverse().concat(backwards.slice(20))).toEqual(forwards);
	expect(new Set(forwards)).toContain(403);
});

test('rejects a fault that does not exist and an invalid regular expression', () => {
	const unknown = [{ fault: 'status_418' }] as unknown as FaultRule[];
	expect(() => context.sandbox.setFaults(unknown)).toThrow('There is no fault "status_418".');
	expect(() => context.sandbox.setFaults([{ when: { key: '(' }, fault: 'slow' }])).toThrow(
		'Invalid',
	);
});
