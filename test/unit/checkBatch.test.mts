import fc from 'fast-check';
import type { AmountUnit } from '../../nodes/payout/money/amount';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import { checkBatch } from '../../nodes/SmartGlocal/batch/check/checkBatch';
import type { BatchLimits } from '../../nodes/SmartGlocal/batch/check/checkBatch';
import type { PreparedRequest } from '../../nodes/api/request';
import { findSlowGrowth, inputsOf } from '../support/growth.mts';

type Row = [reference: string, amount?: number, currency?: string];

/** A batch with all amounts in one unit. */
function batchIn(unit: AmountUnit, ...rows: Row[]): Map<number, PreparedRequest> {
	return new Map(
		rows.map(([reference, amount = 1000, currency = 'USD'], index) => [
			index,
			{
				version: 'v1',
				body: {},
				reference,
				order: { idempotencyKey: toIdempotencyKey(reference), amount, currency, unit },
			},
		]),
	);
}

function batch(...rows: Row[]) {
	return batchIn('major', ...rows);
}

/** All messages, by row. */
function check(rows: ReadonlyMap<number, PreparedRequest>, limits: BatchLimits = {}) {
	const problems = [...checkBatch('order', rows, limits)];
	return new Map(problems.map(([index, found]) => [index, found.map(({ message }) => message)]));
}

describe('references', () => {
	test('that differ are fine', () => {
		expect(check(batch(['A'], ['B'], ['a'], ['A '])).size).toBe(0);
	});

	test('that are repeated are refused in each of their rows, which are named', () => {
		const problems = checkBatch('order', batch(['A'], ['B'], ['A'], ['C'], ['A']), {});
		expect([...problems.keys()]).toEqual([0, 2, 4]);
		for (const found of problems.values()) {
			expect(found).toEqual([
				{
					field: 'reference',
					message: expect.stringMatching(/^Reference 'A' appears in 3 rows \(1, 3, 5\)\. /),
					reason: 'duplicate reference',
				},
			]);
		}
	});

	test('are named by the number of the item, also when rows between were refused before', () => {
		const rows = batch(['A'], ['B'], ['A']);
		const sparse = new Map([...rows].map(([index, request]) => [index * 10, request]));
		expect([...check(sparse).keys()]).toEqual([0, 20]);
		expect(check(sparse).get(20)?.[0]).toContain('(1, 21)');
	});

	test('that are repeated a thousand times are named in a short sentence', () => {
		const rows = batch(...Array.from({ length: 1_000 }, (): Row => ['A']));
		const problems = check(rows);
		expect(problems.size).toBe(1_000);
		expect(problems.get(999)?.[0]).toContain('1000 rows');
		expect(problems.get(999)?.[0]?.length).toBeLessThan(250);
	});

	test('are the same when Smart Glocal would take them for the same', () => {
		const rows = batch(['Ü 1'], [toIdempotencyKey('Ü 1')]);
		expect([...check(rows).keys()]).toEqual([0, 1]);
	});

	test('of any batch are refused exactly where they are repeated', () => {
		const references = fc.array(fc.constantFrom(...'ABCDEFGH'), { maxLength: 12 });
		fc.assert(
			fc.property(references, (written) => {
				const repeated = written.flatMap((one, index) =>
					written.filter((other) => other === one).length > 1 ? [index] : [],
				);
				const rows = batch(...written.map((reference): Row => [reference]));
				expect([...check(rows).keys()].sort((a, b) => a - b)).toEqual(repeated);
			}),
		);
	});
});

describe('the largest amount of a row', () => {
	test('may be reached', () => {
		const rows = batch(['A', 100_000], ['B', 1]);
		expect(check(rows, { maxAmount: 1000 }).size).toBe(0);
		expect(check(rows, { maxAmount: '1000.00' }).size).toBe(0);
		const minor = batchIn('minor', ['A', 100_000], ['B', 1]);
		expect(check(minor, { maxAmount: 100_000 }).size).toBe(0);
	});

	test.each<[AmountUnit, BatchLimits['maxAmount'], string]>([
		['major', 1000, "1000.01 USD is above 'Max Amount' (1000) by 0.01."],
		['major', '999.5', "1000.01 USD is above 'Max Amount' (999.5) by 0.51."],
		['major', 0.01, "1000.01 USD is above 'Max Amount' (0.01) by 1000.00."],
		['minor', 100_000, "100001 USD is above 'Max Amount' (100000) by 1."],
		['minor', '1', "100001 USD is above 'Max Amount' (1) by 100000."],
	])('in %s units may not be above %p, and by how much is said', (unit, maxAmount, phrase) => {
		const problems = check(batchIn(unit, ['A', 1], ['B', 100_001]), { maxAmount });
		expect([...problems]).toEqual([[1, [expect.stringContaining(phrase)]]]);
	});

	test('is read in the unit of each row', () => {
		const rows = new Map([
			[0, batchIn('minor', ['A', 1_001]).get(0) as PreparedRequest],
			[1, batchIn('major', ['B', 1_001]).get(0) as PreparedRequest],
		]);
		expect([...check(rows, { maxAmount: 1000 }).keys()]).toEqual([0]);
	});

	test.each(['1,000', '-5', 'abc', '1e3', '10.005', NaN])(
		'cannot be limited by %p: no row is sent',
		(maxAmount) => {
			const problems = check(batch(['A', 1], ['B', 2]), { maxAmount });
			expect([...problems.keys()]).toEqual([0, 1]);
			expect(problems.get(0)?.[0]).toContain("The option 'Max Amount' cannot be used.");
		},
	);
});

describe('the total of a run', () => {
	test('may be reached in each currency', () => {
		const rows = batch(['A', 60_000], ['B', 40_000], ['C', 100_000, 'EUR']);
		expect(check(rows, { maxTotal: 1000 }).size).toBe(0);
		const minor = batchIn('minor', ['A', 60_000], ['B', 40_000]);
		expect(check(minor, { maxTotal: '100000' }).size).toBe(0);
	});

	test('may not be above the limit in one currency, whose rows are all refused', () => {
		const rows = batch(['A', 60_000], ['B', 100_000, 'EUR'], ['C', 40_001]);
		const problems = check(rows, { maxTotal: 1000 });
		expect([...problems.keys()]).toEqual([0, 2]);
		expect(problems.get(2)).toEqual([
			"All amounts in USD add up to 1000.01, which is above 'Max Total' (1000) by 0.01.",
		]);
	});

	test('is said in minor units when amounts are', () => {
		const rows = batchIn('minor', ['A', 600, 'JPY'], ['B', 500, 'JPY']);
		expect(check(rows, { maxTotal: 1000 }).get(0)).toEqual([
			"All amounts in JPY add up to 1100, which is above 'Max Total' (1000) by 100.",
		]);
	});

	test('is exact beyond what a floating-point number holds', () => {
		const most = Number.MAX_SAFE_INTEGER;
		const rows = batch(...Array.from({ length: 1_001 }, (_, n): Row => [`R${n}`, most]));
		const problems = check(rows, { maxTotal: '90071992547409.91' });
		const total = BigInt(most) * 1_001n;
		const excess = BigInt(most) * 1_000n;
		const decimal = (minor: bigint) => String(minor).replace(/(\d\d)$/, '.$1');
		expect(problems.size).toBe(1_001);
		expect(problems.get(1_000)?.[0]).toContain(`add up to ${decimal(total)}`);
		expect(problems.get(1_000)?.[0]).toContain(`by ${decimal(excess)}.`);
	});

	test('of any batch is refused exactly when it is above the limit', () => {
		const amounts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(amounts, fc.integer({ min: 1, max: 20_000 }), (written, limit) => {
				const rows = batchIn('minor', ...written.map((amount, n): Row => [`R${n}`, amount]));
				const total = written.reduce((sum, amount) => sum + amount, 0);
				const problems = check(rows, { maxTotal: limit });
				expect(problems.size).toBe(total > limit ? written.length : 0);
				if (total > limit) expect(problems.get(0)?.[0]).toContain(`by ${total - limit}.`);
			}),
		);
	});

	test('cannot be limited when amounts are written in two units: no row is sent', () => {
		const rows = new Map([
			[0, batchIn('minor', ['A', 1]).get(0) as PreparedRequest],
			[1, batchIn('major', ['B', 1]).get(0) as PreparedRequest],
			[2, batchIn('major', ['C', 1, 'EUR']).get(0) as PreparedRequest],
		]);
		const problems = check(rows, { maxTotal: 1000 });
		expect([...problems.keys()]).toEqual([0, 1]);
		expect(problems.get(0)?.[0]).toContain('some amounts are in major units');
	});

	test.each(['1,000', '-1', 'abc'])('cannot be limited by %p: no row is sent', (maxTotal) => {
		const problems = check(batch(['A'], ['B']), { maxTotal });
		expect([...problems.keys()]).toEqual([0, 1]);
		expect(problems.get(0)?.[0]).toContain("The option 'Max Total' cannot be used.");
	});
});

test('reports all that is wrong with one row', () => {
	const problems = checkBatch('order', batch(['A', 200_000], ['A', 1]), {
		maxAmount: 1000,
		maxTotal: 1500,
	});
	expect(problems.get(0)?.map(({ field }) => field)).toEqual(['reference', 'amount', 'amount']);
	expect(problems.get(1)?.map(({ field }) => field)).toEqual(['reference', 'amount']);
});

test('checks rows in a time that grows with their number', async () => {
	const rows = inputsOf((size) => {
		const pairs = Array.from({ length: size / 2 }, (_, n) => [
			...batch([`R${n}`], [`R${n}`]).values(),
		]);
		return new Map(pairs.flat().entries());
	}, 102_400);
	const slowness = await findSlowGrowth(
		(each) => expect(check(each, { maxAmount: 5, maxTotal: 5 }).size).toBe(each.size),
		rows,
	);
	expect(slowness).toBeUndefined();
});
