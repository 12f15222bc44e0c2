import fc from 'fast-check';
import type { ExecuteContext } from 'n8n-core';
import { Expression } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { createRowReader } from '../../nodes/SmartGlocal/batch/read/readParameters';
import { COLUMNS, makeRows } from '../../bench/rows.mts';
import { automatic, turkishRows } from '../support/account.mts';
import { mappedRows } from '../support/mappedRows.mts';
import { executeContext } from '../support/engine.mts';
import { canStart, startExpressionEngine } from '../support/expressionEngines.mts';
import type { ExpressionEngine } from '../support/expressionEngines.mts';
import { drawSeed } from '../support/seed.mts';
import { useAccount } from '../support/useAccount.mts';

const RUNS = Number(process.env.RUNS ?? 300);

const account = useAccount();

function mapped(value: IDataObject): IDataObject {
	const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	return { ...automatic('TUR-TRY'), payout };
}

/** Reads the mapped fields of some rows in a way of its own. */
async function readRows(
	items: IDataObject[],
	value: IDataObject,
	waysOf: (context: ExecuteContext) => (index: number) => unknown,
) {
	const { context, workflow } = await executeContext({
		// n8n's engine without a VM lets expressions change the rows.
		items: structuredClone(items),
		parameters: mapped(value),
		credentials: {},
	});
	return await workflow.expression.withIsolate(async () => {
		const read = waysOf(context);
		return items.map((_, index) => {
			try {
				return read(index);
			} catch (failure) {
				return `throws ${(failure as Error).message}`;
			}
		});
	});
}

/** As the batch reads them, with what n8n was asked to evaluate for that. */
async function readByBatch(items: IDataObject[], value: IDataObject) {
	let spies: jest.SpyInstance[] = [];
	const read = await readRows(items, value, (context) => {
		spies = [jest.spyOn(context, 'evaluateExpression'), jest.spyOn(context, 'getNodeParameter')];
		const { rowAt } = createRowReader(context);
		return (index) => rowAt(index).read('payout.value');
	});
	const asked = spies.flatMap((spy) => spy.mock.calls.map(([first]) => String(first)));
	return { read, asked: asked.filter((path) => path !== 'payout.value') };
}

/** As n8n evaluates each of them, in their order. */
async function readByN8n(items: IDataObject[], value: IDataObject) {
	return await readRows(items, value, (context) => (index) => {
		const entries = Object.keys(value).map((key) => {
			const path = `payout.value.${key}`;
			return [key, context.getNodeParameter(path, index, undefined, { skipValidation: true })];
		});
		return Object.fromEntries(entries) as unknown;
	});
}

/** The VM needs the Node that n8n 2.41 runs on, 24; with an older one, only the other engine starts. */
const ENGINES = (['vm', 'legacy'] as const).filter(canStart);

describe.each<ExpressionEngine>(ENGINES)('n8n’s engine %s', (engine) => {
	let stop: () => Promise<void>;
	beforeAll(async () => {
		stop = await startExpressionEngine(engine);
	});
	afterAll(async () => await stop?.());

	test('gives for each of several expressions what it gives for that alone', async () => {
		expect(Expression.getActiveImplementation()).toBe(engine);
		let saved = 0;
		const seed = drawSeed();
		await fc.assert(
			fc.asyncProperty(mappedRows, async ({ items, value }) => {
				const byN8n = await readByN8n(items, value);
				const { read, asked } = await readByBatch(items, value);
				saved += items.length * Object.keys(value).length - asked.length;
				expect(read).toEqual(byN8n);
			}),
			{ numRuns: RUNS, seed },
		);
		const isEnough = saved > RUNS / 2;
		expect({ seed, saved, isEnough }).toEqual({ seed, saved, isEnough: true });
	});

	test('evaluates all columns of a row at once, and alone what is more than a column', async () => {
		const computed = COLUMNS.map((name) => [name, `={{ $json.${name}.toString().trim() }}`]);
		const value: IDataObject = Object.fromEntries(computed);
		const [first, second] = makeRows(2);
		const whole = await readByBatch([first, second] as IDataObject[], value);
		expect(whole).toMatchObject({ read: [first, second] });
		expect(whole.asked).toHaveLength(2);

		// A cell that is empty, a method that a number does not have, and one of n8n's own.
		const city = { ...first, recipient_city: null } as IDataObject;
		const missing = await readByBatch([city], {
			...value,
			sender_code: '={{ $json.iban.length() }}',
		});
		expect(missing.asked.slice(1).sort()).toEqual([
			'payout.value.recipient_city',
			'payout.value.sender_code',
		]);
		const failing = { ...value, amount: '={{ $json.amount.toFixed(2) }}' };
		const { asked } = await readByBatch([first] as IDataObject[], failing);
		expect(asked).toHaveLength(1 + COLUMNS.length);
	});

	test('reads a row as it is when an expression before has changed it', async () => {
		const value = {
			reference: '={{ $json.a.trim() }}',
			iban: '={{ ($json.a = "changed") }}',
			amount: '={{ $json.a.trim() }}',
			currency: '={{ $json.b.trim() }}',
		};
		const rows = [{ a: ' x ', b: ' y ' }];
		const { read } = await readByBatch(rows, value);
		expect(read).toEqual(await readByN8n(rows, value));
		expect(read).toMatchObject([{ reference: 'x', currency: 'y' }]);
	});
});

test('pays rows whose fields are mapped by a column, by an expression, and by a fixed text', async () => {
	const rows = turkishRows('INV-1', 'INV-2').map((row) => ({
		...row,
		'My IBAN': row.iban,
		net: 100,
	}));
	const parameters = mapped({
		reference: '={{ $json.reference }}',
		amount: '={{ ($json.net + 0.5).toFixed(2) }}',
		iban: '={{ $json["My IBAN"] }}',
		description: 'Salary',
		recipient_first_name: '={{ $json.recipient_first_name }}',
		recipient_last_name: '={{ $json.recipient_last_name.toUpperCase() }}',
		recipient_bank_name: "={{ $('Rows').item.json.recipient_bank_name }}",
	});
	const { success } = await account.pay(rows, parameters);
	expect(success.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
	// The two are sent at once, and either may arrive first.
	const bodies = account.sandbox
		.requests()
		.map(({ rawBody }) => JSON.parse(rawBody) as IDataObject);
	expect(bodies.find(({ metadata }) => metadata === 'INV-2')).toMatchObject({
		amount_details: { amount: 10050, currency: 'usd' },
		payment_method: { bank_account: { global: { iban: 'TR330006100519786457841326' } } },
		participant_details: {
			recipient: { last_name: 'YILMAZ', bank_name: 'All Banks Turkey / TRY' },
		},
		metadata: 'INV-2',
	});
});

test('names the field whose expression cannot be evaluated, and sends nothing', async () => {
	const parameters = mapped({
		reference: '={{ $json.reference }}',
		amount: '={{ $("Nobody").item.json.amount }}',
	});
	const { error } = await account.pay(turkishRows('INV-1'), parameters);
	expect(error?.message).toBe(
		"The expression in 'amount' cannot be evaluated: Referenced node doesn't exist. [Item 0]",
	);
	expect(account.sandbox.counters().received).toBe(0);
});
