import type { BookedPayout } from '../../sandbox/server.mts';
import type { AuditedBooks } from '../storm/audit.mts';
import type { StormRow } from '../storm/rows.mts';

/**
 * Books in which every good row was paid once, in session ps_1.
 *
 * @param reference the row whose entry is another one
 * @param changed its payouts, by what differs from the right one
 */
export function doctoredBooks(
	rows: readonly StormRow[],
	reference?: string,
	changed: ReadonlyArray<Partial<BookedPayout>> = [],
): AuditedBooks {
	const payoutsOf = ({ reference: name, promised, amount }: StormRow) => {
		const right = { sessionId: 'ps_1', reference: name, amount } as BookedPayout;
		if (name === reference) return changed.map((entry) => ({ ...right, ...entry }));
		return promised === 'paid' ? [right] : [];
	};
	const find = (name: string) => rows.filter((row) => row.reference === name).flatMap(payoutsOf);
	const all = rows.flatMap(payoutsOf);
	const paidAmount = all.reduce((sum, { amount }) => sum + amount, 0);
	const { length } = all;
	return {
		acceptedTimes: (name) => find(name).length,
		summary: (key) => {
			const payouts = find(key);
			return { key, accepted: payouts.length, paid: payouts.length, paidAmount: 0, payouts };
		},
		totals: () => ({ usd: { accepted: length, paid: length, paidAmount, returnedAmount: 0 } }),
	};
}
