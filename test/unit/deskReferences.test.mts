import { toReferences } from '../../examples/source/code/references.mts';
import { takeTableRows } from '../../examples/source/code/tableRows.mts';
import { findInLedger } from '../../examples/source/ledger.mts';

describe('looking up many references in the ledger', () => {
	it('asks for each reference, and fills up the last group with one of its own', () => {
		const references = Array.from({ length: 120 }, (_, index) => `R-${index}`);
		const items = [...references, ...references].map((reference) => ({ json: { reference } }));
		const groups = toReferences(items).map(({ json }) => json.references as string[]);
		expect(groups.map((group) => group.length)).toEqual([50, 50, 50]);
		expect(groups.flat()).toEqual([...references, ...Array<string>(30).fill('R-100')]);
	});

	it('asks once where no row has a reference, so that the workflow goes on', () => {
		expect(toReferences([{ json: {} }])).toHaveLength(1);
		expect(toReferences([])).toHaveLength(1);
	});

	it('fills exactly the conditions of the node that looks them up', () => {
		const { filters } = findInLedger('Look', [0, 0]).parameters;
		const [group] = toReferences([{ json: { reference: 'R' } }]);
		expect((filters as { conditions: object[] }).conditions).toHaveLength(
			(group?.json.references as string[]).length,
		);
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
