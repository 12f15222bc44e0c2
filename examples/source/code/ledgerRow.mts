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

/**
 * The ledger's row of a payout that is about to be sent.
 *
 * @param checked the node's item of the dry run
 * @param row the row itself, to send it again with the same reference
 * @param isNew whether the ledger has no row with this reference
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
		row: JSON.stringify(row),
		// A row that is there may already have a status, from a webhook that came meanwhile.
		...(isNew && { status: '', status_rank: 0, message: '', next_step: '' }),
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
