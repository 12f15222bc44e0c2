import { describeWarnings } from '../../nodes/SmartGlocal/messages/summary';

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
		/^Rows 1, 2, .* and 19990 more pay the same amount to the same account/,
	);
	expect(reads).toBeLessThan(50);
});
