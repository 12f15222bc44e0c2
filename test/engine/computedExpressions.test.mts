import fc from 'fast-check';
import type { ExecuteContext } from 'n8n-core';
import { Expression } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { createRowReader } from '../../nodes/SmartGlocal/batch/read/readParameters';
import { COLUMNS, makeRows } from '../../bench/rows.mts';
import { fields, row } from '../support/computedFields.mts';
import { executeContext } from '../support/engine.mts';
import { canStart, startExpressionEngine } from '../support/expressionEngines.mts';
import type { ExpressionEngine } from '../support/expressionEngines.mts';
import { drawSeed } from '../support/seed.mts';

const RUNS = Number(process.env.RUNS ?? 150);

/** Reads the mapped fields of some rows in a way of its own. */
async function readRows(
	items: IDataObject[],
	value: IDataObject,
	waysOf: (context: ExecuteContext) => (index: number) => unknown,
) {
	const payout = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
	const { context, workflow } = await executeContext({
		// n8n's engine without a VM lets expressions change the rows.
		items: structuredClone(items),
		parameters: { destination: 'TUR-TRY', payout },
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

	test('gives for each expression what the batch reads', async () => {
		expect(Expression.getActiveImplementation()).toBe(engine);
		const rows = fc.array(row, { minLength: 1, maxLength: 4 });
		let saved = 0;
		const seed = drawSeed();
		await fc.assert(
			fc.asyncProperty(rows, fields, async (items, value) => {
				const byN8n = await readByN8n(items as IDataObject[], value);
				const { read, asked } = await readByBatch(items as IDataObject[], value);
				saved += items.length * Object.keys(value).length - asked.length;
				expect(read).toEqual(byN8n);
			}),
			{ numRuns: RUNS, seed },
		);
		const isEnough = saved > RUNS;
		expect({ seed, saved, isEnough }).toEqual({ seed, saved, isEnough: true });
	});

	test('asks n8n for nothing that is a column with methods, and for everything else', async () => {
		const computed = COLUMNS.map((name) => [name, `={{ $json.${name}.toString().trim() }}`]);
		const value: IDataObject = Object.fromEntries(computed);
		const [first, second] = makeRows(2);
		const whole = await readByBatch([first, second] as IDataObject[], value);
		expect(whole).toMatchObject({ read: [first, second], asked: [] });

		// A cell that is empty, a method that a text does not have, and one of n8n's own.
		const items = [{ ...first, recipient_city: null } as IDataObject];
		const { asked } = await readByBatch(items, {
			...value,
			amount: '={{ $json.amount.toFixed(2) }}',
			sender_code: '={{ $json.iban.length() }}',
		});
		expect(asked.sort()).toEqual([
			'payout.value.amount',
			'payout.value.recipient_city',
			'payout.value.sender_code',
		]);
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
