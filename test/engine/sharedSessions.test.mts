import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import type { RunOptions, RunResult } from '../support/engine.mts';
import { acceptance, usePlainServer } from '../support/plainServer.mts';
import type { Call } from '../support/plainServer.mts';

const server = usePlainServer();

const references = (count: number) =>
	Array.from({ length: count }, (_, index) => `INV-${index + 1}`);
const numberOf = ({ body }: Call) => Number(String(body.metadata).replace('INV-', ''));

const pay = async (count: number, options: IDataObject = {}, more: Partial<RunOptions> = {}) =>
	await server.pay(
		turkishRows(...references(count)),
		automatic('TUR-TRY', { parallelRequests: 1, ...options }),
		{ onError: 'continueErrorOutput', ...more },
	);

const failuresOf = ({ errors }: RunResult) => errors.map(({ json }) => json.error as IDataObject);
const listPaid = ({ success }: RunResult) =>
	success.map(({ json }) => [json.reference, String(json.session_id)]);

/** Gives the session to these rows, and each other row one of its own. */
const share = (id: unknown, ...rows: number[]) => {
	server.respond = (response, call) => {
		const number = numberOf(call);
		response.end(acceptance(rows.includes(number) ? id : `ps_own_${number}`));
	};
};

test('one session for all rows: the first keeps it, the others are unknown, and the run ends', async () => {
	server.respond = (response) => void response.end(acceptance('ps_1'));
	const result = await pay(40);
	expect(listPaid(result)).toEqual([['INV-1', 'ps_1']]);

	const failures = failuresOf(result);
	const unknown = failures.filter(({ outcome }) => outcome === 'unknown');
	expect(unknown).toHaveLength(10);
	expect(unknown[0]).toMatchObject({
		reference: 'INV-2',
		code: 'contradictory_answer',
		session_id: 'ps_1',
		message:
			"It is not known whether payout 'INV-2' was accepted: the answer names session 'ps_1', which belongs to another payout of this run (row 1)",
		advice: expect.stringMatching(
			/^Do not change the reference, .* Look at session 'ps_1' in the dashboard/,
		) as string,
	});
	const [, ...rest] = failures.filter(({ outcome }) => outcome === 'not_sent');
	expect(rest).toHaveLength(28);
	expect(server.calls).toHaveLength(11);
});

test.each([
	['a text', 'ps_77', 'ps_77'],
	['a number', 3230, '3230'],
	['a number of many digits', '12345678901234567890', '12345678901234567890'],
])('one session for two rows of 50, named by %s', async (_name, id, shown) => {
	share(id, 7, 31);
	const result = await pay(50);
	expect(result.success).toHaveLength(49);
	expect(listPaid(result)).toContainEqual(['INV-7', shown]);
	expect(failuresOf(result)).toEqual([
		expect.objectContaining({
			reference: 'INV-31',
			outcome: 'unknown',
			message: expect.stringContaining(`'${shown}', which belongs to another payout`) as string,
		}),
	]);
	expect(failuresOf(result)[0]?.message).toContain('(row 7)');
});

test('one session for two rows that have numbers in their sheet', async () => {
	share('ps_77', 2, 3);
	const rows = turkishRows(...references(3)).map((row, index) => ({ ...row, row: index + 40 }));
	const parameters = automatic('TUR-TRY', { parallelRequests: 1 });
	const result = await server.pay(rows, parameters, { onError: 'continueErrorOutput' });
	expect(failuresOf(result)[0]?.message).toContain('(row 41)');
});

test('an id is one as a number and as text', async () => {
	for (const [first, second] of [
		['3230', '"3230"'],
		['"3230"', '3230'],
	]) {
		server.calls = [];
		server.respond = (response, { index }) => {
			const id = index === 0 ? first : second;
			response.end(`{"status":"ok","session":{"id":${id},"status":"in_progress"}}`);
		};
		const result = await pay(2);
		expect(listPaid(result)).toEqual([['INV-1', '3230']]);
		expect(failuresOf(result)[0]).toMatchObject({ outcome: 'unknown', session_id: '3230' });
	}
});

test('whichever of many in flight is answered first keeps the session', async () => {
	let second: (() => void) | undefined;
	server.respond = (response, call) => {
		const number = numberOf(call);
		const isShared = number === 2 || number === 5;
		const answer = () => void response.end(acceptance(isShared ? 'ps_1' : `ps_own_${number}`));
		if (number === 2) second = answer;
		else answer();
		// All are in flight at once, so that row 2 has come before.
		if (number === 5) response.once('close', () => setTimeout(() => second?.(), 100));
	};
	const result = await pay(8, { parallelRequests: 8 });
	expect(listPaid(result)).toContainEqual(['INV-5', 'ps_1']);
	expect(failuresOf(result)).toEqual([
		expect.objectContaining({ reference: 'INV-2', outcome: 'unknown' }),
	]);
	expect(failuresOf(result)[0]?.message).toContain('(row 5)');
});

test('a session that an unclear answer names belongs to that row as well', async () => {
	server.respond = (response, { index }) => {
		response.statusCode = index === 0 ? 500 : 200;
		response.end(acceptance('ps_1'));
	};
	const failures = failuresOf(await pay(2));
	expect(failures.map(({ outcome, code }) => [outcome, code])).toEqual([
		['unknown', 'http_500'],
		['unknown', 'contradictory_answer'],
	]);
});

test('an answer that is about another row takes nothing from it', async () => {
	server.respond = (response, call) => {
		// Row 1 gets the answer of row 2, which then gets its own.
		const metadata = 'INV-2';
		if (numberOf(call) <= 2) response.end(acceptance('ps_2', { payments: [{ metadata }] }));
		else response.end(acceptance('ps_3'));
	};
	const result = await pay(3);
	expect(listPaid(result)).toEqual([
		['INV-2', 'ps_2'],
		['INV-3', 'ps_3'],
	]);
	expect(failuresOf(result)[0]).toMatchObject({
		reference: 'INV-1',
		message: expect.stringContaining("about another payout ('INV-2' instead of 'INV-1')") as string,
	});
});

test('rows that are answered as repeated share nothing', async () => {
	server.respond = (response) => {
		response.statusCode = 400;
		response.end('{"status":"error","error":{"code":"idempotency_key_already_exists"}}');
	};
	const { success } = await pay(5);
	expect(success.map(({ json }) => json.outcome)).toEqual(Array(5).fill('already_submitted'));
});

test('another run may be told the same session', async () => {
	share('ps_1', 1);
	for (let run = 0; run < 2; run++) expect(listPaid(await pay(1))).toEqual([['INV-1', 'ps_1']]);
});

describe('Session First', () => {
	test('starts nothing in a session that another row has', async () => {
		server.respond = (response, { path, body }) => {
			const own = body.metadata === 'INV-3' ? 'ps_3' : 'ps_1';
			response.end(acceptance(path === 'session/create' ? own : body.session_id));
		};
		const result = await pay(3, { sessionFirst: true });
		expect(listPaid(result)).toEqual([
			['INV-1', 'ps_1'],
			['INV-3', 'ps_3'],
		]);
		expect(failuresOf(result)).toEqual([
			expect.objectContaining({
				reference: 'INV-2',
				outcome: 'not_sent',
				code: 'contradictory_answer',
				message:
					"Payout 'INV-2' was not sent: its session could not be created first: the answer names session 'ps_1', which belongs to another payout of this run (row 1)",
				advice:
					"Nothing was paid. Ask Smart Glocal's support what happened, then run the row again with the same reference.",
			}),
		]);
		const started = server.calls.filter(({ path }) => path === 'session/start/payout');
		expect(started.map(({ body }) => body.session_id)).toEqual(['ps_1', 'ps_3']);
	});

	test('not even while the first row is still being started', async () => {
		server.respond = (response, { path, body }) => {
			if (path === 'session/create') response.end(acceptance('ps_1'));
			else setTimeout(() => response.end(acceptance(body.session_id)), 300);
		};
		const result = await pay(4, { sessionFirst: true, parallelRequests: 4 });
		expect(result.success).toHaveLength(1);
		expect(failuresOf(result).map(({ outcome }) => outcome)).toEqual(Array(3).fill('not_sent'));
		expect(server.calls.filter(({ path }) => path === 'session/start/payout')).toHaveLength(1);
	});
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true };

	// n8n runs a node again under this setting of On Error when its first item is a failure.
	test('finds a row in the session of its own first try', async () => {
		server.respond = (response, { index }) => {
			response.statusCode = index === 0 ? 502 : 200;
			response.end(acceptance(index === 1 ? 'ps_2' : 'ps_1'));
		};
		expect(listPaid(await pay(2, {}, retry))).toEqual([
			['INV-1', 'ps_1'],
			['INV-2', 'ps_2'],
		]);
		expect(server.calls).toHaveLength(3);
	});

	test('starts a payout in the session that its first try has created', async () => {
		let starts = 0;
		server.respond = (response, { path, body }) => {
			if (path === 'session/create') response.end(acceptance('ps_1', { status: 'created' }));
			else if (path === 'session/start/payout' && ++starts === 1) response.destroy();
			else if (path === 'session/start/payout') response.end(acceptance(body.session_id));
			else response.end(acceptance(body.session_id, { status: 'created' }));
		};
		expect(listPaid(await pay(1, { sessionFirst: true }, retry))).toEqual([['INV-1', 'ps_1']]);
	});

	test('does not give a row the session of one that its first try has paid', async () => {
		server.respond = (response, { index }) => {
			if (index === 0) response.statusCode = 403;
			response.end(index === 0 ? '' : acceptance('ps_1'));
		};
		const result = await pay(2, {}, retry);
		expect(listPaid(result)).toEqual([['INV-2', 'ps_1']]);
		expect(failuresOf(result)).toEqual([
			expect.objectContaining({ reference: 'INV-1', outcome: 'unknown', session_id: 'ps_1' }),
		]);
		expect(failuresOf(result)[0]?.message).toContain('(row 2)');
		expect(server.calls).toHaveLength(3);
	});
});

const ofSession = (operation: string) => ({
	resource: 'session',
	operation,
	specify: 'none',
	sessionId: '={{ $json.session_id }}',
	options: { parallelRequests: 1 },
});

test('a created session belongs to one row, too', async () => {
	server.respond = (response, { index }) =>
		void response.end(acceptance(index < 2 ? 'ps_1' : 'ps_3'));
	const result = await server.pay([{}, {}, {}], ofSession('create'), {
		onError: 'continueErrorOutput',
	});
	expect(result.success.map(({ json }) => json.session_id)).toEqual(['ps_1', 'ps_3']);
	expect(failuresOf(result)).toEqual([
		expect.objectContaining({
			outcome: 'unknown',
			message: expect.stringContaining(
				'which belongs to another payout of this run (row 1)',
			) as string,
			advice: expect.stringContaining('Nothing was paid') as string,
		}),
	]);
});

test('a payout that is started in the session of its row keeps it', async () => {
	const ids = ['ps_1', 'ps_2'];
	const items = turkishRows(...references(2)).map((row, at) => ({ ...row, session_id: ids[at] }));
	const parameters = { ...automatic('TUR-TRY'), operation: 'start' };
	Object.assign(parameters, { sessionId: '={{ $json.session_id }}' });
	const start = async () =>
		await server.pay(items as IDataObject[], parameters, { onError: 'continueErrorOutput' });
	server.respond = (response, { body }) => void response.end(acceptance(body.session_id));
	expect(listPaid(await start())).toEqual([
		['INV-1', 'ps_1'],
		['INV-2', 'ps_2'],
	]);
	server.respond = (response) => void response.end(acceptance('ps_1'));
	const result = await start();
	expect(listPaid(result)).toEqual([['INV-1', 'ps_1']]);
	expect(failuresOf(result)[0]).toMatchObject({ reference: 'INV-2', outcome: 'unknown' });
});

test('many rows can be about one session when it is only looked up', async () => {
	server.respond = (response) => void response.end(acceptance('ps_1'));
	const items = Array(4).fill({ session_id: 'ps_1' }) as IDataObject[];
	const { success } = await server.pay(items, ofSession('get'));
	expect(success.map(({ json }) => json.session_id)).toEqual(Array(4).fill('ps_1'));
});
