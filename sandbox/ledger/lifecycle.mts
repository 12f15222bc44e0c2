import { Rejection } from '../errors.mts';
import type { Ledger } from './ledger.mts';
import type { ApiError, SessionPayout, Session } from './session.mts';
import { awaitsConfirmation } from './sessionResponse.mts';

/** The session's status when all of its payouts failed. */
export type FailedSessionStatus = 'cancelled' | 'error';

/** Takes an accepted payout to its confirmation or, with `autoConfirm`, to its success. */
export function processPayout(ledger: Ledger, session: Session, payout: SessionPayout): void {
	const { autoConfirm, processingMs } = ledger.settings;
	ledger.clock.after(processingMs, () => {
		if (isFinal(payout)) return;
		if (autoConfirm) succeed(ledger, session, payout);
		else askForConfirmation(ledger, session, payout);
	});
}

function askForConfirmation(ledger: Ledger, session: Session, payout: SessionPayout): void {
	payout.status = 'pending';
	ledger.books.update(payout.id, { status: 'pending' });
	ledger.touch(session, session.status);
	ledger.clock.after(ledger.settings.confirmWindowMs, () => {
		if (awaitsConfirmation(payout)) {
			const description = 'The payout was not confirmed in time.';
			failPayout(ledger, session, payout, { code: 'confirm_timeout', description });
		}
	});
	ledger.events.emit('ready_to_confirm', session);
}

function isFinal(payout: SessionPayout): boolean {
	return payout.status === 'succeeded' || payout.status === 'failed';
}

function succeed(ledger: Ledger, session: Session, payout: SessionPayout): void {
	payout.status = 'succeeded';
	finish(ledger, session, payout, 'cancelled');
}

function finish(
	ledger: Ledger,
	session: Session,
	payout: SessionPayout,
	statusIfAllFailed: FailedSessionStatus,
): void {
	payout.finishedAt = ledger.timestamp();
	ledger.books.update(payout.id, { status: payout.status });
	if (!session.payouts.every(isFinal)) ledger.touch(session, 'in_progress');
	else if (session.payouts.some((other) => other.status === 'succeeded')) {
		ledger.touch(session, 'accepted');
	} else {
		session.error = payout.error;
		ledger.touch(session, statusIfAllFailed);
	}
	ledger.events.emit('payment_finished', session);
}

/**
 * Fails a payout and puts its amount back into the wallet.
 *
 * @param error the reason that the payout shows, and the session when all of its payouts failed
 * @param sessionStatus the session's status in that case; the documentation does not name it
 * @throws Rejection `session_wrong_state` when the payout is already final
 */
export function failPayout(
	ledger: Ledger,
	session: Session,
	payout: SessionPayout,
	error: ApiError,
	sessionStatus: FailedSessionStatus = 'cancelled',
): void {
	if (isFinal(payout)) {
		throw new Rejection('session_wrong_state', `The payout ${payout.id} is already final.`);
	}
	const { amount, currency } = payout.order.amount_details;
	ledger.wallets.giveBack(amount, currency);
	payout.error = error;
	payout.status = 'failed';
	finish(ledger, session, payout, sessionStatus);
}

function returnedAmount(payout: SessionPayout): number {
	return payout.refunds.reduce((sum, refund) => sum + refund.amount_details.amount, 0);
}

/** How much of a payout can still be returned, in minor units; nothing before it succeeded. */
export function leftToReturn(payout: SessionPayout): number {
	if (payout.status !== 'succeeded') return 0;
	return payout.order.amount_details.amount - returnedAmount(payout);
}

/**
 * Returns a payout that succeeded, as the recipient's bank can (/docs/payouts/payout-refunds).
 *
 * @param amount in minor units; by default, what has not been returned yet
 * @throws Rejection `session_wrong_state` when the payout did not succeed or less of it is left
 */
export function returnPayout(
	ledger: Ledger,
	session: Session,
	payout: SessionPayout,
	amount = leftToReturn(payout),
): void {
	const left = leftToReturn(payout);
	if (amount < 1 || amount > left) {
		throw new Rejection(
			'session_wrong_state',
			`The payout ${payout.id} is ${payout.status}, and ${left} of it can be returned.`,
		);
	}
	const { currency } = payout.order.amount_details;
	const now = ledger.timestamp();
	payout.refunds.push({
		id: ledger.nextId('refund', 'rf'),
		status: 'accepted',
		created_at: now,
		finished_at: now,
		amount_details: { amount, currency },
	});
	ledger.wallets.giveBack(amount, currency);
	ledger.books.update(payout.id, { returned: returnedAmount(payout) });
	ledger.touch(session, session.status);
	ledger.events.emit('payment_refunded', session);
}

/**
 * Confirms the payouts of a session that await it; they succeed after the processing time.
 *
 * @throws Rejection `session_wrong_state` when no payout awaits confirmation
 */
export function confirmSession(ledger: Ledger, session: Session): void {
	for (const payout of decide(session, 'confirmed')) {
		ledger.clock.after(ledger.settings.processingMs, () => {
			if (!isFinal(payout)) succeed(ledger, session, payout);
		});
	}
	ledger.touch(session, session.status);
}

/**
 * Cancels a session that has not been started, or its payouts that await confirmation.
 *
 * @throws Rejection `session_wrong_state` when nothing can be cancelled any more
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
		ledger.clock.after(ledger.settings.processingMs, () => {
			if (!isFinal(payout)) failPayout(ledger, session, payout, { code, description });
		});
	}
	ledger.touch(session, session.status);
}

/** Takes the payouts that await confirmation; a second decision about them is rejected. */
function decide(session: Session, decision: string): SessionPayout[] {
	const undecided = session.payouts.filter(awaitsConfirmation);
	if (undecided.length === 0) {
		throw new Rejection(
			'session_wrong_state',
			`The session ${session.id} has no payout that can be ${decision} now.`,
		);
	}
	for (const payout of undecided) payout.decided = true;
	return undecided;
}
