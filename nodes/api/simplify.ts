import type { IDataObject } from 'n8n-workflow';
import { toDecimalText } from '../SmartGlocal/payout/amount';
import { hasTwoMinorDigits } from '../SmartGlocal/payout/isoCodes';
import { asObject } from '../SmartGlocal/payout/jsonObject';
import type { JsonObject } from '../SmartGlocal/payout/jsonObject';
import { showValue } from '../SmartGlocal/payout/shownValue';
import type { PreparedRequest } from './request';
import {
	listPayouts,
	listRefunds,
	normalizeStatus,
	readAmount,
	readMetadataReference,
} from './sessions';

/** Follows the reason of a payout that failed while its session is in `error`. */
const NOT_FINAL = "not final: do not pay again before Smart Glocal's support has told you";

/** The longest reason that is shown, in characters. */
const MAX_REASON = 500;

/**
 * Reduces an accepted order to what a workflow goes on with.
 *
 * @param session the session as the API sent it
 * @param prepared the order, for what the response leaves out
 * @returns one flat item; what is not known is null; `amount` is in minor units
 */
export function simplifyOrder(session: IDataObject, prepared: PreparedRequest): IDataObject {
	const { reference, order } = prepared;
	const payouts = listPayouts(session);
	const isOurs = ({ metadata }: IDataObject) => readMetadataReference(metadata) === reference;
	const payout = payouts.find(isOurs) ?? payouts.at(-1) ?? {};
	const item: IDataObject = {
		outcome: 'submitted',
		...simplifyPayout(session, payout),
		reference,
		failure: describeEnd(session, payout),
	};
	// Nobody else can have cancelled it this early.
	if (item.session_status === 'cancelled') item.failure ??= 'cancelled, no reason given';
	if (item.amount !== null || !order?.amount) return item;
	return { ...item, ...describeAmount(order.amount, order.currency) };
}

/**
 * Reduces a session to one flat item for each of its payouts, or to one item when it has none.
 *
 * @param session the session as the API or a webhook sent it
 * @param payouts its payouts; a webhook can be about its incoming payments instead
 */
export function simplifySession(
	session: IDataObject,
	payouts = listPayouts(session),
): IDataObject[] {
	return (payouts.length > 0 ? payouts : [{}]).map((payout) => ({
		...simplifyPayout(session, payout),
		created_at: session.created_at ?? null,
		failure: describeEnd(session, payout),
		...describeRefund(payout),
	}));
}

/**
 * The item for a payout that an earlier run has ordered. The API says no more about it, and the first
 * order may have had another amount.
 */
export function describeDuplicate({ reference }: PreparedRequest): IDataObject {
	return { outcome: 'already_submitted', ...simplifyPayout({}, {}), reference, failure: null };
}

/**
 * Reduces a wallet to a flat item.
 *
 * @returns `amount` in minor units, and `amount_major` as decimal text where the currency's scale is
 *   certain, else null
 */
export function simplifyWallet(wallet: IDataObject): IDataObject {
	const { amount, currency } = readAmount(wallet);
	return { wallet_id: wallet.id ?? null, ...describeAmount(amount, currency) };
}

function simplifyPayout(session: IDataObject, payout: IDataObject): IDataObject {
	const { amount, currency } = readAmount(payout);
	return {
		reference: readMetadataReference(payout.metadata ?? session.metadata),
		session_id: session.id ?? null,
		session_status: normalizeStatus(session.status),
		payout_id: payout.id ?? null,
		payout_status: normalizeStatus(payout.status),
		next_action: session.next_action ?? null,
		...describeAmount(amount, currency),
	};
}

/**
 * Why a payout failed or its session ended: code and description as Smart Glocal gives them. A
 * session that is in `error` is not final: paying again could pay twice (API reference, section 8).
 *
 * @returns null for a payout that did not fail
 */
function describeEnd(session: IDataObject, payout: IDataObject): string | null {
	const status = normalizeStatus(session.status);
	const given = [payout.error, session.error]
		.map((error) => (typeof error === 'string' ? error : describeError(asObject(error))))
		.find((text) => text !== '');
	const hasFailed = normalizeStatus(payout.status) === 'failed' || status === 'error';
	if (given === undefined && !hasFailed) return null;
	const reason = showValue(given ?? 'no reason given', MAX_REASON);
	return status === 'error' ? `${reason} (${NOT_FINAL})` : reason;
}

function describeError({ code, description }: JsonObject): string {
	return [code, description]
		.filter((part) => typeof part === 'string' || typeof part === 'number')
		.filter((part) => part !== '')
		.join(': ');
}

/** What the recipient's bank has returned of a payout. */
function describeRefund(payout: IDataObject): IDataObject {
	const refund = listRefunds(payout).at(-1) ?? {};
	const { amount = null } = readAmount(refund) as IDataObject;
	return { refund_status: refund.status ?? null, refund_amount: amount };
}

/** An amount in major units where the currency's scale is certain, and in minor units. */
export function describeAmount(amount: unknown, currency: unknown) {
	const code = typeof currency === 'string' ? currency.toUpperCase() : '';
	const isCertain = Number.isSafeInteger(amount) && hasTwoMinorDigits(code);
	return {
		amount: isCertain ? Number(toDecimalText(Number(amount))) : null,
		amount_minor: typeof amount === 'number' ? amount : null,
		currency: code === '' ? null : code,
	};
}
