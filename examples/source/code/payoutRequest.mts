/** What another system has posted. */
export interface PayoutRequest {
	rows: Array<Record<string, unknown>>;
	/** Whether it was a list, which is answered by a list. */
	isList: boolean;
	/** Why it cannot be read, in words; else empty. */
	problem: string;
}

const MAX_PAYOUTS = 200;

/**
 * Takes the payouts out of the body of a request: one JSON object, or a list of them. Whether their fields
 * are right is for the node to say.
 */
export function readRequest(body: unknown): PayoutRequest {
	const isList = Array.isArray(body);
	const rows: unknown[] = Array.isArray(body) ? body : [body];
	const problem = findProblem(rows, isList);
	if (problem !== '') return { rows: [], isList, problem: `Nothing was paid. ${problem}` };
	return { rows: rows as Array<Record<string, unknown>>, isList, problem };
}

function findProblem(rows: readonly unknown[], isList: boolean): string {
	if (rows.length === 0) return 'The list is empty. Send at least one payout.';
	if (rows.length > MAX_PAYOUTS) {
		return `The list has ${rows.length} payouts. Send at most ${MAX_PAYOUTS} in one request.`;
	}
	for (const [index, row] of rows.entries()) {
		const isObject = typeof row === 'object' && row !== null && !Array.isArray(row);
		if (!isObject || Object.keys(row).length === 0) {
			return isList
				? `Entry ${index + 1} of the list is not a JSON object with the fields of a payout.`
				: 'The request has no payout. Send a JSON object with the fields of a payout, or a list of such objects, with the header Content-Type: application/json.';
		}
		const nested = Object.entries(row).find(
			([, value]) => typeof value === 'object' && value !== null,
		);
		if (nested) {
			const where = isList ? `Entry ${index + 1} of the list` : 'The payout';
			return `${where} has a list or an object in the field “${nested[0]}”. Each field of a payout is a text or a number.`;
		}
	}
	return '';
}
