import { countChunk, describeRun, toFirstEntries } from '../../examples/source/code/chunks.mts';
import { toOutcomeRows } from '../../examples/source/code/ledgerRow.mts';
import type { SortedFile, SortedRow } from '../../examples/source/code/sortRows.mts';

const ORIGIN = { source: 'Payouts to send', requestedBy: '', now: '2026-11-26T10:00:00.000Z' };

describe('what is written into the ledger before a chunk is paid', () => {
	it('has the id of rows that it knows, and leaves their status alone', () => {
		const chunk = ['OLD', 'NEW', 'SENT'].map((reference) => ({
			json: { row: { reference }, checked: { reference, amount: 1, currency: 'GBP' } },
		}));
		const sorted = sortedFile(['pay_again', 'OLD'], ['pay', 'NEW'], ['sent', 'SENT']);
		const ledger = [{ json: { id: 7, reference: 'OLD' } }];
		const entries = toFirstEntries(sorted, chunk, ledger, ORIGIN).map(({ json }) => json);
		expect(entries).toHaveLength(2);
		expect(entries[0]).toMatchObject({ id: 7, reference: 'OLD', outcome: 'sending' });
		expect(entries[0]).not.toHaveProperty('status_rank');
		expect(entries[1]).toMatchObject({ reference: 'NEW', outcome: 'sending', status_rank: 0 });
		expect(entries[1]).not.toHaveProperty('id');
	});

	it('has a wrong reference once, and leaves one alone that was sent', () => {
		const references = ['NEW', 'NEW', 'SENT', 'REFUSED', ''];
		const chunk = references.map((reference) => {
			const error = { message: 'It is wrong.', reference, advice: 'Do this.' };
			return { json: { row: {}, checked: { reference, outcome: 'not_sent', error } } };
		});
		const ledger = [
			{ json: { id: 1, reference: 'SENT', outcome: 'sending' } },
			{ json: { id: 2, reference: 'REFUSED', outcome: 'rejected' } },
		];
		const sorted = sortedFile(...references.map((reference) => ['wrong', reference] as const));
		const entries = toFirstEntries(sorted, chunk, ledger, ORIGIN).map(({ json }) => json);
		const shown = entries.map((entry) => [entry.id, entry.reference, entry.message]);
		expect(shown).toEqual([
			[undefined, 'NEW', 'It is wrong.'],
			[2, 'REFUSED', 'It is wrong.'],
		]);
		expect(entries[0]).toMatchObject({ outcome: 'not_sent', next_step: 'Do this.', final: true });
	});
});

describe('what is written into the ledger after a chunk was paid', () => {
	it('has each outcome at the id of its own row, whatever their order', () => {
		const paid = ['B', 'A'].map((reference) => ({ json: { reference, outcome: 'submitted' } }));
		const written = ['A', 'B'].map((reference, id) => ({ json: { id, reference } }));
		const rows = toOutcomeRows(paid, [], written, ORIGIN.now);
		expect(rows.map(({ json }) => [json.id, json.reference])).toEqual([
			[1, 'B'],
			[0, 'A'],
		]);
	});

	it('leaves a payout unclear when its second request was refused, because the first may be paid', () => {
		const error = { reference: 'A', message: 'Refused.', advice: 'Correct it.' };
		const refused = (outcome: string) => [{ json: { outcome, error } }];
		for (const before of ['sending', 'unknown']) {
			const known = [{ json: { id: 3, reference: 'A', outcome: before } }];
			for (const outcome of ['rejected', 'not_sent', 'unknown']) {
				const [row] = toOutcomeRows(refused(outcome), known, [], ORIGIN.now);
				expect(row?.json).toMatchObject({ id: 3, outcome: 'unknown', message: 'Refused.' });
				expect(row?.json.final).toBeUndefined();
			}
		}
		const known = [{ json: { id: 3, reference: 'A', outcome: 'rejected' } }];
		const [row] = toOutcomeRows(refused('rejected'), known, [], ORIGIN.now);
		expect(row?.json).toMatchObject({ outcome: 'rejected', final: true });
	});
});

describe('the report of a run', () => {
	it('adds up chunks, exactly and by currency', () => {
		const sorted = sortedFile(['wrong', ''], ['held', ''], ['sent', '']);
		const chunk = countChunk(sorted, [
			{ json: { outcome: 'submitted', amount: 0.1, amount_minor: 10, currency: 'GBP' } },
			{ json: { outcome: 'submitted', amount: 0.2, amount_minor: 20, currency: 'GBP' } },
			{ json: { outcome: 'submitted', amount: 5, amount_minor: 500, currency: 'EUR' } },
			{ json: { outcome: 'unknown', error: { message: 'No answer.' } } },
		]);
		expect(describeRun(14, [chunk, chunk])).toEqual({
			stopped: false,
			message:
				'6 payouts were sent: GBP 0.60, EUR 10.00. 2 had been sent before and were not paid again. 2 cannot be paid as they are: the ledger says why. 2 were held back: the ledger has their references with other data, or waiting for an approval. 2 got no clear answer. Leave them as they are, and run the workflow again.',
		});
	});

	it('says why a run stopped, and counts the chunks that were not sent', () => {
		const error = { code: 'stopped', message: 'Smart Glocal asks to wait' };
		const chunk = countChunk(sortedFile(), [{ json: { outcome: 'not_sent', error } }]);
		expect(describeRun(201, [chunk])).toEqual({
			stopped: true,
			message:
				'The run stopped. Smart Glocal asks to wait. 201 were not sent. Run the workflow again.',
		});
	});

	it('says that there was nothing to pay', () => {
		expect(describeRun(0, []).message).toBe('There is nothing to pay.');
	});
});

function sortedFile(
	...decisions: Array<readonly [decision: string, reference: string]>
): SortedFile {
	const rows = decisions.map(
		([decision, reference], index): SortedRow => ({
			row: index + 1,
			decision,
			reference,
			message: '',
		}),
	);
	return { rows, payable: 0, sums: '', page: '' };
}
