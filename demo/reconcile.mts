import type { RowOutcome } from './outcomes.mts';

/** The sandbox's books: they alone say what was really paid. */
export interface PaidBooks {
	paidTimes: (reference: string) => number;
	/** In minor units of the currency. */
	paidAmount: (reference: string) => number;
	payouts: () => unknown[];
}

/** The node's report compared with the sandbox's books. */
export interface Reconciliation {
	agrees: boolean;
	/** The result, or a sentence for each difference. */
	sentences: string[];
}

const PAID = ['submitted', 'already_submitted'];
const NOT_PAID = ['not_sent', 'rejected'];

/** Compares every row's outcome with the books, to the last minor unit. */
export function reconcile(outcomes: RowOutcome[], books: PaidBooks): Reconciliation {
	const differences: string[] = [];
	for (const { row, reference, amount, outcome } of outcomes) {
		const times = books.paidTimes(reference);
		const report = `Row ${row} (${reference}) is reported as ${outcome || 'nothing'}`;
		if (PAID.includes(outcome)) {
			const expected = Math.round(Number(amount) * 100);
			if (times !== 1) differences.push(`${report} but was paid ${times} times.`);
			else if (books.paidAmount(reference) !== expected) {
				differences.push(
					`${report} but ${books.paidAmount(reference)} was paid instead of ${expected}.`,
				);
			}
		} else if (!NOT_PAID.includes(outcome) || times !== 0) {
			differences.push(`${report} but was paid ${times} times.`);
		}
	}
	const paid = outcomes.filter(({ outcome }) => PAID.includes(outcome)).length;
	const booked = books.payouts().length;
	if (booked !== paid) {
		differences.push(`${paid} rows are reported as sent, but the books have ${booked} payouts.`);
	}
	if (paid === 0) differences.push('No row was paid.');
	if (differences.length > 0) {
		return { agrees: false, sentences: ["The sandbox's books disagree.", ...differences] };
	}
	const refused = outcomes.length - paid;
	return {
		agrees: true,
		sentences: [
			`The sandbox's books agree: ${count(paid, 'payout was', 'payouts were')} paid, each once, ` +
				`and ${count(refused, 'row was', 'rows were')} not paid.`,
		],
	};
}

function count(number: number, one: string, several: string): string {
	return `${number === 1 ? 'one' : number} ${number === 1 ? one : several}`;
}
