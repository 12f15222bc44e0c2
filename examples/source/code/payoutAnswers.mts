import type { Item } from './ledgerRow.mts';
import { toOutcomeRow, toOutcomeRows } from './ledgerRow.mts';
import type { SortedFile, SortedRow } from './sortRows.mts';
import { showAmount } from './text.mts';

/** What another system is told of one of its payouts. */
export interface PayoutAnswer {
	/** The HTTP status that a request for this payout alone is answered with. */
	status_code: number;
	reference: unknown;
	/** The node's outcome, or `conflict`: the reference belongs to another payout. */
	outcome: string;
	/** How far the payout is, from the ledger. */
	status: unknown;
	message: unknown;
	next_step: unknown;
	session_id: unknown;
	payout_id: unknown;
}

/** An answer to an HTTP request. */
export interface HttpAnswer {
	status_code: number;
	body: PayoutAnswer | PayoutAnswer[];
}

/**
 * The answer for each payout of a request, in order. One payout is answered with its own HTTP status; a
 * list with that of all its payouts, or with 207 where they differ.
 *
 * @param checked the node's items of the dry run
 * @param ledger what the ledger had of these references before
 * @param paid the node's items of those that were sent
 */
export function toAnswer(
	isList: boolean,
	{ rows }: SortedFile,
	checked: readonly Item[],
	ledger: readonly Item[],
	paid: readonly Item[],
): HttpAnswer {
	const known = new Map(ledger.map(({ json }) => [json.reference, json]));
	const outcomes = new Map(
		toOutcomeRows(paid, ledger, [], '').map(({ json }) => [json.reference, json]),
	);
	const answers = rows.map((row, index): PayoutAnswer => {
		const item = checked[index] ?? { json: {} };
		if (row.decision === 'wrong') return describe(422, row, toOutcomeRow(item, ''));
		if (row.decision.startsWith('pay')) {
			const outcome = outcomes.get(row.reference) ?? { outcome: 'unknown' };
			return describe(toStatusCode(String(outcome.outcome)), row, outcome);
		}
		const entry = known.get(row.reference) ?? {};
		if (row.decision === 'sent' && isSamePayout(item.json, entry)) {
			const isSent = !['sending', 'unknown'].includes(String(entry.outcome));
			return describe(200, row, { ...entry, outcome: isSent ? entry.outcome : 'submitted' });
		}
		const other = [entry.currency, entry.amount, 'to', entry.recipient].join(' ');
		const reason =
			row.decision === 'sent'
				? `This reference belongs to another payout (${other}). Give a new payout a new reference.`
				: row.message;
		const message = `Nothing was paid for this request. ${reason}`;
		return describe(409, row, { outcome: 'conflict', message });
	});
	const codes = new Set(answers.map((answer) => answer.status_code));
	const [first] = answers;
	const status_code = codes.size === 1 && first !== undefined ? first.status_code : 207;
	return { status_code, body: isList || first === undefined ? answers : first };
}

/** Of a payout whose fields were found right. */
function toStatusCode(outcome: string): number {
	if (outcome === 'submitted' || outcome === 'already_submitted') return 200;
	if (outcome === 'rejected') return 422;
	// Its reason is not in the payout: no connection, or a run that stopped.
	if (outcome === 'not_sent') return 503;
	return 202;
}

function describe(
	statusCode: number,
	{ reference }: SortedRow,
	known: Record<string, unknown>,
): PayoutAnswer {
	return {
		status_code: statusCode,
		reference: reference || null,
		outcome: String(known.outcome),
		status: known.status || null,
		message: known.message || null,
		next_step: known.next_step || null,
		session_id: known.session_id || null,
		payout_id: known.payout_id || null,
	};
}

/** Whether the ledger has this payout, as far as it keeps what was ordered. */
function isSamePayout(checked: Record<string, unknown>, entry: Record<string, unknown>): boolean {
	return (
		entry.recipient === checked.recipient &&
		entry.destination === checked.destination &&
		entry.account === `…${String(checked.account_ending ?? '')}` &&
		entry.amount === showAmount(checked) &&
		entry.currency === checked.currency
	);
}
