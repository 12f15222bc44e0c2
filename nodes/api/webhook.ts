import type { IDataObject } from 'n8n-workflow';
import { isObject, parseJson } from '../SmartGlocal/payout/jsonObject';

/** A webhook of Smart Glocal (API reference, section 9). */
export interface Webhook {
	type: string;
	session: IDataObject;
}

/** Parses a webhook's body; undefined when it is not JSON. */
export function parseWebhookBody(body: Buffer): unknown {
	return parseJson(body.toString('utf8'));
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
