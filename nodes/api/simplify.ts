import type { IDataObject } from 'n8n-workflow';
import { isIssuedCardNumber, maskCardData } from '../payout/cards/mask';
import { asObject, asText } from '../payout/json/jsonObject';
import { showMoney, toMajorNumber } from '../payout/money/amount';
import { showValue } from '../payout/text/shownValue';
import type { Order, PreparedRequest } from './request';
import {
	listPayouts,
	listRefunds,
	normalizeStatus,
	readMetadataReference,
	readMoney,
} from './sessions';
import type { Money } from './sessions';

/*
 * Every simplified item is flat and has at most ten fields, as n8n asks for. `amount` is in major units,
 * null where the currency's scale is not certain; `amount_minor` is exact.
 */

const SENT_EARLIER = 'None: an earlier request sent it.';
const AMOUNT_OF_ROW = 'Amount and currency are those of this row, not of the first request.';
/** For a session in `error`: paying again could pay twice (API reference, section 8). */
const NOT_FINAL = "not final: do not pay again before Smart Glocal's support has told you";
const LOOK_FIRST = "Look up the session's status before you pay it again with a new reference.";
const MAX_TEXT = 500;

/** How refunds are called, by their status (API reference, section 5). */
const REFUNDS: ReadonlyMap<string | null, string> = new Map([
	[null, 'refund'],
	['accepted', 'refunded'],
	['in_progress', 'refund in progress'],
	['declined', 'refund declined'],
	['error', 'refund failed'],
]);

/** Reduces an accepted order to one item; what the response leaves out is taken from the order. */
export function simplifyOrder(session: IDataObject, prepared: PreparedRequest): IDataObject {
	const { reference, order } = prepared;
	const payouts = listPayouts(session);
	const isOurs = ({ metadata }: IDataObject) => readMetadataReference(metadata) === reference;
	const payout = payouts.find(isOurs) ?? payouts.at(-1) ?? {};
	const answered = describeMoney(readMoney(payout));
	const ordered = describeOrder(order);
	const isComplete = answered.amount_minor !== null && answered.currency !== null;
	return {
		outcome: 'submitted',
		reference,
		...showState(session, payout),
		next_action: describeEnd(session, payout).nextAction,
		...(isComplete || ordered.amount_minor === null ? answered : ordered),
	};
}

/** The item for a payout that an earlier run has ordered: the API says no more about it. */
export function describeDuplicate({ reference, order }: PreparedRequest): IDataObject {
	const ordered = describeOrder(order);
	return {
		outcome: 'already_submitted',
		reference,
		...showState({}, {}),
		next_action: ordered.amount_minor === null ? SENT_EARLIER : `${SENT_EARLIER} ${AMOUNT_OF_ROW}`,
		...ordered,
	};
}

/** Reduces a session to one item for each of its payouts, or to one item when it has none. */
export function simplifySession(session: IDataObject): IDataObject[] {
	return listParts(session).map((payout) => describePart(session, payout));
}

/** The payouts of a session, or an empty one where it has none. */
export function listParts(session: IDataObject): IDataObject[] {
	const payouts = listPayouts(session);
	return payouts.length > 0 ? payouts : [{}];
}

/** Reduces what a webhook says of a payout or an incoming payment, without what its event says. */
export function simplifyWebhookPart(session: IDataObject, part: IDataObject): IDataObject {
	const item = describePart(session, part);
	if (item.session_status === 'cancelled') item.failure ??= 'cancelled, no reason given';
	delete item.session_status;
	delete item.next_action;
	return item;
}

function describePart(session: IDataObject, part: IDataObject): IDataObject {
	const { amount, currency } = describeMoney(readMoney(part));
	return {
		reference: readMetadataReference(part.metadata ?? session.metadata),
		...showState(session, part),
		next_action: session.next_action ?? null,
		amount,
		currency,
		failure: describeEnd(session, part).failure,
		refund: describeRefunds(part),
	};
}

/** Reduces a wallet to one item. */
export function simplifyWallet(wallet: IDataObject): IDataObject {
	return { wallet_id: wallet.id ?? null, ...describeMoney(readMoney(wallet)) };
}

function showState(session: IDataObject, payout: IDataObject) {
	return {
		session_id: session.id ?? null,
		session_status: normalizeStatus(session.status),
		payout_id: payout.id ?? null,
		payout_status: normalizeStatus(payout.status),
	};
}

/** What a row orders, in the fields of an amount; null where the session holds it. */
export function describeOrder(order: Order | undefined) {
	return describeMoney({ minor: order?.amount || null, currency: order?.currency || null });
}

/** The three fields of an amount, as they are in every item. */
function describeMoney({ minor, currency }: Money) {
	const isKnown = minor !== null && currency !== null;
	return { amount: isKnown ? toMajorNumber(minor, currency) : null, amount_minor: minor, currency };
}

/** How a payout or its session has ended, as a lookup's `failure` and as an order's `next_action`. */
function describeEnd(session: IDataObject, payout: IDataObject) {
	const status = normalizeStatus(session.status);
	const isFailed = normalizeStatus(payout.status) === 'failed';
	const text = [payout.error, session.error].map(describeError).find((said) => said !== '');
	const reason = showValue(text ?? 'no reason given', MAX_TEXT);
	// Nobody else than we can have cancelled an order this early.
	const what = [
		isFailed && 'Failed',
		status === 'error' && 'The session is in error',
		status === 'cancelled' && 'Cancelled',
		text !== undefined && 'Smart Glocal reports an error',
	].find(Boolean);
	const advice = status === 'error' ? `This is ${NOT_FINAL}.` : LOOK_FIRST;
	const failure = isFailed || text !== undefined ? reason : null;
	return {
		failure: status === 'error' ? `${reason} (${NOT_FINAL})` : failure,
		nextAction: what ? `${what} (${reason}). ${advice}` : (session.next_action ?? null),
	};
}

/** The error of a payout or a session; empty where it says nothing. */
function describeError(error: unknown): string {
	if (typeof error === 'string') return error;
	const { code, description } = asObject(error);
	const parts = [code, description];
	return parts.filter((part) => asText(part) !== '' || typeof part === 'number').join(': ');
}

/** What was paid back of a payout, as in `refunded: EUR 10.00`; null where nothing was. */
function describeRefunds(payout: IDataObject): string | null {
	const refunds = listRefunds(payout).map((refund) => {
		const status = normalizeStatus(refund.status);
		const { minor, currency } = readMoney(refund);
		const what = REFUNDS.get(status) ?? `refund ${status}`;
		if (minor === null) return `${what}, amount not given`;
		if (currency === null) return `${what}: ${minor} in minor units, currency not given`;
		return `${what}: ${showMoney(minor, currency)}`;
	});
	return refunds.length > 0 ? showValue(refunds.join('; '), MAX_TEXT) : null;
}

/** What a response names like this is an id, a time, an amount or an account, however it looks. */
const NO_CARD_KEY =
	/^(?:(?:payout_|session_|wallet_)?id|(?:event|idempotency)_key|(?:created|finished|updated)_at|amount(?:_minor)?|account|(?:bank_)?account_number|arn|rrn)$/;

/** Hides card data in what Smart Glocal said or was told, but for ids, times, amounts and accounts. */
export function maskResponse<T>(response: T): T {
	return maskCardData(response, (path) => {
		const key = path.at(-1) ?? '';
		if (key === 'reference' || key === 'metadata') return isIssuedCardNumber;
		// What users put into these can have any name.
		const isOfUser = path.includes('metadata') || path.includes('customer');
		return NO_CARD_KEY.test(key) && !isOfUser ? () => false : undefined;
	});
}
