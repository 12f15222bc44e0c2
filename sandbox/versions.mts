/** The two versions of the API differ only in names (/docs/reference/objects). */
export const VERSIONS = ['v1', 'v2'] as const;

export type Version = (typeof VERSIONS)[number];

/** What each version calls the destination of a payout and the list of payouts in a session. */
export const VERSION_NAMES = {
	v1: { destination: 'payment_method', payouts: 'payments' },
	v2: { destination: 'payout_details', payouts: 'payout_list' },
} as const satisfies Record<Version, { destination: string; payouts: string }>;
