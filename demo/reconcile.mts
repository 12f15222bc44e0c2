import type { RowOutcome } from './outcomes.mts';

/** What the sandbox is asked: it alone knows what was really paid. */
export interface PaidBooks {
	paidTimes: (reference: string) => number;
	/** In minor units of the currency. */
	paidAmount: (reference: string) => number;
	payouts: () => unknown[];
}

/** The comparison of what the node reports with what the sandbox has really paid. */
export interface Reconciliation {
	agrees: boolean;
	/** The result for people, and a sentence for each difference. */
	sentences: string[];
}

const PAID = ['submitted', 'already_submitted'];
const NOT_PAID = ['not_sent', 'rejected'];

/** Compares every row's outcome with the books, to the last minor unit. */
export function reconcile(outcomes: RowOutcome[], books: PaidBooks): Reconciliation {
	const differences: string[] = [];
	for (const { row, reference, amount, outcome } of outcomes) {
		const times = books.paidTimes(reference);
		const said = `Row ${row} (${reference}) is reported as ${outcome || 'nothing'}`;
		if (PAID.includes(outcome)) {
			const expected = Math.round(Number(amount) * 100);
			if (times !== 1) differences.push(`${said}, and was paid ${times} times.`);
			else if (books.paidAmount(reference) !== expected) {
				differences.push(`${said}, and ${books.paidAmount(reference)} was paid for ${expected}.`);
			}
		} else if (!NOT_PAID.includes(outcome) || times !== 0) {
			differences.push(`${said}, and was paid ${times} times.`);
		}
	}
	const paid = outcomes.filter(({ outcome }) => PAID.includes(outcome)).length;
	const booked = books.payouts().length;
	if (booked !== paid) {
		differences.push(`${paid} rows are reported as sent, and the books have ${booked} payouts.`);
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
