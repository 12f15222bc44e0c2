import type { IDataObject, INodeType } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { loadPackage } from '../support/engine.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount({ processingMs: 10 });

beforeEach(() => account.sandbox.changeSettings({ autoConfirm: false, processingMs: 10 }));

const run = async (operation: string, ids: unknown[], options: IDataObject, more: object = {}) =>
	await account.pay(
		ids.map((session_id) => ({ session_id }) as IDataObject),
		{ resource: 'session', operation, sessionId: '={{ $json.session_id }}', options },
		more,
	);

const looksAt = (id: unknown) =>
	account.sandbox
		.requests()
		.filter(({ path, rawBody }) => path.includes('status') && rawBody.includes(`"${String(id)}"`));

/** Waits until something is true, for as long as a test may take. */
async function until(isTrue: () => boolean) {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Submits payouts, which then wait for their confirmation. */
async function submit(...references: string[]): Promise<string[]> {
	const { success } = await account.pay(turkishRows(...references), automatic('TUR-TRY'));
	const isPending = (reference: string) =>
		account.sandbox.books.summary(reference).payouts.every(({ status }) => status === 'pending');
	await until(() => references.every(isPending));
	return success.map(({ json }) => String(json.session_id));
}

test('waits for a payout that is confirmed meanwhile, and says that it is final', async () => {
	const [id] = await submit('INV-1');
	const waiting = run('get', [id], { waitUntilFinal: true, maxWaitSeconds: 600 });
	await until(() => looksAt(id).length === 1);
	await run('confirm', [id], {});
	const { success } = await waiting;

	const [item] = success;
	expect(item?.json).toMatchObject({
		reference: 'INV-1',
		session_id: id,
		session_status: 'accepted',
		payout_status: 'succeeded',
		final: true,
		failure: null,
	});
	expect(item?.pairedItem).toEqual({ item: 0 });
	expect(looksAt(id).length).toBeGreaterThan(1);
});

test('says that a payout is not final when the time is over', async () => {
	const ids = await submit('INV-1', 'INV-2');
	const { success: before } = await run('get', ids, {});
	const { success } = await run('get', ids, { waitUntilFinal: true, maxWaitSeconds: 1 });

	expect(success.map(({ json }) => [json.reference, json.payout_status, json.final])).toEqual([
		['INV-1', 'pending', false],
		['INV-2', 'pending', false],
	]);
	const names = Object.keys(before[0]?.json ?? {});
	expect(names).toContain('next_action');
	expect(Object.keys(success[0]?.json ?? {})).toEqual(
		names.map((name) => (name === 'next_action' ? 'final' : name)),
	);
	// Without the option once; with it when the wait begins and when it ends.
	expect(looksAt(ids[0])).toHaveLength(3);
});

test('looks once at what is final already, and gives the whole session without Simplify', async () => {
	const ids = await submit('INV-1', 'INV-2', 'INV-3');
	await run('cancel', ids, {});
	await until(() => account.sandbox.books.paidTimes('INV-3') === 0);
	account.sandbox.setFaults([{ fault: 'canceled_spelling' }]);
	for (const [index, apiVersion] of ['v1', 'v2'].entries()) {
		const options = { waitUntilFinal: true, maxWaitSeconds: 600, apiVersion };
		const { success } = await run('get', [ids[index]], options);
		expect(success[0]?.json).toMatchObject({ session_status: 'cancelled', final: true });
		expect(looksAt(ids[index])).toHaveLength(1);
	}
	const whole = await run('get', [ids[2]], { waitUntilFinal: true, simplify: false });
	expect(whole.success[0]?.json).toMatchObject({
		session: { id: ids[2], status: 'canceled' },
		final: true,
	});
	expect(Object.keys(whole.success[0]?.json ?? {})).toEqual(['session', 'final']);
});

test('does not wait for a session in error, which only the support can end', async () => {
	const [id] = await submit('INV-1');
	const [payout] = account.sandbox.books.summary('INV-1').payouts;
	account.sandbox.failPayout(payout?.payoutId ?? '', { sessionStatus: 'error' });
	const { success } = await run('get', [id], { waitUntilFinal: true, maxWaitSeconds: 600 });
	expect(success[0]?.json).toMatchObject({
		session_status: 'error',
		payout_status: 'failed',
		final: false,
		failure: expect.stringContaining('not final') as string,
	});
	expect(looksAt(id)).toHaveLength(1);
});

test('keeps the last status of a payout whose last look is lost, on any setting of On Error', async () => {
	for (const onError of [undefined, 'continueErrorOutput'] as const) {
		account.sandbox.reset();
		const [id] = await submit('INV-1');
		account.sandbox.setFaults([{ when: { path: 'status', from: 2 }, fault: 'status_401' }]);
		const options = { waitUntilFinal: true, maxWaitSeconds: 1 };
		const { success, errors, error } = await run('get', [id], options, { onError });
		expect(error).toBeUndefined();
		expect(errors).toEqual([]);
		expect(success[0]?.json).toMatchObject({ payout_status: 'pending', final: false });
		expect(looksAt(id)).toHaveLength(2);
	}
});

test('Retry On Fail waits for the rows that were not final in the first try, too', async () => {
	const ids = await submit('INV-1', 'INV-2');
	account.sandbox.setFaults([
		{ when: { path: 'status', nth: 2 }, fault: 'status_500_after_accepting' },
	]);
	const options = { waitUntilFinal: true, maxWaitSeconds: 1, parallelRequests: 1 };
	const { success } = await run('get', ids, options, { retryOnFail: true });
	expect(success.map(({ json }) => [json.reference, json.final])).toEqual([
		['INV-1', false],
		['INV-2', false],
	]);
	expect(ids.map((id) => looksAt(id).length)).toEqual([3, 3]);
});

describe('a setting that cannot be used', () => {
	const refusals: Array<[name: string, value: unknown, said: string]> = [
		['maxWaitSeconds', 0, "'Max Wait' is 0, but it can only be a whole number from 1 to 600"],
		['maxWaitSeconds', 601, "'Max Wait' is 601, but it can only be a whole number from 1 to 600"],
		['maxWaitSeconds', '5 minutes', "'Max Wait' is the text '5 minutes', but"],
		['maxWaitSeconds', '={{ $json.nothing }}', "'Max Wait' is empty, but"],
		['waitUntilFinal', '={{ "true" }}', "'Wait Until Final' is the text 'true', but"],
	];

	test.each(refusals)('sends nothing: %s %j', async (name, value, said) => {
		const options = { waitUntilFinal: true, [name]: value } as IDataObject;
		const { error } = await run('get', ['ps_1', 'ps_2'], options);
		expect(error?.message).toContain(said);
		expect(account.sandbox.counters().received).toBe(0);
		const { errors } = await run('get', ['ps_1'], options, { onError: 'continueErrorOutput' });
		expect(errors[0]?.json.error).toMatchObject({ outcome: 'not_sent' });
		expect(account.sandbox.counters().received).toBe(0);
	});

	test.each([
		['maxWaitSeconds', 'Max Wait', '={{ $json.session_id === "ps_1" ? 1 : 2 }}'],
		['waitUntilFinal', 'Wait Until Final', '={{ $json.session_id === "ps_2" }}'],
	])('holds for the whole run: %s', async (name, label, expression) => {
		const options = { waitUntilFinal: true, maxWaitSeconds: 1, [name]: expression };
		const { error } = await run('get', ['ps_1', 'ps_2'], options);
		expect(error?.message).toContain(`'${label}' holds for the whole run`);
		expect(account.sandbox.counters().received).toBe(0);
	});
});

describe('the options have no effect', () => {
	test('on another operation', async () => {
		const options = { waitUntilFinal: '={{ "always" }}', maxWaitSeconds: 0 };
		const { success } = await account.pay(
			turkishRows('INV-1', 'INV-2'),
			automatic('TUR-TRY', options),
		);
		expect(success.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
		const isPending = (reference: string) =>
			account.sandbox.books.summary(reference).payouts[0]?.status === 'pending';
		await until(() => ['INV-1', 'INV-2'].every(isPending));
		for (const [index, operation] of ['confirm', 'cancel'].entries()) {
			const { success: done } = await run(operation, [success[index]?.json.session_id], options);
			expect(done[0]?.json).toMatchObject({ session_status: 'in_progress' });
			expect(done[0]?.json).toHaveProperty('next_action');
			expect(done[0]?.json).not.toHaveProperty('final');
		}
		expect(account.sandbox.requests().filter(({ path }) => path.includes('status'))).toEqual([]);
	});

	test('when Wait Until Final is off', async () => {
		const [id] = await submit('INV-1');
		const options = { waitUntilFinal: false, maxWaitSeconds: 0 };
		const { success } = await run('get', [id], options);
		expect(success[0]?.json).toMatchObject({ next_action: 'confirm' });
		expect(success[0]?.json).not.toHaveProperty('final');
	});
});

test('the form offers them for Get Status alone', async () => {
	const loader = await loadPackage();
	const { properties } = (loader.getNode('smartGlocal').type as INodeType).description;
	const offering = properties
		.filter(({ options = [] }) => options.some(({ name }) => name === 'waitUntilFinal'))
		.map(({ displayOptions }) => displayOptions?.show);
	expect(offering).toEqual([{ resource: ['session'], operation: ['get'] }]);
});
