import { type Version, versionNames } from '../versions.mts';
import { reduceDestination } from './destination.mts';
import type { Payout, Session } from './session.mts';

function payoutAnswer(payout: Payout, version: Version): Record<string, unknown> {
	const { order } = payout;
	return {
		id: payout.id,
		status: payout.status,
		created_at: payout.createdAt,
		...(payout.finishedAt && { finished_at: payout.finishedAt }),
		...(order.customer && { customer: order.customer }),
		[versionNames[version].destination]: reduceDestination(order.destination),
		amount_details: order.amount_details,
		...(order.participant_details && { participant_details: order.participant_details }),
		...(order.metadata !== undefined && { metadata: order.metadata }),
		...(payout.error && { error: payout.error }),
		...(payout.returns.length > 0 && { refunds: payout.returns }),
	};
}

/**
 * Whether a payout waits for `session/confirm` or `session/cancel`.
 *
 * @param payout the payout
 * @returns true from `ready_to_confirm` on, until the merchant has decided
 */
export function awaitsConfirmation(payout: Payout): boolean {
	return payout.status === 'pending' && !payout.decided;
}

/**
 * Writes a session as answers and webhooks show it (/docs/reference/objects).
 *
 * @param session the session
 * @param version whose names are used
 * @returns the session object
 */
export function sessionAnswer(session: Session, version: Version): Record<string, unknown> {
	return {
		id: session.id,
		status: session.status,
		created_at: session.createdAt,
		updated_at: session.updatedAt,
		...(session.finishedAt && { finished_at: session.finishedAt }),
		...(session.payouts.some(awaitsConfirmation) && { next_action: 'confirm' }),
		...(session.error && { error: session.error }),
		...(session.payouts.length > 0 && {
			[versionNames[version].payouts]: session.payouts.map((payout) =>
				payoutAnswer(payout, version),
			),
		}),
	};
}
