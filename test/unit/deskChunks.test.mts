import {
	countOutcomes,
	describeRun,
	toOutcomeRows,
	toSendingRows,
	toWrongRows,
} from '../../examples/source/code/chunks.mts';
import type { SortedFile, SortedRow } from '../../examples/source/code/sortRows.mts';

const ORIGIN = { source: 'Payouts to send', requestedBy: '', now: '2026-11-26T10:00:00.000Z' };

describe('the ledger of a chunk', () => {
	it('has the id of rows that it knows, and leaves their status alone', () => {
		const chunk = ['OLD', 'NEW'].map((reference) => ({
			json: { row: { reference }, checked: { reference, amount: 1, currency: 'GBP' } },
		}));
		const [old, fresh] = toSendingRows(chunk, [{ json: { id: 7, reference: 'OLD' } }], ORIGIN);
		expect(old?.json).toMatchObject({ id: 7, reference: 'OLD', outcome: 'sending' });
		expect(old?.json).not.toHaveProperty('status_rank');
		expect(fresh?.json).toMatchObject({ reference: 'NEW', outcome: 'sending', status_rank: 0 });
		expect(fresh?.json).not.toHaveProperty('id');
	});

	it('has each outcome at the id of its own row, whatever their order', () => {
		const paid = ['B', 'A'].map((reference) => ({ json: { reference, outcome: 'submitted' } }));
		const ledger = ['A', 'B'].map((reference, id) => ({ json: { id, reference } }));
		const rows = toOutcomeRows(paid, ledger, ORIGIN.now);
		expect(rows.map(({ json }) => [json.id, json.reference])).toEqual([
			[1, 'B'],
			[0, 'A'],
		]);
	});
});

describe('wrong rows of a run', () => {
	it('are written once each, and never over a payout that was sent', () => {
		const references = ['NEW', 'NEW', 'SENT', 'REFUSED', ''];
		const checked = references.map((reference) => ({
			json: { outcome: 'not_sent', error: { message: 'It is wrong.', reference, advice: 'Do.' } },
		}));
		const ledger = [
			{ json: { reference: 'SENT', outcome: 'sending' } },
			{ json: { reference: 'REFUSED', outcome: 'rejected' } },
		];
		const sorted = sortedFile(...references.map(() => 'wrong'));
		const rows = toWrongRows(sorted, checked, ledger, ORIGIN);
		expect(rows.map(({ json }) => [json.reference, json.message, json.next_step])).toEqual([
			['NEW', 'It is wrong.', 'Do.'],
			['REFUSED', 'It is wrong.', 'Do.'],
		]);
	});
});

describe('the report of a run', () => {
	it('adds up chunks, exactly and by currency', () => {
		const chunk = countOutcomes([
			{ json: { outcome: 'submitted', amount: 0.1, amount_minor: 10, currency: 'GBP' } },
			{ json: { outcome: 'submitted', amount: 0.2, amount_minor: 20, currency: 'GBP' } },
			{ json: { outcome: 'submitted', amount: 5, amount_minor: 500, currency: 'EUR' } },
			{ json: { outcome: 'unknown', error: { message: 'No answer.' } } },
		]);
		const sorted = { ...sortedFile('wrong', 'held', 'sent'), payable: 8 };
		expect(describeRun(sorted, [chunk, chunk])).toEqual({
			stopped: false,
			message:
				'6 payouts were sent: GBP 0.60, EUR 10.00. 1 had been sent before and was not paid again. 1 cannot be paid as it is: the ledger says why. 1 was held back: the ledger has its reference with other data, or waiting for an approval. 2 got no clear answer. Leave them as they are, and run the workflow again.',
		});
	});

	it('says why a run stopped, and counts the chunks that were not sent', () => {
		const error = { code: 'stopped', message: 'Smart Glocal asks to wait.' };
		const chunk = countOutcomes([{ json: { outcome: 'not_sent', error } }]);
		expect(describeRun({ ...sortedFile(), payable: 201 }, [chunk])).toEqual({
			stopped: true,
			message:
				'The run stopped. Smart Glocal asks to wait. 201 were not sent. Run the workflow again.',
		});
	});

	it('says that there was nothing to pay', () => {
		expect(describeRun(sortedFile(), []).message).toBe('There is nothing to pay.');
	});
});

function sortedFile(...decisions: string[]): SortedFile {
	const rows = decisions.map(
		(decision, index): SortedRow => ({ row: index + 1, decision, reference: '', message: '' }),
	);
	return { rows, payable: 0, sums: '', page: '' };
}
