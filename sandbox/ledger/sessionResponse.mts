import { VERSION_NAMES } from '../versions.mts';
import type { Version } from '../versions.mts';
import { reduceDestination } from './destination.mts';
import type { SessionPayout, Session } from './session.mts';

function payoutResponse(payout: SessionPayout, version: Version): Record<string, unknown> {
	const { order, refunds } = payout;
	return {
		id: payout.id,
		status: payout.status,
		created_at: payout.createdAt,
		...(payout.finishedAt && { finished_at: payout.finishedAt }),
		...(order.customer && { customer: order.customer }),
		[VERSION_NAMES[version].destination]: reduceDestination(order.destination),
		amount_details: order.amount_details,
		...(order.participant_details && { participant_details: order.participant_details }),
		...(order.metadata !== undefined && { metadata: order.metadata }),
		...(payout.error && { error: payout.error }),
		...(refunds.length > 0 && { refunds }),
	};
}

/** Whether a payout awaits `session/confirm` or `session/cancel`. */
export function awaitsConfirmation(payout: SessionPayout): boolean {
	return payout.status === 'pending' && !payout.decided;
}

/** A session in the names of a version, as responses and webhooks have it (/docs/reference/objects). */
export function sessionResponse(session: Session, version: Version): Record<string, unknown> {
	return {
		id: session.id,
		status: session.status,
		created_at: session.createdAt,
		updated_at: session.updatedAt,
		...(session.finishedAt && { finished_at: session.finishedAt }),
		...(session.payouts.some(awaitsConfirmation) && { next_action: 'confirm' }),
		...(session.error && { error: session.error }),
		...(session.payouts.length > 0 && {
			[VERSION_NAMES[version].payouts]: session.payouts.map((payout) =>
				payoutResponse(payout, version),
			),
		}),
	};
}
