import type { IDataObject } from 'n8n-workflow';
import { isObject, parseJson } from '../payout/json/jsonObject';

/** A webhook of Smart Glocal (API reference, section 9). */
export interface Webhook {
	type: string;
	session: IDataObject;
}

/** The strings and the numbers of a JSON text. */
const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const MAX_EXACT_CHARACTERS = 16;

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
		token.startsWith('"') || isExact(token) ? token : `"${token}"`,
	);
	return exact === text ? parsed : parseJson(exact);
}

/** Whether a number keeps its digits: a safe integer, or a fraction of at most 15 digits. */
function isExact(token: string): boolean {
	if (/^-?\d+$/.test(token)) return Number.isSafeInteger(Number(token));
	return token.length <= MAX_EXACT_CHARACTERS && !/e/i.test(token);
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
