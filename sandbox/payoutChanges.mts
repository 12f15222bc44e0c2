import { Rejection } from './errors.mts';
import type { Ledger } from './ledger/ledger.mts';
import { failPayout, returnPayout } from './ledger/lifecycle.mts';
import type { FailedSessionStatus } from './ledger/lifecycle.mts';

/** Why a payout fails. */
export interface PayoutFailure {
	/** `provider_internal_error` by default. */
	code?: string;
	description?: string;
	/** The session's status when none of its payouts was paid; `cancelled` by default. */
	sessionStatus?: FailedSessionStatus;
}

function findPayout(ledger: Ledger, id: string) {
	const found = ledger.payout(id);
	if (found === undefined) throw new Rejection('invalid_request', `There is no payout ${id}.`);
	return found;
}

/**
 * Fails a payout, as a provider can.
 *
 * @throws Rejection when there is no such payout or it is already final
 */
export function failPayoutById(ledger: Ledger, id: string, failure: PayoutFailure = {}): void {
	const { session, payout } = findPayout(ledger, id);
	const code = failure.code ?? 'provider_internal_error';
	const description = failure.description ?? 'The provider could not make the payout.';
	failPayout(ledger, session, payout, { code, description }, failure.sessionStatus);
}

/**
 * Returns a payout, as the recipient's bank can.
 *
 * @param amount in minor units; by default, what has not been returned yet
 * @throws Rejection when there is no such payout, it did not succeed, or less of it is left
 */
export function returnPayoutById(ledger: Ledger, id: string, amount?: number): void {
	const { session, payout } = findPayout(ledger, id);
	returnPayout(ledger, session, payout, amount);
}
