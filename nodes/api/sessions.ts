import type { IDataObject } from 'n8n-workflow';
import { asObject, asText, isObject, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { readSessionId } from '../payout/formats/sessionId';

const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const MAX_EXACT_CHARACTERS = 16;

/**
 * Parses a body; undefined when it is not JSON. A number that would be rounded stays text. No text has
 * U+0000, which PostgreSQL cannot hold: one such webhook would keep all of its run out of the tables.
 */
export function parseBody(text: string): unknown {
	// Only in valid JSON does every quotation mark have a second one, which keeps this linear.
	if (parseJson(text) === undefined) return undefined;
	const exact = text.replace(STRINGS_AND_NUMBERS, (token) => {
		if (token.startsWith('"')) return token.replace(ESCAPES, escapeNull);
		return isExact(token) ? token : `"${token}"`;
	});
	return parseJson(exact);
}

const ESCAPES = /\\(?:u0000|.)/g;

function escapeNull(escape: string): string {
	return escape === '\\u0000' ? '\\ufffd' : escape;
}

/** Whether a number keeps its digits: a safe integer, or a fraction of at most 15 digits. */
function isExact(token: string): boolean {
	if (/^-?\d+$/.test(token)) return Number.isSafeInteger(Number(token));
	return token.length <= MAX_EXACT_CHARACTERS && !/e/i.test(token);
}

export type Webhook = NonNullable<ReturnType<typeof readWebhook>>;

/** Reads the body of a webhook (API reference, section 9); undefined for another. */
export function readWebhook(body: unknown) {
	const { type, session } = asObject(body);
	if (typeof type !== 'string' || !isObject(session)) return undefined;
	return { type, session: session as IDataObject };
}

/** The payouts of a session, under the names of API v1 and v2 alike (API reference, section 1). */
export function listPayouts(session: IDataObject): IDataObject[] {
	return listObjects(session.payments, session.payout_list);
}

/** The incoming payments of a session, likewise. */
export function listIncomingPayments(session: IDataObject): IDataObject[] {
	return listObjects(session.acquiring_payments, session.payment_list);
}

/** The refunds of a payout: what the recipient's bank has returned of it. */
export function listRefunds(payout: IDataObject): IDataObject[] {
	return listObjects(payout.refunds);
}

/** The first list that has entries: a session can hold an empty one under the other version's name. */
function listObjects(...lists: unknown[]): IDataObject[] {
	const list = lists.filter(Array.isArray).find(({ length }) => length > 0) ?? [];
	return list.map((entry) => asObject(entry) as IDataObject);
}

/** Whether a value is a session's id that can be sent again: no placeholder, and no digits lost. */
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

/** The reference as we put it into metadata, or under that name in the user's own. */
export function readMetadataReference(metadata: unknown): string | null {
	if (typeof metadata === 'string' || typeof metadata === 'number') return String(metadata);
	const { reference } = asObject(metadata);
	return typeof reference === 'string' ? reference : null;
}

/** A status in lower case; `canceled` and `cancelled` both occur (API reference, section 8). */
export function normalizeStatus(status: unknown): string | null {
	if (typeof status !== 'string') return null;
	return status.toLowerCase().replace(/^canceled$/, 'cancelled');
}

/** In exact minor units, and the currency in upper case; null where they are not known. */
export type Money = { minor: number | null; currency: string | null };

/** The amount of a payout, a refund or a wallet. One that is not a whole number is not known. */
export function readMoney(part: IDataObject): Money {
	const { amount, currency } = readAmount(part);
	// An old page of the API reference has an amount as text.
	const isWritten = typeof amount === 'number' || /^-?\d{1,16}$/.test(asText(amount));
	const minor = isWritten && Number.isSafeInteger(Number(amount)) ? Number(amount) : null;
	return { minor, currency: asText(currency).trim().toUpperCase() || null };
}

/** The amount and the currency of a payout or a refund, unchecked. */
export function readAmount(part: IDataObject): { amount?: unknown; currency?: unknown } {
	return asObject(part.amount_details);
}

/** Whether a field is not there, or null. */
export function isMissing(value: unknown): value is null | undefined {
	return value === undefined || value === null;
}
