import type { Core } from './core.mts';
import { Refusal } from './errors.mts';
import { failPayout, type FailedSessionStatus, returnPayout } from './ledger/lifecycle.mts';

/** Why a payout fails. */
export interface PayoutFailure {
	/** `provider_internal_error` when left out. */
	code?: string;
	description?: string;
	/** The session's status when none of its payouts was paid; `cancelled` when left out. */
	sessionStatus?: FailedSessionStatus;
}

function mustFind(core: Core, id: string) {
	const found = core.ledger.payout(id);
	if (found === undefined) throw new Refusal('invalid_request', `There is no payout ${id}.`);
	return found;
}

/**
 * Ends a payout as failed, as a provider can.
 *
 * @param core the state
 * @param id the payout's id
 * @param failure why it fails
 * @throws Refusal when there is no such payout or it has ended already
 */
export function failPayoutById(core: Core, id: string, failure: PayoutFailure = {}): void {
	const { session, payout } = mustFind(core, id);
	const code = failure.code ?? 'provider_internal_error';
	const description = failure.description ?? 'The provider could not make the payout.';
	failPayout(core.ledger, session, payout, { code, description }, failure.sessionStatus);
}

/**
 * Returns a payout, as the recipient's bank can.
 *
 * @param core the state
 * @param id the payout's id
 * @param amount in minor units; what has not come back yet when left out
 * @throws Refusal when there is no such payout, it did not succeed, or less is left of it
 */
export function returnPayoutById(core: Core, id: string, amount?: number): void {
	const { session, payout } = mustFind(core, id);
	returnPayout(core.ledger, session, payout, amount);
}
