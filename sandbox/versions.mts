/** The two versions of the API differ in names only (/docs/reference/objects). */
export const versions = ['v1', 'v2'] as const;

export type Version = (typeof versions)[number];

/** What a version calls the place the money goes to, and the list of payouts in a session. */
export const versionNames = {
	v1: { destination: 'payment_method', payouts: 'payments' },
	v2: { destination: 'payout_details', payouts: 'payout_list' },
} as const satisfies Record<Version, { destination: string; payouts: string }>;
