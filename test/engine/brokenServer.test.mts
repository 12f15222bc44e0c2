import { setTimeout } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { FaultRule } from '../../sandbox/faults/rules.mts';
import { automatic, turkishRows } from '../support/account.mts';
import type { RunResult } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

beforeEach(() => account.sandbox.changeSettings({ latencyMs: 0 }));

const references = (count: number) => Array.from({ length: count }, (_, index) => `INV-${index}`);

const send = async (count: number, options: IDataObject, more: object = {}) =>
	await account.pay(turkishRows(...references(count)), automatic('TUR-TRY', options), {
		onError: 'continueErrorOutput',
		...more,
	});

/** The error objects of failed rows, by one of their fields. */
function group({ errors }: RunResult, field: string): Record<string, IDataObject[] | undefined> {
	const groups: Record<string, IDataObject[]> = {};
	for (const { json } of errors) {
		const failure = json.error as IDataObject;
		(groups[String(failure[field])] ??= []).push(failure);
	}
	return groups;
}

const byOutcome = (result: RunResult) => group(result, 'outcome');

const TWENTY_AT_ONCE = { parallelRequests: 20 };

describe('a server that fails every request', () => {
	test.each<FaultRule['fault']>([
		'reset_after_accepting',
		'status_500_after_accepting',
		{ type: 'status_502_html', accepted: false },
		{ type: 'cut_json', accepted: true },
		{ type: 'error', code: 'internal_error', status: 500 },
	])('leaves few of 600 rows unknown, and sends no more: %j', async (fault) => {
		account.sandbox.setFaults([{ fault }]);
		const result = await send(600, TWENTY_AT_ONCE);
		const { unknown = [], not_sent = [] } = byOutcome(result);

		expect(result.success).toEqual([]);
		expect(unknown.length + not_sent.length).toBe(600);
		expect(unknown.length).toBeGreaterThanOrEqual(10);
		expect(unknown.length).toBeLessThanOrEqual(40);
		expect(account.sandbox.counters().received).toBe(unknown.length);
		expect(not_sent.at(-1)).toMatchObject({
			code: 'stopped',
			reference: 'INV-599',
			message: expect.stringMatching(
				/^Payout 'INV-599' was not sent: the run stopped, because ten rows in a row got no clear answer \(.+\)$/,
			) as string,
		});
	});

	test.each<FaultRule['fault']>([
		{ type: 'error', code: 'authentication_error', status: 401 },
		{ type: 'error', code: 'authorization_error' },
		{ type: 'error', code: 'identification_error' },
		{ type: 'ok_with_error_status', code: 'insufficient_wallet_balance' },
		'status_403',
	])('with a refusal that is not about the row is asked few times: %j', async (fault) => {
		account.sandbox.setFaults([{ fault }]);
		const { rejected = [], not_sent = [] } = byOutcome(await send(100, TWENTY_AT_ONCE));

		expect(rejected.length + not_sent.length).toBe(100);
		expect(rejected.length).toBeLessThanOrEqual(30);
		expect(not_sent[0]?.message).toContain('ten rows in a row failed for a reason that is not');
	});

	test('whose refusals are not about the row is met with five requests at once', async () => {
		account.sandbox.changeSettings({ latencyMs: 100 });
		account.sandbox.setFaults([{ fault: { type: 'error', code: 'authentication_error' } }]);
		const { rejected = [] } = byOutcome(await send(100, {}));
		// Ten in a row, and as many as were on their way or began meanwhile.
		expect(rejected.length).toBeLessThan(10 + 2 * 5);
		expect(account.sandbox.counters().received).toBe(rejected.length);
	});

	test('leaves few rows unknown when it refuses every second one for a reason of its own', async () => {
		const odd = Array.from({ length: 300 }, (_, index) => 2 * index + 1);
		account.sandbox.setFaults([
			{ when: { nth: odd }, fault: { type: 'error', code: 'account_not_found' } },
			{ fault: 'status_502_html' },
		]);
		const { unknown = [], not_sent = [] } = byOutcome(await send(600, TWENTY_AT_ONCE));
		expect(unknown.length).toBeLessThanOrEqual(40);
		expect(not_sent.length).toBeGreaterThanOrEqual(500);
	});

	test('leaves few rows unknown when it knows every ninth one from an earlier run', async () => {
		const known = references(600).filter((_, index) => index % 9 === 0);
		await account.pay(turkishRows(...known), automatic('TUR-TRY'));
		account.sandbox.setFaults([
			{ when: { key: `^(${known.join('|')})$` }, fault: 'extra_fields' },
			{ fault: { type: 'status_502_html', accepted: false } },
		]);
		const { unknown = [] } = byOutcome(await send(600, { parallelRequests: 1 }));
		expect(unknown.length).toBeLessThanOrEqual(40);
	});

	test('is not started again when it cannot be reached at all', async () => {
		const credentials = { ...account.credentials, baseUrl: 'http://127.0.0.1:9' };
		const result = await send(100, TWENTY_AT_ONCE, { credentials });
		expect(byOutcome(result).not_sent).toHaveLength(100);
		const { ECONNREFUSED, stopped } = group(result, 'code');
		expect(ECONNREFUSED?.length).toBeLessThanOrEqual(30);
		expect(stopped?.length).toBeGreaterThanOrEqual(70);
	});

	test('leaves no row unknown when the session cannot even be created', async () => {
		account.sandbox.setFaults([{ when: { path: 'create' }, fault: 'reset_after_accepting' }]);
		const options = { ...TWENTY_AT_ONCE, sessionFirst: true };
		const { unknown = [], not_sent = [] } = byOutcome(await send(100, options));
		expect([unknown.length, not_sent.length]).toEqual([0, 100]);
		expect(account.sandbox.counters().received).toBeLessThanOrEqual(30);
	});
});

describe('a batch goes on', () => {
	test('when rows are refused for reasons of their own', async () => {
		const fault = { type: 'error', code: 'account_not_found' } as const;
		account.sandbox.setFaults([{ when: { to: 50 }, fault }]);
		const result = await send(60, { parallelRequests: 1 });
		expect(byOutcome(result).rejected).toHaveLength(50);
		expect(result.success).toHaveLength(10);
	});

	test('when rows that were sent before prove that it answers', async () => {
		await send(300, {});
		const lost = Array.from({ length: 30 }, (_, index) => 10 * index + 1);
		account.sandbox.setFaults([{ when: { nth: lost }, fault: 'reset_before_reading' }]);
		const result = await send(300, {});
		expect(byOutcome(result).unknown).toHaveLength(30);
		expect(result.success).toHaveLength(270);
	});

	test('when one row in ten gets through', async () => {
		account.sandbox.setFaults([
			{ when: { nth: [10, 20, 30] }, fault: 'extra_fields' },
			{ fault: { type: 'status_502_html', accepted: false } },
		]);
		const result = await send(30, { parallelRequests: 1 });
		expect(byOutcome(result).unknown).toHaveLength(27);
		expect(result.success).toHaveLength(3);
	});
});

test('a run begins with five requests, and takes more once they are answered', async () => {
	// Long enough that on a busy machine, too, five arrive before the first is answered.
	account.sandbox.changeSettings({ latencyMs: 1_500 });
	await send(15, {});
	const times = account.sandbox.requests().map(({ at }) => Date.parse(at));
	const [first = 0] = times;
	expect(times.filter((at) => at - first < 1_450)).toHaveLength(5);
	expect(times.filter((at) => at - first < 2_950).length).toBeGreaterThan(8);
});

const askToWait = (retryAfter: number) => ({ type: 'status_429', retryAfter }) as const;

describe('a request to wait (HTTP 429)', () => {
	test('makes the whole batch wait, not the row alone', async () => {
		account.sandbox.changeSettings({ latencyMs: 20 });
		account.sandbox.setFaults([{ when: { nth: 8 }, fault: askToWait(1) }]);
		const result = await send(40, { parallelRequests: 4 });

		expect(result.success).toHaveLength(40);
		const times = account.sandbox.requests().map(({ at }) => Date.parse(at));
		const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
		const longest = Math.max(...gaps);
		expect(longest).toBeGreaterThan(800);
		// At most what was in flight arrived between the refusal and the wait, and the rest after it.
		expect(gaps.indexOf(longest)).toBeLessThan(8 + 4);
		expect(gaps.filter((gap) => gap > 800)).toHaveLength(1);
	});

	test('that never ends stops the batch after a few requests, with nothing unknown', async () => {
		account.sandbox.setFaults([{ when: { from: 6 }, fault: askToWait(0) }]);
		const result = await send(300, TWENTY_AT_ONCE);
		const { not_sent = [], unknown = [] } = byOutcome(result);

		expect(unknown).toEqual([]);
		expect(result.success.length + not_sent.length).toBe(300);
		expect(account.sandbox.counters().received).toBeLessThanOrEqual(60);
		expect(not_sent.at(-1)?.message).toContain('Smart Glocal kept asking to wait');
	});

	test('that stopped the batch is not forgotten when an earlier request is answered late', async () => {
		account.sandbox.setFaults([
			{ when: { key: '^INV-0$' }, fault: { type: 'slow', ms: 1_500 } },
			{ when: { key: '^INV-1$' }, fault: askToWait(3_600) },
		]);
		const result = await send(60, { parallelRequests: 2 });
		expect(result.success).toHaveLength(1);
		const { not_sent = [] } = byOutcome(result);
		expect(not_sent).toHaveLength(59);
		expect(not_sent.at(-1)?.message).toContain('Smart Glocal kept asking to wait');
	});

	test('beyond so many a second slows the batch down, and everything is paid once', async () => {
		// So few that a busy machine, too, sends more.
		account.sandbox.changeSettings({ requestsPerSecond: 15 });
		const result = await send(100, { parallelRequests: 10 });
		account.sandbox.changeSettings({ requestsPerSecond: null });
		expect(result.success).toHaveLength(100);
		const { outcomes, received } = account.sandbox.counters();
		expect(outcomes.status_429).toBeGreaterThan(0);
		expect(received).toBeLessThan(1.4 * 100);
		const times = references(100).map((name) => account.sandbox.books.acceptedTimes(name));
		expect(new Set(times)).toEqual(new Set([1]));
	});

	test('for longer than a minute stops the batch at once', async () => {
		account.sandbox.setFaults([{ when: { from: 6 }, fault: askToWait(3_600) }]);
		const begin = Date.now();
		const result = await send(300, TWENTY_AT_ONCE);
		expect(Date.now() - begin).toBeLessThan(20_000);
		expect(account.sandbox.counters().received).toBeLessThanOrEqual(30);
		expect(byOutcome(result).unknown).toBeUndefined();
	});
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true };

	test('gives the session ids of what this execution has paid, and sends it once', async () => {
		account.sandbox.setFaults([{ when: { key: '^INV-3$', times: 1 }, fault: 'status_403' }]);
		const options = { parallelRequests: 1 };
		const { success, error } = await send(6, options, { ...retry, onError: undefined });

		expect(error).toBeUndefined();
		expect(success.map(({ json }) => [json.reference, json.outcome])).toEqual(
			references(6).map((reference) => [reference, 'submitted']),
		);
		expect(success.every(({ json }) => /^ps_/.test(String(json.session_id)))).toBe(true);
		expect(account.sandbox.counters().received).toBe(7);
	});

	test('does so when failed rows are items, with a bad row first', async () => {
		const items = turkishRows(...references(4));
		Object.assign(items[0] ?? {}, { amount: '0' });
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			account.sandbox.reset();
			const { success, errors } = await send(4, {}, { ...retry, items, onError });
			const sent = success.filter(({ json }) => json.error === undefined);
			expect(sent.map(({ json }) => json.outcome)).toEqual(Array(3).fill('submitted'));
			expect(success.length + errors.length).toBe(4);
			expect(account.sandbox.counters().received).toBe(3);
		}
	});

	test('pays nothing twice even with a reference that differs each time', async () => {
		account.sandbox.setFaults([{ when: { nth: 2 }, fault: 'reset_after_accepting' }]);
		const columns = Object.keys(turkishRows('x')[0] ?? {});
		const value = Object.fromEntries(columns.map((name) => [name, `={{ $json.${name} }}`]));
		const parameters = {
			...automatic('TUR-TRY', { parallelRequests: 1 }),
			payout: {
				mappingMode: 'defineBelow',
				value: { ...value, reference: '={{ $json.reference + "-" + Math.random().toString(36) }}' },
			},
		};
		const { success } = await send(3, {}, { ...retry, parameters, onError: undefined });
		expect(success.map(({ json }) => json.outcome)).toEqual([
			'submitted',
			'already_submitted',
			'submitted',
		]);
		const { outcomes } = account.sandbox.counters();
		expect(outcomes.ok).toBe(3);
	});

	describe('leaves a row unknown whose first try got no answer, when the second one', () => {
		const closed = { type: 'refuse_connection', ms: 300 } as const;
		// The next test needs the sandbox.
		afterEach(async () => await setTimeout(closed.ms));

		const lost = { when: { key: '^INV-1$', times: 1 }, fault: 'reset_after_accepting' } as const;

		test.each<[string, FaultRule]>([
			['is refused', { when: { key: '^INV-1$' }, fault: 'status_403' }],
			['is refused by the API', { fault: { type: 'error', code: 'authentication_error' } }],
			['is told to wait', { fault: askToWait(3_600) }],
			['stops at another row', { when: { key: '^INV-0$' }, fault: askToWait(3_600) }],
			['cannot leave', { when: { key: '^INV-2$', times: 1 }, fault: closed }],
		])('%s', async (_name, rule) => {
			account.sandbox.setFaults([
				{ when: { key: '^INV-0$', times: 1 }, fault: 'status_403' },
				lost,
				rule,
			]);
			const result = await send(3, { parallelRequests: 1 }, retry);
			expect(account.sandbox.books.acceptedTimes('INV-1')).toBe(1);
			const named = { reference: 'INV-1', code: 'ECONNRESET' };
			expect(byOutcome(result).unknown).toEqual([expect.objectContaining(named)]);
		});

		test('fails at once under Stop, and says so in the error of the run', async () => {
			account.sandbox.setFaults([lost, { when: { key: '^INV-1$' }, fault: 'status_403' }]);
			const options = { parallelRequests: 1 };
			const { error } = await send(3, options, { ...retry, onError: undefined });
			expect(error?.message).toMatch(/^It is not known whether payout 'INV-1' was accepted/);
			expect((error?.context?.rows as IDataObject[]).map(({ outcome }) => outcome)).toEqual([
				'submitted',
				'unknown',
				'not_sent',
			]);
		});

		test.each(['amount', 'reference', 'status'] as const)(
			'is told that it exists already, after an answer with another %s',
			async (about) => {
				const fault = { type: 'contradict', about } as const;
				for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
					account.sandbox.reset();
					account.sandbox.setFaults([{ when: { times: 1 }, fault }]);
					const result = await send(1, {}, { ...retry, onError });
					const failed = [...result.errors, ...result.success].map(({ json }) => json.error);
					expect(failed).toEqual([
						expect.objectContaining({ outcome: 'unknown', session_id: 'ps_1' }),
					]);
				}
			},
		);

		describe('gets none either', () => {
			const twice = async (first: FaultRule['fault'], second: FaultRule['fault']) => {
				account.sandbox.setFaults([
					{ when: { times: 1 }, fault: first },
					{ when: { times: 1 }, fault: second },
				]);
				return await send(1, {}, retry);
			};
			const contradict = { type: 'contradict', about: 'amount' } as const;

			test('names what the last one came to', async () => {
				const result = await twice('reset_before_reading', 'status_502_html');
				expect(byOutcome(result).unknown).toEqual([
					expect.objectContaining({ reference: 'INV-0', code: 'http_502' }),
				]);
			});

			test.each<[string, FaultRule['fault'], FaultRule['fault']]>([
				['first', contradict, 'reset_before_reading'],
				['second', 'reset_before_reading', contradict],
			])('names the session that the %s answer showed', async (_which, first, second) => {
				expect(byOutcome(await twice(first, second)).unknown).toEqual([
					expect.objectContaining({ code: 'contradictory_answer', session_id: 'ps_1' }),
				]);
			});
		});

		test.each(['init', 'start'])(
			'gets an answer with another amount, and the third is told that it exists: %s',
			async (operation) => {
				const created = await send(
					1,
					{},
					{
						parameters: { resource: 'session', operation: 'create', specify: 'none', options: {} },
					},
				);
				const sessionId = String(created.success[0]?.json.session_id);
				account.sandbox.setFaults([
					{ when: { times: 1 }, fault: 'reset_before_reading' },
					{ when: { times: 1 }, fault: { type: 'contradict', about: 'amount' } },
				]);
				const parameters = { ...automatic('TUR-TRY'), operation, sessionId };
				const result = await send(1, {}, { ...retry, maxTries: 3, parameters });
				expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(1);
				expect(byOutcome(result).unknown).toEqual([
					expect.objectContaining({ code: 'contradictory_answer' }),
				]);
			},
		);

		test('starts it in a session of its own, which it keeps', async () => {
			const path = 'start/payout';
			account.sandbox.setFaults([
				{ when: { path, times: 1 }, fault: { type: 'status_502_html', accepted: false } },
				{ when: { path: 'status' }, fault: 'status_403' },
				{ when: { path: 'create', from: 2 }, fault: 'status_403' },
			]);
			const result = await send(1, { sessionFirst: true }, retry);
			const { unknown = [] } = byOutcome(result);
			expect(unknown[0]?.session_id).toMatch(/^ps_/);
		});
	});

	test('finds the payout in the session in which the first try started it', async () => {
		account.sandbox.setFaults([
			{ when: { path: 'start/payout', times: 1 }, fault: 'reset_after_accepting' },
			{ when: { path: 'status', times: 1 }, fault: 'status_403' },
		]);
		const { success } = await send(1, { sessionFirst: true }, retry);
		const [payout] = account.sandbox.books.summary('INV-0').payouts;
		expect(success[0]?.json).toMatchObject({
			outcome: 'submitted',
			session_id: payout?.sessionId,
		});
		expect(account.sandbox.requests().filter(({ path }) => /create/.test(path))).toHaveLength(1);
	});

	test('remembers nothing for another execution with the same rows', async () => {
		account.sandbox.setFaults([{ when: { key: '^INV-1$' }, fault: 'status_403' }]);
		await send(2, { parallelRequests: 1 }, { ...retry, onError: undefined });
		account.sandbox.setFaults([]);
		const { success } = await send(2, {}, { ...retry, onError: undefined });
		expect(success.map(({ json }) => json.outcome)).toEqual(['already_submitted', 'submitted']);
	});
});
