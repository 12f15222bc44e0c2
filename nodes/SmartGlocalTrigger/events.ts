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
import { maskResponse, simplifyWebhookPart } from '../api/simplify';

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
		const event_key = toKey([event, session.id], [...new Set(keys)].sort());
		return [maskResponse({ event, event_key, body: { ...webhook } })];
	}
	return parts.map((part, index) =>
		maskResponse({ event, event_key: keys[index], ...simplifyWebhookPart(session, part) }),
	);
}

/**
 * Names the change of state that a webhook reports, for each of its payouts: the same for each
 * redelivery, another for the next event, as webhooks have no id (API reference, section 9). Equal parts
 * without an id are counted.
 */
function buildEventKeys(event: string, session: IDataObject, parts: IDataObject[]): string[] {
	const counts = new Map<string, number>();
	return parts.map((part) => {
		const names = [event, session.id, part.id];
		const state = listState(session, part);
		const key = toKey(names, state);
		const count = (counts.get(key) ?? 0) + 1;
		counts.set(key, count);
		return isFilled(part.id) || count === 1 ? key : toKey(names, [...state, count]);
	});
}

const MAX_NAME_CHARACTERS = 50;
const DIGEST_CHARACTERS = 32;

/**
 * Names that people can read, as far as they are letters, digits, `_`, `.` and `-`, and a hash of them
 * and the state: what users and people at banks write can hold the number of a card.
 */
function toKey(names: unknown[], state: unknown[]): string {
	const shown = names.map((name) => String(name ?? '-').replace(/[^\w.-]/g, ''));
	const hash = createHash('sha256').update(JSON.stringify([names, state], sortNames));
	const digest = hash.digest('hex').slice(0, DIGEST_CHARACTERS);
	return [...shown.map((name) => name.slice(0, MAX_NAME_CHARACTERS)), digest].join(':');
}

/** All that tells a state, and no time, order or spelling. */
function listState(session: IDataObject, part: IDataObject): unknown[] {
	// Before it is confirmed, a payout can be offered again at another rate.
	const { amount, currency } = readAmount(part);
	const refunds = listRefunds(part).map((refund) => {
		const money = readAmount(refund);
		return [refund.id, fold(refund.status), money.amount, fold(money.currency)];
	});
	return [
		fold(session.status),
		fold(part.status),
		unlessEmpty(fold(session.next_action)),
		readError(session.error),
		readError(part.error),
		// What tells payouts without an id apart.
		isFilled(part.id) ? undefined : unlessEmpty(part.metadata),
		unlessEmpty(amount),
		unlessEmpty(fold(currency)),
		...refunds.map((refund) => JSON.stringify(refund, sortNames)).sort(),
	];
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

function unlessEmpty(value: unknown): unknown {
	return isFilled(value) ? value : undefined;
}

/** A status, a code or a currency in one spelling; other values as they are. */
function fold(value: unknown): unknown {
	return typeof value === 'string' ? normalizeStatus(value.trim()) : value;
}

/** Writes an object in the same way, whatever the order of its names. */
function sortNames(_name: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const entries = Object.entries(value);
	return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
