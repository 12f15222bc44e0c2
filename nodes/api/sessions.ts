import type { IDataObject } from 'n8n-workflow';
import { asObject } from '../SmartGlocal/payout/jsonObject';

/**
 * The payouts of a session. Both the names of API v1 and of v2 are read (API reference, section 1).
 */
export function listPayouts(session: IDataObject): IDataObject[] {
	return toObjects(session.payments ?? session.payout_list);
}

/** The incoming payments of a session, likewise. */
export function listIncomingPayments(session: IDataObject): IDataObject[] {
	return toObjects(session.acquiring_payments ?? session.payment_list);
}

/** The refunds of a payout: what the recipient's bank has returned of it. */
export function listRefunds(payout: IDataObject): IDataObject[] {
	return toObjects(payout.refunds);
}

/** The reference as we put it into metadata, or under that name in the user's own metadata. */
export function readMetadataReference(metadata: unknown): string | null {
	if (typeof metadata === 'string' || typeof metadata === 'number') return String(metadata);
	const { reference } = asObject(metadata);
	return typeof reference === 'string' ? reference : null;
}

/** A status in one spelling: `canceled` and `cancelled` both occur (API reference, section 8). */
export function normalizeStatus(status: unknown): string | null {
	if (status === 'canceled') return 'cancelled';
	return typeof status === 'string' ? status : null;
}

function toObjects(list: unknown): IDataObject[] {
	return Array.isArray(list) ? list.map((entry) => asObject(entry) as IDataObject) : [];
}
