import type { IDataObject } from 'n8n-workflow';
import { asObject, isObject } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { readSessionId } from '../payout/formats/sessionId';

/**
 * The payouts of a session. Both the names of API v1 and of v2 are read (API reference, section 1).
 */
export function listPayouts(session: IDataObject): IDataObject[] {
	return toObjects(pickList(session.payments, session.payout_list));
}

/** The incoming payments of a session, likewise. */
export function listIncomingPayments(session: IDataObject): IDataObject[] {
	return toObjects(pickList(session.acquiring_payments, session.payment_list));
}

/** The refunds of a payout: what the recipient's bank has returned of it. */
export function listRefunds(payout: IDataObject): IDataObject[] {
	return toObjects(payout.refunds);
}

/**
 * Whether a value of a response is the id of a session as it can be sent again: no placeholder, and no
 * number that has lost its last digits.
 */
export function isSessionId(value: unknown): value is string | number {
	if (typeof value !== 'string' && !Number.isSafeInteger(value)) return false;
	const read = readSessionId(String(value));
	return 'value' in read && read.value !== '0';
}

/** The id of the session that a response names, wherever it does. */
export function readNamedSession(body: JsonObject): string | undefined {
	const found = [body, body.error, body.data]
		.map(asObject)
		.flatMap(({ session, session_id }) => [session, session_id].flat())
		.map((named) => (isObject(named) ? named.id : named))
		.find(isSessionId);
	return found === undefined ? undefined : String(found);
}

/** The reference as we put it into metadata, or under that name in the user's own metadata. */
export function readMetadataReference(metadata: unknown): string | null {
	if (typeof metadata === 'string' || typeof metadata === 'number') return String(metadata);
	const { reference } = asObject(metadata);
	return typeof reference === 'string' ? reference : null;
}

/**
 * A status in one spelling: `canceled` and `cancelled` both occur (API reference, section 8), and in
 * lower case.
 */
export function normalizeStatus(status: unknown): string | null {
	if (typeof status !== 'string') return null;
	const lowerCase = status.toLowerCase();
	return lowerCase === 'canceled' ? 'cancelled' : lowerCase;
}

/** The code of a session's or a payout's `error`; the value itself when it is no object. */
export function readErrorCode(error: unknown): unknown {
	return isObject(error) ? error.code : error;
}

/** An amount and its currency; null where they are not known. */
export interface Money {
	/** In minor units, exact. */
	minor: number | null;
	/** In upper case. */
	currency: string | null;
}

/** The amount of a payout, a refund or a wallet. One that is not a whole number is not known. */
export function readMoney(part: IDataObject): Money {
	const { amount, currency } = readAmount(part);
	// An old page of the API reference has an amount as text.
	const isWritten = typeof amount === 'string' && /^-?\d{1,16}$/.test(amount);
	const minor = isWritten ? Number(amount) : amount;
	const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
	return {
		minor: Number.isSafeInteger(minor) ? (minor as number) : null,
		currency: code === '' ? null : code,
	};
}

/** The amount, in minor units, and the currency of a payout or a refund, unchecked. */
export function readAmount({ amount_details: details }: IDataObject): {
	amount?: unknown;
	currency?: unknown;
} {
	return asObject(details);
}

/** Whether a field is not there, or null. */
export function isMissing(value: unknown): value is null | undefined {
	return value === undefined || value === null;
}

/** The list that has entries: a session can hold an empty one under the name of the other version. */
function pickList(...lists: unknown[]): unknown {
	return lists.find((list) => Array.isArray(list) && list.length > 0);
}

function toObjects(list: unknown): IDataObject[] {
	return Array.isArray(list) ? list.map((entry) => asObject(entry) as IDataObject) : [];
}
