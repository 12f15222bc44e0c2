import type { Version } from '../versions.mts';
import type { Destination } from './destination.mts';

export type PayoutStatus = 'in_progress' | 'pending' | 'succeeded' | 'failed';
export type SessionStatus = 'created' | 'in_progress' | 'accepted' | 'cancelled' | 'error';
export type Participant = Record<string, unknown>;
export type Metadata = string | number | Record<string, unknown>;

/** An error as the API shows it in an answer, a session or a payout. */
export interface ApiError {
	code: string;
	description: string;
}

/** What a payout needs to know before it starts. Sessions may be created with a part of it. */
export interface PayoutOrder {
	destination: Destination;
	amount_details: { amount: number; currency: string };
	participant_details?: { recipient?: Participant; sender?: Participant };
	customer?: Record<string, unknown>;
	metadata?: Metadata;
}

/** A payout that came back from the recipient's bank. */
export interface PayoutReturn {
	id: string;
	status: 'accepted';
	created_at: string;
	finished_at: string;
	amount_details: { amount: number; currency: string };
}

/** A payout in a session. */
export interface Payout {
	readonly id: string;
	readonly order: PayoutOrder;
	readonly createdAt: string;
	status: PayoutStatus;
	finishedAt?: string;
	error?: ApiError;
	/** Whether `session/confirm` or `session/cancel` was received for it. */
	decided: boolean;
	returns: PayoutReturn[];
}

/** A session of a project. */
export interface Session {
	readonly id: string;
	readonly project: string;
	/** The version of the request that created it. */
	readonly version: Version;
	readonly createdAt: string;
	/** What was given at creation or at the last start. */
	draft: Partial<PayoutOrder>;
	status: SessionStatus;
	updatedAt: string;
	finishedAt?: string;
	error?: ApiError;
	readonly payouts: Payout[];
}

/**
 * Finds the merchant's own reference in the metadata of a payout.
 *
 * @param metadata the metadata as it was sent
 * @returns a string as it is, the property `reference` of an object, else null
 */
export function referenceIn(metadata: Metadata | undefined): string | null {
	if (typeof metadata === 'string') return metadata;
	if (typeof metadata !== 'object') return null;
	return typeof metadata.reference === 'string' ? metadata.reference : null;
}
