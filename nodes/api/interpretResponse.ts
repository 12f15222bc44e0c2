import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { isIssuedCardNumber, maskCardData } from '../payout/cards/mask';
import { asObject, asText } from '../payout/json/jsonObject';
import { showMoney, toMajorNumber } from '../payout/money/amount';
import { compareWithMinimum } from '../payout/money/minimums';
import { showValue } from '../payout/text/shownValue';
import { classifyFailure, classifyResponse, isSuccess } from './outcomes';
import type { Failure } from './outcomes';
import type { Order, PreparedRequest, RequestKind } from './request';
import {
	isMissing,
	listPayouts,
	listRefunds,
	normalizeStatus,
	readMetadataReference,
	readMoney,
} from './sessions';
import type { Money } from './sessions';

export interface OutputSettings {
	simplify: boolean;
	duplicates: 'report' | 'error';
}

export type Interpretation =
	| {
			outcome: 'submitted' | 'already_submitted';
			items: IDataObject[];
			sessionId?: string;
			/** Whether a later look can find another status; only said where somebody waits for it. */
			mayChange?: boolean;
	  }
	| Failure;

export type InterpretResponse = (
	response: IN8nHttpFullResponse,
	prepared: PreparedRequest,
	settings: OutputSettings,
) => Interpretation;

/** Reads the response to an order: one item for an accepted payout, and for a duplicate. */
export const interpretOrder: InterpretResponse = (response, prepared, settings) => {
	const verdict = classifyResponse(response, 'order', prepared);
	const { outcome } = verdict;
	if (outcome === 'already_submitted' && settings.duplicates === 'report') {
		return { outcome, items: [describeDuplicate(prepared)] };
	}
	if (outcome !== 'submitted') return verdict;
	const { session } = verdict;
	// The session is wrapped: it can hold a key `error`, which n8n takes for a failed item.
	const wrapped: IDataObject = { outcome, reference: prepared.reference, session };
	const item = settings.simplify ? simplifyOrder(session, prepared) : wrapped;
	return { outcome, items: [item], sessionId: String(session.id) };
};

/** Makes the function that reads the response about a session: one item for each of its payouts. */
export const interpretSession =
	(kind: RequestKind): InterpretResponse =>
	(response, prepared, { simplify }) => {
		const verdict = classifyResponse(response, kind, prepared);
		if ('code' in verdict) return verdict;
		const { outcome, session } = verdict;
		const items = simplify ? simplifySession(session) : [{ session }];
		return { outcome, items, sessionId: String(session.id) };
	};

/** Reads the response to a request for the balance: one item for each wallet, or for each minimum. */
export const interpretBalance: InterpretResponse = (response, { minimums }, { simplify }) => {
	const { wallets, status, error } = asObject(response.body);
	const isRead = isSuccess(response) && status === 'ok' && isMissing(error);
	if (!isRead || !Array.isArray(wallets)) return classifyFailure(response, 'balance');
	const listed = wallets.map((entry) => asObject(entry) as IDataObject);
	const simplified = listed.map(simplifyWallet);
	const items = simplify ? simplified : listed.map((wallet): IDataObject => ({ wallet }));
	const compared = minimums?.map((minimum): IDataObject => compareWithMinimum(minimum, simplified));
	return { outcome: 'submitted', items: compared ?? items };
};

/** The final statuses of a session, and of its payouts (API reference, section 8): no start is pending. */
const FINAL_STATUSES: ReadonlyMap<string | null, ReadonlySet<string | null>> = new Map([
	['accepted', new Set(['succeeded', 'failed'])],
	['cancelled', new Set(['failed', 'pending'])],
]);

/** Reads a lookup as `interpret` does, with `final` for the payout, instead of `next_action`. */
export function addFinality(interpret: InterpretResponse): InterpretResponse {
	return (response, prepared, settings) => {
		const end = interpret(response, prepared, settings);
		if (!('items' in end)) return end;
		const session = asObject(asObject(response.body).session) as IDataObject;
		const finals = listParts(session).map((payout) => isFinal(session, payout));
		const areAllFinal = finals.every(Boolean);
		const items = end.items.map((item, index): IDataObject => {
			if (!settings.simplify) return { ...item, final: areAllFinal };
			const entries = Object.entries(item).map(([key, value]) =>
				key === 'next_action' ? ['final', finals[index] === true] : [key, value],
			);
			return Object.fromEntries(entries) as IDataObject;
		});
		// A session in error is not final, but only Smart Glocal's support can change that.
		const mayChange = !areAllFinal && normalizeStatus(session.status) !== 'error';
		return { ...end, items, mayChange };
	};
}

function isFinal(session: IDataObject, payout: IDataObject): boolean {
	const fitting = FINAL_STATUSES.get(normalizeStatus(session.status));
	if (!fitting) return false;
	return isMissing(payout.status) || fitting.has(normalizeStatus(payout.status));
}

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
function listParts(session: IDataObject): IDataObject[] {
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
