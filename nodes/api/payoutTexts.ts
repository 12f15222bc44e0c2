import type { IDataObject } from 'n8n-workflow';
import { toDecimalText } from '../payout/money/amount';
import { hasTwoMinorDigits } from '../payout/formats/isoCodes';
import { asObject } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { showValue } from '../payout/text/shownValue';
import { listRefunds, normalizeStatus, readMoney } from './sessions';

/** For a session in `error`: paying again could pay twice (API reference, section 8). */
const NOT_FINAL = "not final: do not pay again before Smart Glocal's support has told you";
const NO_REASON = 'no reason given';
const LOOK_FIRST = "Look up the session's status before you pay it again with a new reference.";

/** The longest text about a failure or a refund, in characters. */
const MAX_TEXT = 500;

/** How refunds are called, by their status (API reference, section 5). */
const REFUNDS: ReadonlyMap<string | null, string> = new Map([
	[null, 'refund'],
	['accepted', 'refunded'],
	['in_progress', 'refund in progress'],
	['declined', 'refund declined'],
	['error', 'refund failed'],
]);

/**
 * Why a payout failed or its session ended: code and description as Smart Glocal gives them, and a
 * warning where that is not final.
 *
 * @returns null for a payout that did not fail
 */
export function describeEnd(session: IDataObject, payout: IDataObject): string | null {
	const isInError = normalizeStatus(session.status) === 'error';
	const reason = readReason(session, payout);
	if (reason === undefined && !isInError && !isFailed(payout)) return null;
	return isInError ? `${reason ?? NO_REASON} (${NOT_FINAL})` : (reason ?? NO_REASON);
}

/**
 * What is to be done about a payout that was just ordered.
 *
 * @returns the API's own word, or null; for a payout that has ended already, sentences that say why
 *   and what to do
 */
export function describeNextAction(session: IDataObject, payout: IDataObject) {
	const status = normalizeStatus(session.status);
	const reason = readReason(session, payout);
	const because = `(${reason ?? NO_REASON})`;
	if (status === 'error') {
		const what = isFailed(payout) ? 'Failed' : 'The session is in error';
		return `${what} ${because}. This is ${NOT_FINAL}.`;
	}
	if (isFailed(payout)) return `Failed ${because}. ${LOOK_FIRST}`;
	// Nobody else can have cancelled it this early.
	if (status === 'cancelled') return `Cancelled ${because}. ${LOOK_FIRST}`;
	if (reason !== undefined) return `Smart Glocal reports an error ${because}. ${LOOK_FIRST}`;
	return session.next_action ?? null;
}

/**
 * What was paid back of a payout, as in `refunded: EUR 10.00`.
 *
 * @returns null where nothing was
 */
export function describeRefunds(payout: IDataObject): string | null {
	const refunds = listRefunds(payout).map(describeRefund);
	return refunds.length > 0 ? showValue(refunds.join('; '), MAX_TEXT) : null;
}

function describeRefund(refund: IDataObject): string {
	const status = normalizeStatus(refund.status);
	const { minor, currency } = readMoney(refund);
	const what = REFUNDS.get(status) ?? `refund ${status}`;
	if (minor === null) return `${what}, amount not given`;
	if (currency === null) return `${what}: ${minor} in minor units, currency not given`;
	return hasTwoMinorDigits(currency)
		? `${what}: ${currency} ${toDecimalText(minor)}`
		: `${what}: ${currency} ${minor} in minor units`;
}

function isFailed(payout: IDataObject): boolean {
	return normalizeStatus(payout.status) === 'failed';
}

/** The reason that the payout, or its session, gives; undefined for none. */
function readReason(session: IDataObject, payout: IDataObject): string | undefined {
	const given = [payout.error, session.error]
		.map((error) => (typeof error === 'string' ? error : describeError(asObject(error))))
		.find((text) => text !== '');
	return given === undefined ? undefined : showValue(given, MAX_TEXT);
}

function describeError({ code, description }: JsonObject): string {
	return [code, description]
		.filter((part) => typeof part === 'string' || typeof part === 'number')
		.filter((part) => part !== '')
		.join(': ');
}
