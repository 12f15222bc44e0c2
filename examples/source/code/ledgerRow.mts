import { showAmount } from './text.mts';

/** The item of a node. */
export interface Item {
	json: Record<string, unknown>;
}

/** What a payout is for, and whose. */
export interface Origin {
	source: string;
	requestedBy: string;
}

/** The columns of a row, without its number: that changes when the file is sorted or written anew. */
export function toColumns(row: Record<string, unknown>): Record<string, unknown> {
	const numbers = ['row', 'row_number'];
	return Object.fromEntries(Object.entries(row).filter(([name]) => !numbers.includes(name)));
}

/** Of a payout that was never sent, or of one that was refused: what its first try has left is over. */
const NOTHING_YET = {
	status: '',
	status_rank: 0,
	message: '',
	next_step: '',
	session_id: '',
	payout_id: '',
};

/**
 * The ledger's row of a payout that is about to be sent.
 *
 * @param checked the node's item of the dry run
 * @param row the row itself, to send it again with the same reference
 * @param now as an ISO 8601 timestamp
 */
export function toSendingRow(
	checked: Record<string, unknown>,
	row: Record<string, unknown>,
	{ isNew, now, source, requestedBy }: Origin & { isNew: boolean; now: string },
): Record<string, unknown> {
	return {
		reference: checked.reference,
		recipient: checked.recipient,
		destination: checked.destination,
		account: `…${String(checked.account_ending ?? '')}`,
		amount: showAmount(checked),
		currency: checked.currency,
		outcome: 'sending',
		requested_by: requestedBy,
		source,
		ordered_at: now,
		final: false,
		row: JSON.stringify(toColumns(row)),
		// What was sent before may already have a status, from a webhook that came meanwhile.
		...(isNew && NOTHING_YET),
	};
}

/**
 * What the node's item says of a payout, in columns of the ledger.
 *
 * @param item the node's item, in its regular output
 * @param now as an ISO 8601 timestamp
 */
export function toOutcomeRow({ json }: Item, now: string): Record<string, unknown> {
	const error = (json.error ?? {}) as Record<string, unknown>;
	const outcome = String(json.outcome ?? 'unknown');
	const sessionId = json.session_id ?? error.session_id;
	const isSent = outcome === 'submitted' || outcome === 'already_submitted';
	return {
		reference: json.reference ?? error.reference,
		outcome,
		outcome_at: now,
		message: isSent ? '' : String(error.message ?? ''),
		next_step: isSent ? String(json.next_action ?? '') : String(error.advice ?? ''),
		// Nothing more will happen to it unless it is corrected and sent again.
		final: outcome === 'rejected' || outcome === 'not_sent',
		...(Boolean(sessionId) && { session_id: sessionId }),
		...(Boolean(json.payout_id) && { payout_id: json.payout_id }),
		...(outcome === 'submitted' && { status: 'in_progress', status_rank: 10, status_at: now }),
	};
}

/** What a person does about a payout whose first response was lost, when the second request was refused. */
const STILL_UNCLEAR =
	'The first request may have been accepted. Do not change the row or its reference, and send it again later.';

/**
 * What is written of a payout that was sent again. Only Smart Glocal's yes ends the doubt: a refusal is
 * about this request, and says nothing about the first one.
 *
 * @param item the node's item
 * @param now as an ISO 8601 timestamp
 */
export function toResentRow(item: Item, now: string): Record<string, unknown> {
	const { reference, outcome, outcome_at, message, ...more } = toOutcomeRow(item, now);
	if (outcome === 'submitted' || outcome === 'already_submitted') {
		return { reference, outcome, outcome_at, message, ...more };
	}
	return { reference, outcome: 'unknown', outcome_at, message, next_step: STILL_UNCLEAR };
}

/**
 * What the node says of the rows of a chunk, in columns of the ledger, each with the `id` of its row.
 *
 * @param paid the node's items
 * @param before the ledger's rows with these references before they were sent
 * @param written those that were written then
 * @param now as an ISO 8601 timestamp
 */
export function toOutcomeRows(
	paid: readonly Item[],
	before: readonly Item[],
	written: readonly Item[],
	now: string,
): Item[] {
	const ids = new Map([...before, ...written].map(({ json }) => [json.reference, json.id]));
	const isUnclear = ({ json }: Item) => ['sending', 'unknown'].includes(String(json.outcome));
	const unclear = new Set(before.filter(isUnclear).map(({ json }) => json.reference));
	return paid.map((item) => {
		const outcome = toOutcomeRow(item, now);
		const row = unclear.has(outcome.reference) ? toResentRow(item, now) : outcome;
		return { json: { id: ids.get(outcome.reference), ...row } };
	});
}
