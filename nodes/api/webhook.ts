import type { IDataObject } from 'n8n-workflow';
import { isObject, parseJson } from '../SmartGlocal/payout/jsonObject';
import { keepsDigits } from '../SmartGlocal/payout/readJson';

/** A webhook of Smart Glocal (API reference, section 9). */
export interface Webhook {
	type: string;
	session: IDataObject;
}

/** The strings and the numbers of a JSON text. */
const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Parses a webhook's body; undefined when it is not JSON.
 *
 * A number that JavaScript would round stays text, digit by digit: two ids must not become one.
 */
export function parseWebhookBody(body: Buffer): unknown {
	const text = body.toString('utf8');
	const parsed = parseJson(text);
	// Only in valid JSON does every quotation mark have a second one, which keeps this linear.
	if (parsed === undefined) return undefined;
	const exact = text.replace(STRINGS_AND_NUMBERS, (token) =>
		token.startsWith('"') || keepsDigits(token) ? token : `"${token}"`,
	);
	return exact === text ? parsed : parseJson(exact);
}

/**
 * Reads a webhook's body.
 *
 * @param body parsed
 * @returns undefined for a body that is not a webhook's; fields that are not known stay in the session
 */
export function readWebhook(body: unknown): Webhook | undefined {
	const { type, session } = isObject(body) ? body : {};
	if (typeof type !== 'string' || !isObject(session)) return undefined;
	return { type, session: session as IDataObject };
}
