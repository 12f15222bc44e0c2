import {
	findSharedAccounts,
	findSimilarRows,
} from '../../nodes/SmartGlocal/batch/check/duplicates';
import { describeWarnings } from '../../nodes/SmartGlocal/messages/summary';
import { numberRow } from '../../nodes/payout/headers/matchColumns';
import { BELGIAN_ROW, payoutOf } from '../support/payoutRows.mts';

test.each([
	[{}, 3],
	[{ row: 7 }, 7],
	[{ row_number: 9 }, 9],
	[{ row: 7, row_number: 9 }, 7],
	[{ row: 'A', row_number: 9 }, 9],
	[{ row: 1_048_576 }, 1_048_576],
])('a row %j is called by its number', (row, number) => {
	expect(numberRow(row, 2)).toBe(number);
});

test.each([
	'7',
	'',
	null,
	true,
	0,
	-7,
	7.5,
	NaN,
	Infinity,
	2 ** 60,
	[7],
	{ value: 7 },
	// Numbers of cards and accounts are not shown.
	4242424242424242,
	539007547034,
])('a row whose column row holds %p is counted from 1', (row) => {
	expect(numberRow({ row }, 2)).toBe(3);
	expect(numberRow({ row, row_number: row }, 2)).toBe(3);
});

test('the number of a row is no column that is not used', () => {
	expect(payoutOf(BELGIAN_ROW, { row: 7, row_number: 7 }).unusedColumns).toBeUndefined();
	const others = { row: '7', row_number: 0, Row: 7, rows: 7 };
	expect(payoutOf(BELGIAN_ROW, others).unusedColumns).toEqual(['row', 'row_number', 'Row', 'rows']);
});

test('rows that are alike, or share an account, are named by their numbers', async () => {
	const rows = ['Ann', 'Bob', 'Cyd'].map((name, index) => {
		const changed = { reference: `INV-${index}`, recipient_first_name: name };
		const { body, reference, ...order } = payoutOf(BELGIAN_ROW, changed);
		const request = { body, reference, order: { ...order, unit: 'major' as const } };
		return { label: { index, number: (index + 1) * 100 }, request };
	});
	for (const find of [findSimilarRows, findSharedAccounts]) {
		const found = await find(rows, async () => {});
		expect([...found.keys()]).toEqual([0, 1, 2]);
		expect(found.get(1)).toEqual([100, 200, 300]);
		// One list for all of them, by which the summary knows a group.
		expect(found.get(2)).toBe(found.get(0));
	}
});

test('a row that is like thousands looks at a few of them only', () => {
	let reads = 0;
	const numbers = Array.from({ length: 20_000 }, (_, index) => index + 1);
	const counted = new Proxy(numbers, {
		get: (target, key) => {
			if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
			return Reflect.get(target, key) as unknown;
		},
	});
	expect(describeWarnings({ number: 8, similarTo: counted })).toMatch(
		/^Rows 1, 2, .* and 19990 more pay the same amount to the same account/,
	);
	expect(reads).toBeLessThan(50);
});
