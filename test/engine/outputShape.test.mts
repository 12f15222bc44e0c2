import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { automatic, turkishRows } from '../support/account.mts';
import { useAccount } from '../support/useAccount.mts';

const account = useAccount({ processingMs: 10 });

beforeEach(() => account.sandbox.changeSettings({ autoConfirm: false }));

const ORDER = [
	'outcome',
	'reference',
	'session_id',
	'session_status',
	'payout_id',
	'payout_status',
	'next_action',
	'amount',
	'amount_minor',
	'currency',
];
const LOOKUP = [
	'reference',
	'session_id',
	'session_status',
	'payout_id',
	'payout_status',
	'next_action',
	'amount',
	'currency',
	'failure',
	'refund',
];

async function run(
	resource: string,
	operation: string,
	rows: IDataObject[],
	more: IDataObject = {},
): Promise<IDataObject[]> {
	const parameters = { ...automatic('TUR-TRY'), resource, operation, ...more };
	const { success, error } = await account.pay(rows, parameters);
	expect(error).toBeUndefined();
	return success.map(({ json }) => json);
}

const fieldsOf = (items: IDataObject[]) => items.map((item) => Object.keys(item));

describe.each(['v1', 'v2'])('with API %s', (apiVersion) => {
	const options = { apiVersion };

	test('an order has the same ten fields, whether it is new, failed at once or sent before', async () => {
		for (const sessionFirst of [false, true]) {
			account.sandbox.reset();
			const pay = async () =>
				await run('payout', 'init', turkishRows('INV-1', 'INV-2'), {
					options: { apiVersion, sessionFirst },
				});
			const [first, again] = [await pay(), await pay()];
			expect(first.map(({ outcome }) => outcome)).toEqual(['submitted', 'submitted']);
			expect(fieldsOf(first)).toEqual([ORDER, ORDER]);
			if (sessionFirst) continue;
			expect(again.map(({ outcome }) => outcome)).toEqual(Array(2).fill('already_submitted'));
			expect(fieldsOf(again)).toEqual([ORDER, ORDER]);
		}
	});

	test('a session has the same ten fields, however it is reached', async () => {
		const created = await run('session', 'create', [{}], { specify: 'none', options });
		const paid = await run('payout', 'init', turkishRows('INV-1', 'INV-2'), { options });
		const [first, second] = paid.map(({ session_id }) => ({ session_id }) as IDataObject);
		await sleep(60);
		const sessionId = '={{ $json.session_id }}';
		const items = [
			...created,
			...(await run('session', 'get', [first ?? {}, second ?? {}], { sessionId, options })),
			...(await run('session', 'confirm', [first ?? {}], { sessionId, options })),
			...(await run('session', 'cancel', [second ?? {}], { sessionId, options })),
		];
		expect(fieldsOf(items)).toEqual(Array(5).fill(LOOKUP));
	});
});

test('with Simplify off comes what the API sent', async () => {
	const options = { simplify: false };
	const [paid] = await run('payout', 'init', turkishRows('INV-1'), { options });
	expect(Object.keys(paid ?? {})).toEqual(['outcome', 'reference', 'session']);
	const { id = '' } = (paid?.session ?? {}) as IDataObject;
	expect(fieldsOf(await run('session', 'get', [{}], { sessionId: id, options }))).toEqual([
		['session'],
	]);
	const [wallet] = await run('wallet', 'getBalance', [{}], { options });
	expect(wallet).toEqual({
		wallet: expect.objectContaining({ amount_details: expect.anything() as unknown }) as unknown,
	});
});

test('amounts add up, also those of rows that were sent before', async () => {
	const rows = turkishRows('INV-1', 'INV-2', 'INV-3');
	for (const [index, amount] of ['100.50', '0.25', '2000'].entries()) {
		Object.assign(rows[index] ?? {}, { amount });
	}
	await run('payout', 'init', rows.slice(0, 1));
	const items = await run('payout', 'init', rows);
	expect(items.map(({ outcome }) => outcome)).toEqual([
		'already_submitted',
		'submitted',
		'submitted',
	]);
	// As n8n's Summarize node does: what is no number is left out (n8n 2.41).
	const summarize = (name: string) =>
		items
			.map((item) => item[name])
			.filter((value) => typeof value === 'number')
			.reduce((sum, value) => sum + value, 0);
	expect(summarize('amount')).toBe(2100.75);
	expect(summarize('amount_minor')).toBe(210_075);
});
