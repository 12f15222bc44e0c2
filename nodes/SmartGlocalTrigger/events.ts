import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import {
	isMissing,
	listIncomingPayments,
	listPayouts,
	listRefunds,
	normalizeStatus,
	readAmount,
} from '../api/sessions';
import type { Webhook } from '../api/sessions';
import { maskResponse, simplifyWebhookPart } from '../api/interpretResponse';

/** The events of the parameter 'Trigger On', by the value that workflows save: name, description. */
export const EVENTS: Readonly<Record<string, [name: string, description: string]>> = {
	action_required: [
		'Action Required',
		'An incoming payment waits for the payer, as for 3-D Secure',
	],
	incoming_payment_finished: ['Incoming Payment Finished', 'An incoming payment has ended'],
	incoming_payment_refunded: ['Incoming Payment Refunded', 'An incoming payment was paid back'],
	payment_finished: ['Payout Finished', 'A payout succeeded or failed'],
	payment_refunded: ['Payout Returned', 'The recipient’s bank has returned a payout'],
	ready_to_capture: ['Ready to Capture', 'An incoming payment waits to be captured'],
	ready_to_confirm: ['Ready to Confirm', 'A payout waits for its confirmation, for 240 minutes'],
};

/** The event of a webhook: lists tell payouts from incoming payments (API reference, 5 and 9). */
export function nameEvent({ type, session }: Webhook): string {
	const isIncoming = listPayouts(session).length === 0 && listIncomingPayments(session).length > 0;
	const incoming = `incoming_${type}`;
	return isIncoming && incoming in EVENTS ? incoming : type;
}

/** Turns a webhook into items: with `simplify` one for each payout, else one with the whole body. */
export function toWebhookItems(webhook: Webhook, simplify: boolean): IDataObject[] {
	const { session } = webhook;
	const event = nameEvent(webhook);
	const payouts = listPayouts(session);
	const listed = payouts.length > 0 ? payouts : listIncomingPayments(session);
	const parts = listed.length > 0 ? listed : [{}];
	const keys = buildEventKeys(event, session, parts);
	if (!simplify) {
		// One key for the webhook as a whole, whatever the order of its payouts.
		const event_key = shorten([...new Set(keys)].sort().join(','));
		return [maskResponse({ event, event_key, body: { ...webhook } })];
	}
	return parts.map((part, index) =>
		maskResponse({ event, event_key: keys[index], ...simplifyWebhookPart(session, part) }),
	);
}

/** A longer key ends with a hash of itself. */
const MAX_CHARACTERS = 200;
const DIGEST_CHARACTERS = 32;

/**
 * Names the change of state that a webhook reports, for each of its payouts: the same for each
 * redelivery, another for the next event, as webhooks have no id (API reference, section 9). A key
 * holds all that tells a state, and no time, order or spelling:
 * `payment_finished:ps_1:accepted:po_1:succeeded`, then what else there is,
 * `refund=rf_1/accepted/500/usd`. Equal parts without an id are counted.
 */
function buildEventKeys(event: string, session: IDataObject, parts: IDataObject[]): string[] {
	const counts = new Map<string, number>();
	return parts.map((part) => {
		const key = describeState(event, session, part);
		const count = (counts.get(key) ?? 0) + 1;
		counts.set(key, count);
		return shorten(isFilled(part.id) || count === 1 ? key : `${key}:same=${count}`);
	});
}

function describeState(event: string, session: IDataObject, part: IDataObject): string {
	const states = [event, session.id, fold(session.status), part.id, fold(part.status)];
	// Before it is confirmed, a payout can be offered again at another rate.
	const { amount, currency } = readAmount(part);
	const details = Object.entries({
		next: fold(session.next_action),
		session_error: readError(session.error),
		error: readError(part.error),
		// What tells payouts without an id apart.
		metadata: isFilled(part.id) || !isFilled(part.metadata) ? undefined : digest(part.metadata),
		amount,
		currency: fold(currency),
	}).flatMap(([name, value]) => (isFilled(value) ? [`${name}=${write(value)}`] : []));
	const refunds = listRefunds(part).map((refund) => {
		const { amount, currency } = readAmount(refund);
		const values = [refund.id, fold(refund.status), amount, fold(currency)];
		return `refund=${values.map(write).join('/')}`;
	});
	return [...states.map(write), ...details, ...refunds.sort()].join(':');
}

/** An error's code, else what else it says; undefined for none. */
function readError(error: unknown): unknown {
	const fields = typeof error === 'object' ? error : { code: error };
	const { code, description, ...others } = { ...fields } as IDataObject;
	if (isFilled(fold(code))) return fold(code);
	if (isFilled(description)) return { description };
	return Object.values(others).some(isFilled) ? others : undefined;
}

function isFilled(value: unknown): boolean {
	return !isMissing(value) && value !== '';
}

/** A status, a code or a currency in one spelling; other values as they are. */
function fold(value: unknown): unknown {
	return typeof value === 'string' ? normalizeStatus(value.trim()) : value;
}

/** A value without the characters that separate values; `-` when there is none. */
function write(value: unknown): string {
	if (isMissing(value)) return '-';
	const text = typeof value === 'object' ? digest(value) : String(value);
	return text.replace(
		/[^\w.-]|^-$/g,
		(character) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** A hash, because what users and people at banks write can hold the number of a card. */
function digest(value: unknown): string {
	return sha256(JSON.stringify(value, sortNames)).slice(0, DIGEST_CHARACTERS);
}

/** Writes an object in the same way, whatever the order of its names. */
function sortNames(_name: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const entries = Object.entries(value);
	return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function shorten(key: string): string {
	if (key.length <= MAX_CHARACTERS) return key;
	const hash = sha256(key);
	return `${key.slice(0, MAX_CHARACTERS - hash.length - 1)}~${hash}`;
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
