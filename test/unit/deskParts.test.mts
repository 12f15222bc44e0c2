import { takePart } from '../../examples/source/code/parts.mts';

const rows = Array.from({ length: 1_000 }, (_, index) => ({
	json: { checked: { reference: `INV-${index}` } },
}));

describe('the part of the rows that a run pays', () => {
	it('is everything when there is one part', () => {
		expect(takePart(rows, 1, 1)).toEqual(rows);
	});

	it.each([2, 3, 10])('shares all rows evenly, none of them twice, among %i parts', (parts) => {
		const shares = Array.from({ length: parts }, (_, index) => takePart(rows, index + 1, parts));
		const paid = shares.flat().map(({ json }) => json.checked);
		expect(paid).toHaveLength(rows.length);
		expect(new Set(paid).size).toBe(rows.length);
		for (const share of shares) expect(share.length).toBeGreaterThan(rows.length / parts / 2);
	});

	it('has both rows with one reference, wherever they are in the table', () => {
		const [first] = rows;
		const twice = [...rows, ...(first ? [first] : [])];
		const shares = [1, 2, 3, 4].map((part) => takePart(twice, part, 4));
		const counts = shares.map((share) => share.filter((row) => row === first).length);
		expect(counts.sort()).toEqual([0, 0, 0, 2]);
	});

	it.each([
		[0, 2],
		[3, 2],
		[1.5, 2],
		[1, 0],
		['', ''],
		['one', 2],
		[1, undefined],
	])('is refused when it is part %p of %p', (part, parts) => {
		expect(() => takePart(rows, part, parts)).toThrow(/is no part\. Nothing was sent\./);
	});
});
