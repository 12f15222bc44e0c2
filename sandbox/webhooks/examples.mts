import type { Metadata } from '../ledger/session.mts';
import { type Version, versionNames } from '../versions.mts';
import { failure, incomingCard, payoutAccount, payoutCard, returned } from './example-parts.mts';
import { incomingNames } from './parcels.mts';

type Json = Record<string, unknown>;

interface Example {
	/** The type that it is sent with unless asked otherwise. */
	readonly type: string;
	readonly session: Json;
	/** What differs from a payout of 10.00 USD to a bank account. */
	readonly payouts?: readonly Json[];
	/** What differs from an incoming payment of 100.00 USD by card. */
	readonly incoming?: readonly Json[];
}

const confirm = { status: 'in_progress', next_action: 'confirm' };
const redirect = {
	url: 'https://acs.example/3ds?step=1',
	base_url: 'https://acs.example/3ds',
	method: 'POST',
	qs: { step: '1' },
	params: { PaReq: 'example+request//==', MD: 'example-session' },
};

/** Ready-made webhooks by name, after the examples of the reference (/docs/reference/webhooks). */
export const webhookExamples = {
	payout_ready_to_confirm: {
		type: 'ready_to_confirm',
		session: confirm,
		payouts: [{ status: 'pending' }],
	},
	payout_succeeded: {
		type: 'payment_finished',
		session: { status: 'accepted' },
		payouts: [{ status: 'succeeded' }],
	},
	payout_failed: {
		type: 'payment_finished',
		session: { status: 'cancelled', error: failure },
		payouts: [{ status: 'failed', error: failure }],
	},
	payout_failed_canceled_spelling: {
		type: 'payment_finished',
		session: { status: 'canceled', error: failure },
		payouts: [{ status: 'failed', error: failure }],
	},
	/** A failed payout in a session with status `error` is not final. */
	payout_failed_not_final: {
		type: 'payment_finished',
		session: { status: 'error', error: failure },
		payouts: [{ status: 'failed', error: failure }],
	},
	payout_returned: {
		type: 'payment_refunded',
		session: { status: 'accepted' },
		payouts: [{ status: 'succeeded', refunds: [returned('rf_203', 1000)] }],
	},
	payout_partly_returned: {
		type: 'payment_refunded',
		session: { status: 'accepted' },
		payouts: [{ status: 'succeeded', refunds: [returned('rf_203', 400)] }],
	},
	card_payout_succeeded: {
		type: 'payment_finished',
		session: { status: 'accepted' },
		payouts: [{ status: 'succeeded', ...payoutCard }],
	},
	several_payouts_ready_to_confirm: {
		type: 'ready_to_confirm',
		session: confirm,
		payouts: [{ status: 'pending' }, { status: 'pending' }],
	},
	several_payouts_finished: {
		type: 'payment_finished',
		session: { status: 'accepted' },
		payouts: [
			{ status: 'succeeded' },
			{ status: 'failed', error: failure },
			{ status: 'succeeded' },
		],
	},
	/** A session that was cancelled before anything was started in it. */
	session_without_payouts: { type: 'payment_finished', session: { status: 'cancelled' } },
	payment_action_required: {
		type: 'action_required',
		session: { status: 'in_progress' },
		incoming: [{ status: 'pending', customer_interaction: { type: 'redirect', redirect } }],
	},
	payment_ready_to_capture: {
		type: 'ready_to_capture',
		session: { status: 'in_progress' },
		incoming: [{ status: 'pending' }],
	},
	payment_ready_to_confirm: {
		type: 'ready_to_confirm',
		session: confirm,
		incoming: [{ status: 'pending' }],
	},
	payment_succeeded: {
		type: 'payment_finished',
		session: { status: 'accepted' },
		incoming: [{ status: 'succeeded' }],
	},
	payment_failed: {
		type: 'payment_finished',
		session: { status: 'cancelled', error: failure },
		incoming: [{ status: 'failed', error: failure }],
	},
	payment_refunded: {
		type: 'payment_refunded',
		session: { status: 'accepted' },
		incoming: [{ status: 'succeeded', refunds: [{ ...returned('rf_203', 10_000) }] }],
	},
	payment_charged_back: {
		type: 'payment_refunded',
		session: { status: 'accepted' },
		incoming: [
			{ status: 'succeeded', refunds: [{ ...returned('rf_203', 10_000), is_chargeback: true }] },
		],
	},
} as const satisfies Record<string, Example>;

export type ExampleName = keyof typeof webhookExamples;

/** The example that stands for a type when nothing else is said. */
export const exampleForType: Readonly<Record<string, ExampleName>> = {
	ready_to_confirm: 'payout_ready_to_confirm',
	payment_finished: 'payout_succeeded',
	payment_refunded: 'payout_returned',
	action_required: 'payment_action_required',
	ready_to_capture: 'payment_ready_to_capture',
};

function nthMetadata(metadata: Metadata, index: number): Metadata {
	return index > 0 && typeof metadata === 'string' ? `${metadata}-${index + 1}` : metadata;
}

/**
 * Writes the session of an example.
 *
 * @param name the example
 * @param number makes the ids its own: session `ps_<number>`, payouts `po_<number>`, `po_<number>_2`
 * @param version whose names are used
 * @param metadata the merchant's reference; the second payout's gets `-2` at the end
 * @returns the session object of a webhook
 */
export function exampleSession(
	name: ExampleName,
	number: number,
	version: Version,
	metadata: Metadata,
): Json {
	const { session, payouts, incoming }: Example = webhookExamples[name];
	const moment = '2024-05-27T02:03:00.000000Z';
	const list = (parts: readonly Json[], prefix: string, usual: (version: Version) => Json) =>
		parts.map(({ status, ...part }, index) => ({
			id: `${prefix}_${number}${index > 0 ? `_${index + 1}` : ''}`,
			status,
			created_at: moment,
			...(status !== 'pending' && { finished_at: moment }),
			...usual(version),
			metadata: nthMetadata(metadata, index),
			...part,
		}));
	const { destination: method } = versionNames[version];
	const account = (of: Version): Json => payoutAccount(of);
	const outgoing = payouts?.map(({ destination, ...part }) => ({
		...part,
		...(destination !== undefined && { [method]: destination }),
	}));
	return {
		id: `ps_${number}`,
		...{ created_at: moment, updated_at: moment },
		...session,
		...(outgoing && { [versionNames[version].payouts]: list(outgoing, 'po', account) }),
		...(incoming && { [incomingNames[version]]: list(incoming, 'pm', () => incomingCard) }),
	};
}
