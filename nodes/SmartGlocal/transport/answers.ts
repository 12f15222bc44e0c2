import type { IDataObject } from 'n8n-workflow';
import type { RowFacts } from './rowFacts';

/**
 * Reduces a session to what a workflow goes on with. Names of API v1 and v2 are both read, and both
 * spellings of cancelled are given as `cancelled` (API reference, sections 1 and 8).
 *
 * @param session the session as the API sent it
 * @param facts the order, for what an answer leaves out
 * @returns one flat item; what the API does not say is null; `amount` is in minor units
 */
export function simplifySession(session: IDataObject, facts: RowFacts): IDataObject {
	const payouts = (session.payments ?? session.payout_list) as IDataObject[] | undefined;
	const payout = payouts?.[0];
	const details = payout?.amount_details as IDataObject | undefined;
	return {
		outcome: 'submitted',
		reference: facts.reference,
		session_id: session.id ?? null,
		session_status: normalizeStatus(session.status),
		payout_id: payout?.id ?? null,
		payout_status: normalizeStatus(payout?.status),
		next_action: session.next_action ?? null,
		amount: details?.amount ?? facts.amount,
		currency: String(details?.currency ?? facts.currency).toUpperCase(),
		created_at: session.created_at ?? null,
	};
}

/**
 * The item for a payout that an earlier run has ordered. The API does not say more about it, and the
 * first order may have had another amount.
 */
export function describeRepetition(facts: RowFacts): IDataObject {
	return {
		outcome: 'already_submitted',
		reference: facts.reference,
		session_id: null,
		session_status: null,
		payout_id: null,
		payout_status: null,
		next_action: null,
		amount: null,
		currency: null,
		created_at: null,
	};
}

function normalizeStatus(status: unknown): IDataObject[string] {
	if (status === 'canceled') return 'cancelled';
	return typeof status === 'string' ? status : null;
}
