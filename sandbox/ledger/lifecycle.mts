import { Refusal } from '../errors.mts';
import { timestamp } from '../timestamps.mts';
import { awaitsConfirmation } from './answer.mts';
import type { Ledger } from './ledger.mts';
import type { ApiError, Payout, Session } from './session.mts';

/** The session's status after its last payout failed for good. */
export type FailedSessionStatus = 'cancelled' | 'error';

/**
 * Sends an accepted payout on its way: to its confirmation, or straight to its end with
 * `autoConfirm`.
 *
 * @param ledger the ledger
 * @param session the payout's session
 * @param payout the payout, with status `in_progress`
 */
export function processPayout(ledger: Ledger, session: Session, payout: Payout): void {
	const { autoConfirm, processingMs } = ledger.settings;
	ledger.timers.after(processingMs, () => {
		if (isFinal(payout)) return;
		if (autoConfirm) succeed(ledger, session, payout);
		else askForConfirmation(ledger, session, payout);
	});
}

function askForConfirmation(ledger: Ledger, session: Session, payout: Payout): void {
	payout.status = 'pending';
	ledger.books.update(payout.id, { status: 'pending' });
	ledger.touch(session, session.status);
	ledger.timers.after(ledger.settings.confirmWindowMs, () => {
		if (awaitsConfirmation(payout)) {
			const description = 'The payout was not confirmed in time.';
			failPayout(ledger, session, payout, { code: 'confirm_timeout', description });
		}
	});
	ledger.events.emit('ready_to_confirm', session, payout);
}

function isFinal(payout: Payout): boolean {
	return payout.status === 'succeeded' || payout.status === 'failed';
}

function succeed(ledger: Ledger, session: Session, payout: Payout): void {
	payout.status = 'succeeded';
	finish(ledger, session, payout, 'cancelled');
}

function finish(
	ledger: Ledger,
	session: Session,
	payout: Payout,
	whenNonePaid: FailedSessionStatus,
): void {
	payout.finishedAt = timestamp();
	ledger.books.update(payout.id, { status: payout.status });
	if (!session.payouts.every(isFinal)) ledger.touch(session, 'in_progress');
	else if (session.payouts.some((other) => other.status === 'succeeded')) {
		ledger.touch(session, 'accepted');
	} else {
		session.error = payout.error;
		ledger.touch(session, whenNonePaid);
	}
	ledger.events.emit('payment_finished', session, payout);
}

/**
 * Ends a payout without paying it; the money goes back to the wallet.
 *
 * @param ledger the ledger
 * @param session the payout's session
 * @param payout a payout that is not final yet
 * @param error what the payout and, if it ended with it, the session show as the reason
 * @param sessionStatus the session's status when none of its payouts was paid; the documentation
 *   does not say which it is, so `cancelled` unless asked otherwise
 * @throws Refusal `session_wrong_state` when the payout has ended already
 */
export function failPayout(
	ledger: Ledger,
	session: Session,
	payout: Payout,
	error: ApiError,
	sessionStatus: FailedSessionStatus = 'cancelled',
): void {
	if (isFinal(payout)) {
		throw new Refusal('session_wrong_state', `The payout ${payout.id} has ended already.`);
	}
	const { amount, currency } = payout.order.amount_details;
	ledger.wallets.giveBack(amount, currency);
	payout.error = error;
	payout.status = 'failed';
	finish(ledger, session, payout, sessionStatus);
}

/**
 * Lets the recipient's bank return a payout (/docs/payouts/payout-refunds).
 *
 * @param ledger the ledger
 * @param session the payout's session
 * @param payout a payout that succeeded
 * @param amount how much comes back, in minor units; what has not come back yet when left out
 * @throws Refusal `session_wrong_state` when the payout did not succeed or less is left
 */
export function returnPayout(
	ledger: Ledger,
	session: Session,
	payout: Payout,
	amount?: number,
): void {
	const { currency } = payout.order.amount_details;
	const earlier = payout.returns.reduce((sum, one) => sum + one.amount_details.amount, 0);
	const paid = payout.status === 'succeeded' ? payout.order.amount_details.amount : 0;
	const rest = paid - earlier;
	const returned = amount ?? rest;
	if (returned < 1 || returned > rest) {
		throw new Refusal(
			'session_wrong_state',
			`The payout ${payout.id} is ${payout.status}, and ${rest} of it can be returned.`,
		);
	}
	const now = timestamp();
	payout.returns.push({
		id: ledger.nextRefundId(),
		status: 'accepted',
		created_at: now,
		finished_at: now,
		amount_details: { amount: returned, currency },
	});
	ledger.wallets.giveBack(returned, currency);
	ledger.books.update(payout.id, { returned: earlier + returned });
	ledger.touch(session, session.status);
	ledger.events.emit('payment_refunded', session, payout);
}

/**
 * Confirms the payouts of a session that wait for it. They end after the processing time.
 *
 * @param ledger the ledger
 * @param session the session
 * @throws Refusal `session_wrong_state` when nothing waits for a confirmation
 */
export function confirmSession(ledger: Ledger, session: Session): void {
	for (const payout of decide(session, 'confirmed')) {
		ledger.timers.after(ledger.settings.processingMs, () => {
			if (!isFinal(payout)) succeed(ledger, session, payout);
		});
	}
	ledger.touch(session, session.status);
}

/**
 * Cancels a session that was not started yet, or the payouts in it that wait for a confirmation.
 *
 * @param ledger the ledger
 * @param session the session
 * @throws Refusal `session_wrong_state` when nothing can be cancelled any more
 */
export function cancelSession(ledger: Ledger, session: Session): void {
	const code = 'session_cancelled_by_partner';
	const description = 'The session was cancelled by the partner.';
	if (session.status === 'created') {
		session.error = { code, description };
		ledger.touch(session, 'cancelled');
		return;
	}
	for (const payout of decide(session, 'cancelled')) {
		ledger.timers.after(ledger.settings.processingMs, () => {
			if (!isFinal(payout)) failPayout(ledger, session, payout, { code, description });
		});
	}
	ledger.touch(session, session.status);
}

function decide(session: Session, decision: string): Payout[] {
	const waiting = session.payouts.filter(awaitsConfirmation);
	if (waiting.length === 0) {
		throw new Refusal(
			'session_wrong_state',
			`The session ${session.id} has no payout that can be ${decision} now.`,
		);
	}
	for (const payout of waiting) payout.decided = true;
	return waiting;
}
