import type { IDataObject } from 'n8n-workflow';
import { hasTwoMinorDigits } from '../payout/isoCodes';
import type { RowFacts } from './rowFacts';

/**
 * The payouts of a session. Names of API v1 and v2 are both read, whatever the request's version
 * (API reference, section 1).
 */
export function listPayouts(session: IDataObject): IDataObject[] {
	const payouts = session.payments ?? session.payout_list;
	return Array.isArray(payouts) ? payouts.map(asObject) : [];
}

/**
 * Reduces an accepted order to what a workflow goes on with.
 *
 * @param session the session as the API sent it
 * @param facts the order, for what an answer leaves out
 * @returns one flat item; what the API does not say is null; `amount` is in minor units
 */
export function simplifyOrder(session: IDataObject, facts: RowFacts): IDataObject {
	const payouts = listPayouts(session);
	const payout =
		payouts.find(({ metadata }) => metadata === facts.reference) ?? payouts.at(-1) ?? {};
	const simplified = simplifyPayout(session, payout);
	return {
		outcome: 'submitted',
		...simplified,
		reference: facts.reference,
		...(simplified.amount === null && facts.order?.amount
			? describeAmount(facts.order.amount, facts.order.currency)
			: {}),
	};
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
		...describeEnd(session, payout),
	}));
}

function simplifyPayout(session: IDataObject, payout: IDataObject): IDataObject {
	const details = asObject(payout.amount_details);
	return {
		reference: readReference(payout.metadata ?? session.metadata),
		session_id: session.id ?? null,
		session_status: normalizeStatus(session.status),
		payout_id: payout.id ?? null,
		payout_status: normalizeStatus(payout.status),
		next_action: session.next_action ?? null,
		...describeAmount(details.amount, details.currency),
		created_at: session.created_at ?? null,
	};
}

/** Why a payout failed, and what of it the recipient's bank has returned. */
function describeEnd(session: IDataObject, payout: IDataObject): IDataObject {
	const failure = asObject(payout.error ?? session.error);
	const refunds = (Array.isArray(payout.refunds) ? payout.refunds : []) as IDataObject[];
	const refund = refunds.at(-1);
	return {
		failure_code: failure.code ?? null,
		failure_description: failure.description ?? null,
		refund_status: refund?.status ?? null,
		refund_amount: asObject(refund?.amount_details).amount ?? null,
	};
}

/** The reference as we put it into metadata, or under that name in the user's own metadata. */
export function readReference(metadata: unknown): string | null {
	if (typeof metadata === 'string' || typeof metadata === 'number') return String(metadata);
	const { reference } = asObject(metadata);
	return typeof reference === 'string' ? reference : null;
}

/**
 * The item for a payout that an earlier run has ordered. The API does not say more about it, and the
 * first order may have had another amount.
 */
export function describeRepetition(facts: RowFacts): IDataObject {
	return {
		outcome: 'already_submitted',
		reference: facts.reference,
		session_id: null,
		session_status: null,
		payout_id: null,
		payout_status: null,
		next_action: null,
		amount: null,
		amount_major: null,
		currency: null,
		created_at: null,
	};
}

/**
 * Reduces a wallet to a flat item.
 *
 * @returns `amount` in minor units, and `amount_major` as decimal text where the currency's scale is
 *   certain, else null
 */
export function simplifyWallet(wallet: IDataObject): IDataObject {
	const { amount, currency } = asObject(wallet.amount_details);
	return { wallet_id: wallet.id ?? null, ...describeAmount(amount, currency) };
}

/** An amount in minor units, and as decimal text where the currency's scale is certain. */
function describeAmount(amount: unknown, currency: unknown): IDataObject {
	const code = typeof currency === 'string' ? currency.toUpperCase() : '';
	const isCertain = Number.isSafeInteger(amount) && hasTwoMinorDigits(code);
	return {
		amount: typeof amount === 'number' ? amount : null,
		amount_major: isCertain ? toDecimal(Number(amount)) : null,
		currency: code === '' ? null : code,
	};
}

function toDecimal(minor: number): string {
	const digits = String(Math.abs(minor)).padStart(3, '0');
	return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Both spellings occur (API reference, section 8). */
function normalizeStatus(status: unknown): IDataObject[string] {
	if (status === 'canceled') return 'cancelled';
	return typeof status === 'string' ? status : null;
}

function asObject(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
}
