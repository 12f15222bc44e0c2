import type { Version } from '../versions.mts';
import type { Destination } from './destination.mts';

export type PayoutStatus = 'in_progress' | 'pending' | 'succeeded' | 'failed';
export type SessionStatus = 'created' | 'in_progress' | 'accepted' | 'cancelled' | 'error';
export type Participant = Record<string, unknown>;
export type Metadata = string | number | Record<string, unknown>;

/** An error as the API shows it in a response, a session or a payout. */
export interface ApiError {
	code: string;
	description: string;
}

/** An amount in minor units of a lower-case currency. */
export interface AmountDetails {
	amount: number;
	currency: string;
}

/** The data of a payout. A session may be created with a part of it. */
export interface PayoutOrder {
	destination: Destination;
	amount_details: AmountDetails;
	participant_details?: { recipient?: Participant; sender?: Participant };
	customer?: Record<string, unknown>;
	metadata?: Metadata;
}

/** Money that the recipient's bank returned. */
export interface Refund {
	id: string;
	status: 'accepted';
	created_at: string;
	finished_at: string;
	amount_details: AmountDetails;
}

/** A payout in a session. */
export interface SessionPayout {
	readonly id: string;
	readonly order: PayoutOrder;
	readonly createdAt: string;
	status: PayoutStatus;
	finishedAt?: string;
	error?: ApiError;
	/** Whether `session/confirm` or `session/cancel` was received for it. */
	decided: boolean;
	refunds: Refund[];
}

/** A session of a project. */
export interface Session {
	readonly id: string;
	readonly project: string;
	/** The version of the request that created it. */
	readonly version: Version;
	readonly createdAt: string;
	/** The data from its creation or its last start. */
	draft: Partial<PayoutOrder>;
	status: SessionStatus;
	updatedAt: string;
	finishedAt?: string;
	error?: ApiError;
	readonly payouts: SessionPayout[];
}

/** The partner's reference: metadata that is text, or the text `reference` of an object; else null. */
export function referenceIn(metadata: Metadata | undefined): string | null {
	if (typeof metadata === 'string') return metadata;
	if (typeof metadata !== 'object') return null;
	return typeof metadata.reference === 'string' ? metadata.reference : null;
}
