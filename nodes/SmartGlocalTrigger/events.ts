import type { IDataObject } from 'n8n-workflow';
import { listIncomingPayments, listPayouts } from '../api/sessions';
import type { Webhook } from '../api/sessions';
import { maskResponse, simplifyWebhookPart } from '../api/simplify';
import { buildEventKeys, joinEventKeys } from './eventKey';

/** The events of the parameter 'Trigger On', by the value that workflows save. */
export const EVENTS = {
	action_required: {
		name: 'Action Required',
		description: 'An incoming payment waits for the payer, as for 3-D Secure',
	},
	incoming_payment_finished: {
		name: 'Incoming Payment Finished',
		description: 'An incoming payment has ended',
	},
	incoming_payment_refunded: {
		name: 'Incoming Payment Refunded',
		description: 'An incoming payment was paid back',
	},
	payment_finished: {
		name: 'Payout Finished',
		description: 'A payout succeeded or failed',
	},
	payment_refunded: {
		name: 'Payout Returned',
		description: 'The recipient’s bank has returned a payout',
	},
	ready_to_capture: {
		name: 'Ready to Capture',
		description: 'An incoming payment waits to be captured',
	},
	ready_to_confirm: {
		name: 'Ready to Confirm',
		description: 'A payout waits for its confirmation, for 240 minutes',
	},
} as const satisfies Readonly<Record<string, { name: string; description: string }>>;

/**
 * The event that a webhook is; its type where nothing is known of it. All webhooks of a project arrive
 * at one address, and some types are used for payouts and for incoming payments alike: the names of
 * the session's lists tell them apart (API reference, sections 5 and 9).
 */
export function nameEvent({ type, session }: Webhook): string {
	const isIncoming = listPayouts(session).length === 0 && listIncomingPayments(session).length > 0;
	if (!isIncoming) return type;
	return type === 'payment_finished' || type === 'payment_refunded' ? `incoming_${type}` : type;
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
		return [maskResponse({ event, event_key: joinEventKeys(keys), body: { ...webhook } })];
	}
	return parts.map((part, index) =>
		maskResponse({ event, event_key: keys[index], ...simplifyWebhookPart(session, part) }),
	);
}
