import { toConditions } from '../../examples/source/code/references.mts';
import { takeTableRows } from '../../examples/source/code/tableRows.mts';

describe('looking up many references in the ledger', () => {
	it('asks for each reference once, in groups that the database can take', () => {
		const references = Array.from({ length: 1_200 }, (_, index) => `R-${index}`);
		const items = [...references, ...references].map((reference) => ({ json: { reference } }));
		const groups = toConditions(items).map(({ json }) => json.conditions as object[]);
		expect(groups.map((group) => group.length)).toEqual([500, 500, 200]);
		expect(groups.flat()).toEqual(
			references.map((keyValue) => ({ keyName: 'reference', condition: 'eq', keyValue })),
		);
	});

	it('asks once where no row has a reference, so that the workflow goes on', () => {
		expect(toConditions([{ json: {} }])).toHaveLength(1);
		expect(toConditions([])).toHaveLength(1);
	});
});

describe('the rows of a table of payouts', () => {
	it('are taken without the columns of n8n, empty cells and empty rows', () => {
		const own = { id: 1, createdAt: '2026-11-26', updatedAt: '2026-11-26' };
		const rows = takeTableRows([
			{ json: { ...own, reference: 'A', iban: null, amount: '0' } },
			{ json: { ...own, reference: null, iban: '' } },
			{ json: {} },
		]);
		expect(rows).toEqual([{ json: { reference: 'A', amount: '0' } }]);
	});
});
