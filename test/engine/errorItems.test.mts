import type { IDataObject, INodeExecutionData, INodeType, OnError } from 'n8n-workflow';
import { watchFreezes } from '../storm/freezes.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { executeContext, loadPackage } from '../support/engine.mts';
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
	const rows = turkishRows('paid', 'refused', 'unknown', 'invalid', 'card');
	Object.assign(rows[3] ?? {}, { amount: '0', error: 'x', message: 'y', details: 'z' });
	Object.assign(rows[4] ?? {}, { card_number: '4242424242424242' });
	account.sandbox.setFaults([
		{ when: { key: 'refused' }, fault: { type: 'error', code: 'account_not_found' } },
		{ when: { key: 'unknown' }, fault: 'reset_after_accepting' },
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

/** Runs rows, and measures the longest time in which n8n could not have answered, in ms. */
async function measureFreeze(items: IDataObject[], onError?: OnError) {
	const stop = watchFreezes();
	const result = await account.pay(items, automatic('TUR-TRY'), { ...(onError && { onError }) });
	return { ...result, freezeMs: stop() };
}

test('thousands of wrong rows under Stop do not hold n8n up while they are listed', async () => {
	const references = Array.from({ length: 5_000 }, (_, index) => `INV-${index}`);
	const items = turkishRows(...references).map((row) => ({ ...row, amount: '0' }));
	const { error, freezeMs } = await measureFreeze(items);

	expect(error?.message).toBe('5000 of 5000 rows need correcting; nothing was sent');
	expect(error?.context?.rows).toHaveLength(5_000);
	// About a tenth of this on a machine with nothing else to do.
	expect(freezeMs).toBeLessThan(1_500);
});

/** About a quarter of this on a machine with nothing else to do, and half while coverage is measured. */
const MAX_FREEZE_MS = 1_000;
const MEGABYTE = 1_048_576;
const textOf = (piece: string) => piece.repeat(Math.ceil(MEGABYTE / piece.length));
const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each<[string, IDataObject]>([
	['a megabyte of digits', { note: textOf('4242 ') }],
	['a megabyte of JSON', { note: `[${textOf('4242424242424,')}1]` }],
	// As many as a sheet of Excel can have columns.
	[
		'16,384 headers in Cyrillic',
		Object.fromEntries(numbersTo(16_384).map((index) => [`Номер é ${index}`, 'x'])),
	],
	['100,000 numbers in a column', { list: numbersTo(100_000) }],
	[
		'50,000 cards in a column',
		{ list: Array.from({ length: 50_000 }, () => '4242 4242 4242 4242') },
	],
])('a failed row does not hold n8n up: %s', async (_name, columns) => {
	const items = turkishRows('A').map((row) => ({ ...row, ...columns, amount: '0' }));
	const { errors, freezeMs } = await measureFreeze(items, 'continueErrorOutput');
	expect(errors).toHaveLength(1);

	expect(freezeMs).toBeLessThan(MAX_FREEZE_MS);
});
