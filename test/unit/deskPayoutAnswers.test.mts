import { toAnswer } from '../../examples/source/code/payoutAnswers.mts';
import type { SortedFile } from '../../examples/source/code/sortRows.mts';

const CHECKED = {
	reference: 'R',
	recipient: 'Jane Doe',
	destination: 'GBR-GBP',
	account_ending: '6819',
	amount: 12.5,
	amount_minor: 1250,
	currency: 'GBP',
};

const ENTRY = {
	reference: 'R',
	recipient: 'Jane Doe',
	destination: 'GBR-GBP',
	account: '…6819',
	amount: '12.50',
	currency: 'GBP',
	outcome: 'submitted',
	status: 'failed',
	message: 'No such account.',
};

describe('the answer to another system', () => {
	it.each([
		['submitted', 200],
		['already_submitted', 200],
		['unknown', 202],
		['rejected', 422],
		['not_sent', 503],
	])('has for %s the HTTP status %i', (outcome, status) => {
		const paid = [{ json: { reference: 'R', outcome } }];
		const answer = toAnswer(false, sorted('pay'), [{ json: CHECKED }], [], paid);
		expect(answer).toMatchObject({ status_code: status, body: { outcome, reference: 'R' } });
	});

	it('says how far a payout is that was sent before', () => {
		const ledger = [{ json: ENTRY }];
		const answer = toAnswer(false, sorted('sent'), [{ json: CHECKED }], ledger, []);
		expect(answer).toMatchObject({
			status_code: 200,
			body: { outcome: 'submitted', status: 'failed', message: 'No such account.' },
		});
	});

	it.each(['recipient', 'destination', 'account', 'amount', 'currency'])(
		'is a conflict where the ledger has another %s',
		(column) => {
			const ledger = [{ json: { ...ENTRY, [column]: 'another' } }];
			const answer = toAnswer(false, sorted('sent'), [{ json: CHECKED }], ledger, []);
			expect(answer).toMatchObject({ status_code: 409, body: { outcome: 'conflict' } });
		},
	);

	it('does not say that a payout was not paid where its outcome is missing', () => {
		const answer = toAnswer(false, sorted('pay'), [{ json: CHECKED }], [], []);
		expect(answer).toMatchObject({ status_code: 202, body: { outcome: 'unknown' } });
	});
});

function sorted(decision: string): SortedFile {
	const row = { row: 1, decision, reference: 'R', message: '' };
	return { rows: [row], payable: 1, sums: '', page: '' };
}
