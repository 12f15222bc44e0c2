import type { IDataObject } from 'n8n-workflow';
import { poll } from '../../n8n/poll.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { readRun, startRun } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

beforeEach(() => account.sandbox.changeSettings({ latencyMs: 0 }));

const references = (count: number) => Array.from({ length: count }, (_, index) => `INV-${index}`);
const ONE_AT_A_TIME = { parallelRequests: 1 };

const run = async (rows: IDataObject[], options: IDataObject, more: object = {}) =>
	await account.pay(rows, automatic('TUR-TRY', options), more);

describe('On Error: Stop', () => {
	test('stops after a refusal and says which rows went out and which did not', async () => {
		account.sandbox.setFaults([
			{ when: { key: 'INV-2' }, fault: { type: 'error', code: 'account_not_found' } },
		]);
		const { error } = await run(turkishRows(...references(5)), ONE_AT_A_TIME);

		expect(error?.message).toContain("Payout 'INV-2' was refused");
		expect(error?.description).toMatch(/Submitted \(2\): 'INV-0' \(ps_\d+\), 'INV-1' \(ps_\d+\)\./);
		expect(error?.description).toContain("Refused (1): 'INV-2'.");
		expect(error?.description).toContain("Not sent (2): 'INV-3', 'INV-4'.");
		expect(error?.context?.rows).toMatchObject([
			{ row: 1, outcome: 'submitted', session_id: expect.stringMatching(/^ps_/) as string },
			{ row: 2, outcome: 'submitted' },
			{ row: 3, outcome: 'rejected', code: 'account_not_found' },
			{ row: 4, outcome: 'not_sent', code: 'stopped' },
			{ row: 5, outcome: 'not_sent' },
		]);
		expect(account.sandbox.counters().received).toBe(3);
	});

	test.each([
		[
			1,
			'Nothing was sent.\nCorrect what is wrong and run the workflow again. Leave each reference that is right as it is.',
		],
		[
			2,
			"Nothing was sent, not even the rows that are right.\nCorrect what is wrong and run the workflow again. Leave each reference that is right as it is. To send the right rows anyway, set 'On Error' in the node's settings to continue.",
		],
	])('says once what to do about a wrong row among %i', async (count, description) => {
		const rows = turkishRows(...references(count));
		Object.assign(rows[0] ?? {}, { amount: '0' });
		const { error } = await run(rows, {});
		expect(error?.message).toMatch(/^The amount is 0.* \[Item 0\]$/);
		expect(error?.description).toBe(description);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('stops after an unknown outcome and says not to change the reference', async () => {
		account.sandbox.setFaults([{ when: { key: 'INV-1' }, fault: 'reset_after_accepting' }]);
		const { error } = await run(turkishRows(...references(3)), ONE_AT_A_TIME);

		expect(error?.message).toContain("It is not known whether payout 'INV-1' was accepted");
		expect(error?.description).toContain('Do not change the reference');
		expect(error?.context?.details).toMatchObject({ outcome: 'unknown', code: 'ECONNRESET' });
		expect(account.sandbox.books.paidTimes('INV-1')).toBe(1);
		expect(account.sandbox.counters().received).toBe(2);
	});
});

describe('On Error: Continue', () => {
	test('sends bad rows to the error output with their fields, and pays the good ones', async () => {
		const rows = turkishRows(...references(4));
		Object.assign(rows[1] ?? {}, { iban: 'TR00' });
		account.sandbox.setFaults([
			{ when: { key: 'INV-2' }, fault: { type: 'status_502_html', accepted: true } },
		]);
		const { success, errors } = await run(rows, {}, { onError: 'continueErrorOutput' });

		expect(success.map(({ json, pairedItem }) => [json.reference, pairedItem])).toEqual([
			['INV-0', { item: 0 }],
			['INV-3', { item: 3 }],
		]);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(errors[0]?.json).toMatchObject({
			...rows[1],
			error: {
				message: expect.stringContaining("The IBAN 'TR00'") as string,
				outcome: 'not_sent',
				code: 'invalid_row',
				reference: 'INV-1',
				fields: ['iban'],
				advice: expect.stringContaining('Correct the row') as string,
			},
		});
		expect(errors[1]?.json).toMatchObject({
			...rows[2],
			error: { outcome: 'unknown', code: 'http_502', reference: 'INV-2' },
		});
		expect(success.some(({ json }) => 'error' in json)).toBe(false);
	});

	test('leaves failed rows in place on the regular output, with their fields', async () => {
		const rows = turkishRows(...references(3));
		Object.assign(rows[1] ?? {}, { amount: '0' });
		const { success } = await run(rows, {}, { onError: 'continueRegularOutput' });

		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(success[1]?.json).toMatchObject({
			...rows[1],
			error: {
				message: expect.stringContaining('The amount is 0') as string,
				outcome: 'not_sent',
			},
		});
	});

	test('gives every row not_sent when the credential cannot sign, and none the good output', async () => {
		const { success, errors } = await run(
			turkishRows(...references(2)),
			{},
			{
				onError: 'continueErrorOutput',
				credentials: { ...account.credentials, privateKey: 'nonsense' },
			},
		);
		expect(success).toEqual([]);
		expect(errors.map(({ json }) => (json.error as IDataObject).outcome)).toEqual([
			'not_sent',
			'not_sent',
		]);
	});
});

describe('running again', () => {
	test('pays nothing twice when the finished execution runs again', async () => {
		const rows = turkishRows(...references(3));
		await run(rows, {});
		const { success } = await run(rows, {});

		expect(success.map(({ json }) => json.outcome)).toEqual(Array(3).fill('already_submitted'));
		for (const reference of references(3)) {
			expect(account.sandbox.books.acceptedTimes(reference)).toBe(1);
		}
	});

	test('makes a repeated reference an error when the user wants that', async () => {
		await run(turkishRows('INV-0'), {});
		const { error } = await run(turkishRows('INV-0'), { duplicates: 'error' });
		expect(error?.message).toContain("Payout 'INV-0' was already submitted by an earlier request");
	});

	test('pays nothing twice when n8n retries the node', async () => {
		account.sandbox.setFaults([
			{ when: { key: 'INV-1', times: 1 }, fault: 'reset_after_accepting' },
		]);
		const { success, error } = await run(turkishRows(...references(3)), ONE_AT_A_TIME, {
			retryOnFail: true,
		});

		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json.outcome)).toEqual([
			'submitted',
			'already_submitted',
			'submitted',
		]);
		expect(success[0]?.json.session_id).toMatch(/^ps_/);
		expect(
			references(3).map((reference) => account.sandbox.books.acceptedTimes(reference)),
		).toEqual([1, 1, 1]);
	});
});

describe('limits', () => {
	test('refuses two rows with one reference', async () => {
		const { error } = await run(turkishRows('INV-0', 'INV-1', ' INV-0 '), {});
		expect(error?.message).toBe('2 of 3 rows need correcting; nothing was sent');
		expect(error?.description).toContain("Reference 'INV-0' appears in 2 rows (1, 3)");
		expect(account.sandbox.counters().received).toBe(0);
	});

	test.each<[string, object, IDataObject]>([
		['an amount', { amount: '1,234' }, {}],
		['an expression', {}, { amount: '={{ $("Nobody").item.json.amount }}' }],
	])(
		'refuses two rows with one reference also when one of them is wrong by %s',
		async (_name, wrong, more) => {
			const [first, second, third] = turkishRows('INV-0', 'INV-0', 'INV-1');
			const items = [{ ...first, ...wrong }, second, third] as IDataObject[];
			const columns = Object.keys(first ?? {}).map((name) => [name, `={{ $json.${name} }}`]);
			const value = { ...Object.fromEntries(columns), ...more } as IDataObject;
			const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
			const parameters = { ...automatic('TUR-TRY'), payout };
			const { success, errors } = await account.pay(items, parameters, {
				onError: 'continueErrorOutput',
			});
			const isAlone = more.amount === undefined;
			expect(success.map(({ json }) => json.reference)).toEqual(isAlone ? ['INV-1'] : []);
			expect(errors.slice(0, 2).map(({ json }) => json.error)).toEqual(
				Array(2).fill(
					expect.objectContaining({
						reference: 'INV-0',
						outcome: 'not_sent',
						message: expect.stringContaining("Reference 'INV-0' appears in 2 rows (1, 2)"),
					}),
				),
			);
		},
	);

	test('refuses a row above Max Amount and a run above Max Total, saying by how much', async () => {
		const amount = await run(turkishRows('INV-0'), { maxAmount: 100 });
		expect(amount.error?.message).toContain("is above 'Max Amount' (100) by 0.50");
		const total = await run(turkishRows('INV-0', 'INV-1'), { maxTotal: 200.99 });
		expect(total.error?.description).toContain(
			"add up to 201.00, which is above 'Max Total' (200.99) by 0.01",
		);
		expect(account.sandbox.counters().received).toBe(0);
	});

	test('shows what would be sent in a dry run and sends nothing', async () => {
		const { success } = await run(turkishRows('INV-0'), { dryRun: true, simplify: false });
		expect(success[0]?.json).toMatchObject({
			dry_run: true,
			reference: 'INV-0',
			idempotency_key: 'INV-0',
			body: { amount_details: { amount: 10050, currency: 'usd' } },
		});
		expect(account.sandbox.counters().received).toBe(0);
	});

	test.each([0, 801, 2.5, 'many', true])('are no number at all: %p', async (parallelRequests) => {
		const { error } = await run(turkishRows('INV-X'), { parallelRequests });
		expect(error?.message).toContain('can only be automatic, or a whole number from 1 to 800');
		expect(account.sandbox.counters().received).toBe(0);
	});
});

test('waits as told after 429 and sends the same key again, three times at most', async () => {
	account.sandbox.setFaults([
		{ when: { key: 'INV-0', times: 2 }, fault: { type: 'status_429', retryAfter: 0 } },
		{ when: { key: 'INV-1' }, fault: { type: 'status_429', retryAfter: 0 } },
	]);
	const { success, errors } = await run(turkishRows('INV-0', 'INV-1'), ONE_AT_A_TIME, {
		onError: 'continueErrorOutput',
	});
	expect(success.map(({ json }) => json.reference)).toEqual(['INV-0']);
	expect(errors[0]?.json.error).toMatchObject({ outcome: 'not_sent', code: 'http_429' });
	expect(account.sandbox.counters().received).toBe(6);
	expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(1);
});

test('dispatches nothing more once the execution is cancelled', async () => {
	account.sandbox.changeSettings({ latencyMs: 100 });
	const running = await startRun({
		items: turkishRows(...references(50)),
		parameters: automatic('TUR-TRY', { parallelRequests: 2 }),
		credentials: account.credentials,
	});
	// With two in flight, a third request means that a payout has ended.
	const begun = () => account.sandbox.counters().received > 2 || undefined;
	await poll(begun, { everyMs: 5, withinMs: 60_000, tooLate: 'No third row was sent.' });
	running.execution.cancel();
	const { run: result } = readRun(await running.execution);
	expect(result.status).toBe('canceled');
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(account.sandbox.counters().received).toBeLessThanOrEqual(8);
	// What was in flight was not torn off: the sandbox answered every request it booked.
	expect(account.sandbox.requests().every(({ status }) => status === 200)).toBe(true);
	expect(result.data.resultData.metadata?.smartGlocal).toMatch(
		/^Cancelled while sending\. Ended by then: \d submitted: USD \d+\.\d\d.* Run the workflow again with the same references: nothing is paid twice\.$/,
	);
});

describe('Session First', () => {
	const paths = () => account.sandbox.requests().map(({ path }) => path.replace('/api/v1/', ''));

	test('creates the session, then starts the payout in it with the key', async () => {
		const { success } = await run(turkishRows('INV-0'), { sessionFirst: true });

		expect(success[0]?.json).toMatchObject({ outcome: 'submitted', reference: 'INV-0' });
		expect(paths()).toEqual(['session/create', 'session/start/payout']);
		const [creation, start] = account.sandbox.requests();
		expect(creation?.headers['x-partner-idempotency-key']).toBeUndefined();
		expect(start?.headers['x-partner-idempotency-key']).toBe('INV-0');
		expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(1);
	});

	test('looks a lost answer up in the session, so that nothing stays unknown', async () => {
		account.sandbox.setFaults([{ when: { path: 'start' }, fault: 'reset_after_accepting' }]);
		const { success } = await run(turkishRows('INV-0'), { sessionFirst: true });

		expect(success[0]?.json).toMatchObject({ outcome: 'submitted', reference: 'INV-0' });
		expect(paths()).toEqual(['session/create', 'session/start/payout', 'session/status']);
	});

	test('says unknown, with the session, when the start cannot be proven either way', async () => {
		account.sandbox.setFaults([{ when: { path: 'start' }, fault: 'reset_before_reading' }]);
		const { error } = await run(turkishRows('INV-0'), { sessionFirst: true });

		expect(error?.context?.details).toMatchObject({
			outcome: 'unknown',
			session_id: expect.stringMatching(/^ps_/) as string,
		});
		expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(0);
	});

	test('names the session of a start that was refused, or that was asked to wait', async () => {
		for (const [fault, outcome] of [
			[{ type: 'error', code: 'account_not_found' }, 'rejected'],
			[{ type: 'status_429', retryAfter: 0 }, 'not_sent'],
		] as const) {
			account.sandbox.setFaults([{ when: { path: 'start' }, fault }]);
			const { error } = await run(turkishRows('INV-0'), { sessionFirst: true });
			expect(error?.context?.details).toMatchObject({
				outcome,
				session_id: expect.stringMatching(/^ps_/) as string,
			});
		}
		expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(0);
	});

	test('pays nothing twice when it runs again, also in turns with one step', async () => {
		await run(turkishRows('INV-0'), { sessionFirst: true });
		await run(turkishRows('INV-0'), {});
		const { success } = await run(turkishRows('INV-0'), { sessionFirst: true });

		expect(success[0]?.json.outcome).toBe('already_submitted');
		expect(account.sandbox.books.acceptedTimes('INV-0')).toBe(1);
	});
});
