import { Books } from '../../sandbox/ledger/books.mts';
import type { BookedPayout } from '../../sandbox/server.mts';
import type { StormRow } from '../storm/rows.mts';

/** Records a payout in session ps_1 for a reference; `more` has its amount and what is unusual. */
export function recordPayout(books: Books, reference: string, more: Partial<BookedPayout>): void {
	const usual = { sessionId: 'ps_1', currency: 'usd', idempotencyKey: null, returned: 0 };
	const payoutId = `po_${books.payouts().length + 1}`;
	books.record({ ...usual, payoutId, reference, ...more } as BookedPayout);
}

/**
 * Books in which every good row was paid once, in session ps_1.
 *
 * @param reference the row whose payouts are others
 * @param changed those, by what differs from the right one
 */
export function doctoredBooks(
	rows: readonly StormRow[],
	reference?: string,
	changed: ReadonlyArray<Partial<BookedPayout>> = [],
): Books {
	const books = new Books();
	for (const { reference: name, promised, amount } of rows) {
		const right = promised === 'paid' ? [{}] : [];
		for (const each of name === reference ? changed : right) {
			recordPayout(books, name, { amount, ...each });
		}
	}
	return books;
}
