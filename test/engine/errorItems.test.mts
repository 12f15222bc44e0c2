import type { IDataObject, INodeExecutionData, INodeType, OnError } from 'n8n-workflow';
import { watchFreezes } from '../storm/freezes.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { executeContext, loadPackage } from '../support/engine.mts';
import { findSlowGrowth, inputsOf } from '../support/growth.mts';
import type { Inputs } from '../support/growth.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount();

/** How versions of n8n find the items for the error output (n8n-core, `handleNodeErrorOutput`). */
const RULES: ReadonlyArray<readonly [string, (json: IDataObject) => boolean]> = [
	[
		'1.88 to 2.34.5',
		(json) => {
			const { length } = Object.keys(json);
			return Boolean(json.error && (length === 1 || (json.message && length === 2)));
		},
	],
	[
		'2.34.6 and newer',
		(json) =>
			Boolean(json.error) &&
			Object.keys(json).every((key) => ['error', 'message', 'details'].includes(key)),
	],
];

/** One row for each outcome, the last one with card data and with columns that have our names. */
function rowsOfAllKinds(): IDataObject[] {
	const rows = turkishRows('paid', 'refused', 'lost', 'invalid', 'card');
	Object.assign(rows[3] ?? {}, { amount: '0', error: 'x', message: 'y', details: 'z' });
	Object.assign(rows[4] ?? {}, { card_number: '4242424242424242' });
	account.sandbox.setFaults([
		{ when: { key: 'refused' }, fault: { type: 'error', code: 'account_not_found' } },
		{ when: { key: 'lost' }, fault: 'reset_after_accepting' },
	]);
	return rows;
}

async function collectItems(onError: OnError): Promise<INodeExecutionData[]> {
	const node = (await loadPackage()).getNode('smartGlocal').type as INodeType;
	const { context, workflow } = await executeContext({
		items: rowsOfAllKinds(),
		parameters: automatic('TUR-TRY'),
		credentials: account.credentials,
		onError,
	});
	await workflow.expression.acquireIsolate();
	try {
		const run = node.customOperations?.payout?.init;
		return ((await run?.call(context)) as INodeExecutionData[][]).flat();
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

test.each(RULES)('n8n %s tells a failed row from a sent one', async (_versions, isErrorItem) => {
	const items = await collectItems('continueErrorOutput');
	expect(items.map(({ json }) => isErrorItem(json))).toEqual([false, true, true, true, true]);
});

test('an error item says in fields what happened, what to do, and for which payout', async () => {
	const { success, errors } = await account.pay(rowsOfAllKinds(), automatic('TUR-TRY'), {
		onError: 'continueErrorOutput',
	});
	expect(success.map(({ json }) => json.reference)).toEqual(['paid']);
	expect(errors.map(({ json }) => (json.error as IDataObject).outcome)).toEqual([
		'rejected',
		'unknown',
		'not_sent',
		'not_sent',
	]);
	for (const { json } of errors) {
		const { message, code, reference, advice } = json.error as IDataObject;
		expect([message, code, reference, advice].every((text) => typeof text === 'string')).toBe(true);
	}
	expect(JSON.stringify(errors)).not.toContain('4242424242424242');
});

test('a failed row keeps its place and its columns on the regular output', async () => {
	const items = await collectItems('continueRegularOutput');
	expect(items.map(({ json }) => typeof json.error)).toEqual([
		'undefined',
		'object',
		'object',
		'object',
		'object',
	]);
	expect(items[3]?.json).toMatchObject({
		amount: '0',
		details: 'z',
		error: { code: 'invalid_row' },
	});
});

test('thousands of wrong rows under Stop do not hold n8n up while they are listed', async () => {
	const references = Array.from({ length: 5_000 }, (_, index) => `INV-${index}`);
	const items = turkishRows(...references).map((row) => ({ ...row, amount: '0' }));
	const stop = watchFreezes();
	const { error } = await account.pay(items, automatic('TUR-TRY'), {});
	const freezeMs = stop();

	expect(error?.message).toBe('5000 of 5000 rows need correcting; nothing was sent');
	expect(error?.context?.rows).toHaveLength(5_000);
	// About a tenth of this on a machine with nothing else to do.
	expect(freezeMs).toBeLessThan(1_500);
});

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each<[string, Inputs<IDataObject>]>([
	['a megabyte of digits', inputsOf((size) => ({ note: '4242 '.repeat(size / 5) }))],
	[
		'a megabyte of JSON',
		inputsOf((size) => ({ note: `[${'4242424242424,'.repeat(size / 14)}1]` })),
	],
	[
		// As many as a sheet of Excel can have columns.
		'16,384 headers in Cyrillic',
		inputsOf(
			(size) => Object.fromEntries(numbersTo(size).map((index) => [`Номер é ${index}`, 'x'])),
			16_384,
		),
	],
	['100,000 numbers in a column', inputsOf((size) => ({ list: numbersTo(size) }), 100_000)],
	[
		'50,000 cards in a column',
		inputsOf((size) => ({ list: numbersTo(size).map(() => '4242 4242 4242 4242') }), 50_000),
	],
])('a failed row does not hold n8n up: %s', async (_name, inputs) => {
	const fail = async (columns: IDataObject) => {
		const items = turkishRows('A').map((row) => ({ ...row, ...columns, amount: '0' }));
		const { errors } = await account.pay(items, automatic('TUR-TRY'), {
			onError: 'continueErrorOutput',
		});
		expect(errors).toHaveLength(1);
	};
	expect(await findSlowGrowth(fail, inputs)).toBeUndefined();
});
