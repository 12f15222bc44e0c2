import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { belgianPayout } from '../support/belgianPayout.mts';
import type { RunOptions } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount({ processingMs: 10 });

beforeEach(() => account.sandbox.changeSettings({ autoConfirm: false }));

const run = async (
	resource: string,
	operation: string,
	items: IDataObject[],
	parameters: IDataObject,
	more: Partial<RunOptions> = {},
) => await account.pay(items, { resource, operation, options: {}, ...parameters }, more);

const session = async (operation: string, ids: unknown[], options: IDataObject = {}) =>
	await run(
		'session',
		operation,
		ids.map((session_id) => ({ session_id }) as IDataObject),
		{ sessionId: '={{ $json.session_id }}', options },
	);

async function submit(...references: string[]): Promise<string[]> {
	const { success } = await account.pay(turkishRows(...references), automatic('TUR-TRY'));
	await new Promise((resolve) => setTimeout(resolve, 60));
	return success.map(({ json }) => String(json.session_id));
}

test('looks sessions up, one item for each payout, matched by reference', async () => {
	const ids = await submit('INV-1', 'INV-2');
	const { success } = await session('get', ids);

	expect(success.map(({ json }) => json)).toMatchObject([
		{
			reference: 'INV-1',
			session_id: ids[0],
			session_status: 'in_progress',
			payout_status: 'pending',
			next_action: 'confirm',
			amount: 100.5,
			currency: 'USD',
			failure: null,
			refund: null,
		},
		{ reference: 'INV-2' },
	]);
	expect(success[1]?.pairedItem).toEqual({ item: 1 });
});

test('reads the names of v2 and both spellings of cancelled', async () => {
	const [id] = await submit('INV-1');
	await session('cancel', [id]);
	await new Promise((resolve) => setTimeout(resolve, 60));
	account.sandbox.setFaults([{ fault: 'canceled_spelling' }]);
	const v1 = await session('get', [id]);
	account.sandbox.setFaults([]);
	const v2 = await session('get', [id], { apiVersion: 'v2' });

	expect(v1.success[0]?.json).toMatchObject({ session_status: 'cancelled', reference: 'INV-1' });
	expect(v2.success[0]?.json).toEqual(v1.success[0]?.json);
	expect(account.sandbox.requests().at(-1)?.path).toBe('/api/v2/session/status');
});

test('confirms, and says what to do when it is confirmed twice or too late', async () => {
	const [first, second] = await submit('INV-1', 'INV-2');
	const confirmed = await session('confirm', [first]);
	expect(confirmed.success[0]?.json).toMatchObject({ session_id: first, reference: 'INV-1' });
	await new Promise((resolve) => setTimeout(resolve, 60));

	const again = await session('confirm', [first]);
	expect(again.error?.message).toContain(
		`Session '${first}' was not confirmed: it does not wait for a confirmation`,
	);
	expect(again.error?.description).toContain('is not paid twice');

	account.sandbox.setFaults([{ fault: { type: 'error', code: 'confirm_timeout' } }]);
	const late = await session('confirm', [second]);
	expect(late.error?.message).toContain('the 240 minutes for its confirmation are over');
	expect(account.sandbox.books.paidTimes('INV-1')).toBe(1);
});

test('cancels, and says why a finished session cannot be cancelled', async () => {
	const [first, second] = await submit('INV-1', 'INV-2');
	await session('cancel', [first]);
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(account.sandbox.books.paidTimes('INV-1')).toBe(0);

	await session('confirm', [second]);
	await new Promise((resolve) => setTimeout(resolve, 60));
	const late = await session('cancel', [second]);
	expect(late.error?.message).toContain('it can no longer be cancelled');
});

test('does not confirm the same session twice in one run', async () => {
	const [id] = await submit('INV-1');
	const { error } = await session('confirm', [id, id]);
	expect(error?.message).toBe('2 of 2 rows need correcting; nothing was sent');
	expect(error?.description).toContain(`Session '${id}' appears in 2 rows`);
});

test('does not start a payout in a session of which another row is wrong', async () => {
	const created = await account.pay(turkishRows('INV-1'), {
		...automatic('TUR-TRY'),
		resource: 'session',
		operation: 'create',
	});
	const sid = String(created.success[0]?.json.session_id);
	const rows = turkishRows('S-1', 'S-2').map((row) => ({ ...row, sid }));
	Object.assign(rows[0] ?? {}, { amount: 'much' });
	const parameters = { ...automatic('TUR-TRY'), operation: 'start', sessionId: '={{ $json.sid }}' };
	const { errors } = await account.pay(rows, parameters, { onError: 'continueErrorOutput' });
	const said = expect.stringContaining(`Session '${sid}' appears in 2 rows`) as string;
	expect(errors.map(({ json }) => (json.error as IDataObject).message)).toEqual([said, said]);
	expect(account.sandbox.books.acceptedTimes('S-2')).toBe(0);
});

test('says which session a confirmation with a lost answer was for', async () => {
	const [id] = await submit('INV-1');
	account.sandbox.setFaults([{ when: { path: 'confirm' }, fault: 'reset_after_accepting' }]);
	const { error } = await session('confirm', [id]);
	expect(error?.message).toContain(`It is not known whether session '${id}' was confirmed`);
	expect(error?.context?.details).toMatchObject({ outcome: 'unknown', session_id: id });
});

test('shows why a payout failed and what was returned', async () => {
	const [failed, returned] = await submit('INV-1', 'INV-2');
	await session('confirm', [failed, returned]);
	await new Promise((resolve) => setTimeout(resolve, 60));
	const payoutOf = (reference: string) =>
		account.sandbox.books.summary(reference).payouts[0]?.payoutId ?? '';
	account.sandbox.returnPayout(payoutOf('INV-2'), 5000);
	const { success } = await session('get', [returned]);
	expect(success[0]?.json).toMatchObject({ refund: 'refunded: USD 50.00' });

	const [other] = await submit('INV-3');
	account.sandbox.failPayout(payoutOf('INV-3'), { code: 'account_not_found' });
	const lookup = await session('get', [other]);
	expect(lookup.success[0]?.json).toMatchObject({
		payout_status: 'failed',
		failure: expect.stringMatching(/^account_not_found: /) as string,
	});
	expect(lookup.success[0]?.json).not.toHaveProperty('error');
});

test('creates a session with data, then starts it; starting again pays nothing twice', async () => {
	const created = await run('session', 'create', turkishRows('INV-1'), {
		...automatic('TUR-TRY'),
	});
	const id = created.success[0]?.json.session_id;
	expect(created.success[0]?.json).toMatchObject({ session_status: 'created', payout_id: null });
	expect(account.sandbox.requests()[0]?.headers['x-partner-idempotency-key']).toBeUndefined();

	const start = async () =>
		await run('payout', 'start', [{ id: id ?? '' }], {
			sessionId: '={{ $json.id }}',
			specify: 'none',
			reference: 'INV-1',
		});
	expect((await start()).success[0]?.json).toMatchObject({
		outcome: 'submitted',
		session_id: id,
		reference: 'INV-1',
		amount: 100.5,
		amount_minor: 10050,
	});
	expect((await start()).success[0]?.json).toMatchObject({
		outcome: 'already_submitted',
		next_action: 'None: an earlier request sent it.',
		amount: null,
		amount_minor: null,
	});
	expect(account.sandbox.books.acceptedTimes('INV-1')).toBe(1);
});

test('starts an empty session with the data of the row', async () => {
	const created = await run('session', 'create', [{}], { specify: 'none' });
	const rows = turkishRows('INV-1').map((row) => ({
		...row,
		session: created.success[0]?.json.session_id,
	}));
	const { success } = await run('payout', 'start', rows as IDataObject[], {
		...automatic('TUR-TRY'),
		sessionId: '={{ $json.session }}',
	});
	expect(success[0]?.json).toMatchObject({ outcome: 'submitted', reference: 'INV-1' });
	expect(account.sandbox.books.paidAmount('INV-1')).toBe(10050);
});

test('starts the session that the row names, whatever session a JSON body names', async () => {
	const { error } = await run('payout', 'start', [{}], {
		sessionId: 'ps_999',
		specify: 'json',
		reference: 'INV-1',
		body: JSON.stringify({ session_id: 'ps_1', customer: { reference: 'c' } }),
	});
	expect(error).toBeDefined();
	const [request] = account.sandbox.requests();
	expect(JSON.parse(request?.rawBody ?? '')).toMatchObject({ session_id: 'ps_999' });
});

test('cannot keep a limit on an amount that it does not know, and says so', async () => {
	const { error } = await run('payout', 'start', [{}], {
		sessionId: 'ps_1',
		specify: 'none',
		reference: 'INV-1',
		options: { maxAmount: 100 },
	});
	expect(error?.message).toContain("The option 'Max Amount' cannot be checked");
	expect(account.sandbox.counters().received).toBe(0);
});

test('gives one item for each wallet, in major units where that is certain', async () => {
	account.sandbox.changeSettings({ balances: { usd: 13000, krw: 500 } });
	const { success } = await run('wallet', 'getBalance', [{}], {});
	const find = (currency: string) => success.find(({ json }) => json.currency === currency)?.json;
	expect(find('USD')).toMatchObject({ amount: 130, amount_minor: 13000 });
	expect(find('KRW')).toMatchObject({ amount: null, amount_minor: 500 });
	expect(account.sandbox.requests()[0]?.path).toBe('/api/v1/wallet/balance');
});

describe('a request body as JSON', () => {
	const { payment_method: method, amount_details, participant_details } = belgianPayout();
	const body = {
		payment_method: { ...(method as IDataObject), brand_new_field: 'x' },
		amount_details,
		participant_details,
		another_new_field: { kept: true },
	};
	const pay = async (reference: string, json: unknown, options: IDataObject = {}) =>
		await run('payout', 'init', [{}], {
			specify: 'json',
			reference,
			body: typeof json === 'string' ? json : JSON.stringify(json),
			options,
		});

	test('is sent as it is, keyed and with the reference as metadata', async () => {
		const { success } = await pay('INV-1', body);
		expect(success[0]?.json).toMatchObject({ outcome: 'submitted', amount_minor: 1000 });
		const [request] = account.sandbox.requests();
		expect(JSON.parse(request?.rawBody ?? '')).toEqual({ ...body, metadata: 'INV-1' });
		expect(request?.headers['x-partner-idempotency-key']).toBe('INV-1');
	});

	test('takes the name of the other version, and limits in minor units', async () => {
		const { payment_method, ...rest } = body;
		const { success } = await pay('INV-1', { ...rest, payout_details: payment_method });
		expect(success[0]?.json.outcome).toBe('submitted');
		const { error } = await pay('INV-2', body, { maxAmount: 999 });
		expect(error?.message).toContain("is above 'Max Amount' (999) by 1");
	});
});
