import type { TableRow } from '../n8n/restClient.mts';

/** A row of the file, what was reported of it, and how far it is. */
export interface RowOutcome {
	/** As Excel shows it: the headings are row 1. */
	row: number;
	reference: string;
	destination: string;
	amount: string;
	currency: string;
	/** `submitted`, `already_submitted`, `rejected`, `not_sent`, `unknown` or `missing`. */
	outcome: string;
	/** How far the payout is, by the ledger. */
	status?: string;
	sessionId?: string;
	/** Why a row was not sent, as the node words it. */
	message?: string;
}

/**
 * Puts the results file and the ledger together.
 *
 * @param results the rows of the file that a person downloads after paying
 */
export function readOutcomes(
	results: ReadonlyArray<Record<string, unknown>>,
	ledger: readonly TableRow[],
): RowOutcome[] {
	const known = new Map(ledger.map((row) => [text(row.reference), row]));
	return results.map((row, index) => {
		const entry = known.get(text(row.reference));
		return {
			row: index + 2,
			reference: text(row.reference),
			destination: text(row.destination),
			amount: text(row.amount),
			currency: text(row.currency),
			outcome: text(row.payout_outcome),
			status: text(entry?.status),
			sessionId: text(entry?.session_id) || undefined,
			message: text(row.payout_message) || undefined,
		};
	});
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}
