import { listRowNumbers, nameRows } from '../../nodes/SmartGlocal/messages/rowNumbers';
import { describeWarnings } from '../../nodes/SmartGlocal/messages/warningTexts';

test.each<[number[], number | undefined, string]>([
	[[0], undefined, 'row 1'],
	[[3, 8], undefined, 'rows 4, 9'],
	[[3, 8], 8, 'row 4'],
	[[0, 1, 2], 0, 'rows 2, 3'],
])('rows %j without %p are "%s"', (indexes, leftOut, named) => {
	expect(nameRows(indexes, leftOut)).toBe(named);
});

test('ten rows are named, and the others counted, wherever the one left out stands', () => {
	const indexes = Array.from({ length: 13 }, (_, index) => index);
	expect(listRowNumbers(indexes)).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more');
	expect(listRowNumbers(indexes, 0)).toBe('2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more');
	expect(listRowNumbers(indexes, 12)).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more');
	expect(listRowNumbers(indexes.slice(0, 11), 4)).toBe('1, 2, 3, 4, 6, 7, 8, 9, 10, 11');
});

test('a row that is like thousands looks at a few of them only', () => {
	let reads = 0;
	const indexes = Array.from({ length: 20_000 }, (_, index) => index);
	const counted = new Proxy(indexes, {
		get: (target, key) => {
			if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
			return Reflect.get(target, key) as unknown;
		},
	});
	expect(describeWarnings({ index: 7, similarTo: counted })).toMatch(
		/^Same account, amount and currency as in rows 1, 2, .* and 19989 more\.$/,
	);
	expect(reads).toBeLessThan(50);
});
