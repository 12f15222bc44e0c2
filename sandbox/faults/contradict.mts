import { VERSION_NAMES } from '../versions.mts';
import type { ContradictedPart } from './rules.mts';

type ShownSession = Readonly<Record<string, unknown>>;
type ShownPayout = ShownSession & { amount_details: { amount: number } };

const LISTS_OF_PAYOUTS: readonly string[] = Object.values(VERSION_NAMES).map(
	({ payouts }) => payouts,
);

/**
 * Changes what a response says about a request, so that the two contradict each other. An error
 * contradicts nothing; nor does a session without payouts, except by its id and its status.
 */
export function contradict(body: object, about: ContradictedPart): object {
	const { session } = body as { session?: ShownSession };
	if (session === undefined) return body;
	switch (about) {
		case 'status':
			return { ...body, error: { code: 'internal_error', description: 'Something went wrong.' } };
		case 'session':
			return { ...body, session: { ...session, id: 'ps_another' } };
		case 'reference':
			return withPayouts(body, session, () => ({ metadata: 'another reference' }));
		case 'amount':
			return withPayouts(body, session, ({ amount_details: details }) => ({
				amount_details: { ...details, amount: details.amount + 1 },
			}));
	}
}

function withPayouts(
	body: object,
	session: ShownSession,
	change: (payout: ShownPayout) => object,
): object {
	const entries = Object.entries(session).map(([name, value]) => {
		if (!LISTS_OF_PAYOUTS.includes(name)) return [name, value];
		return [name, (value as ShownPayout[]).map((payout) => ({ ...payout, ...change(payout) }))];
	});
	return { ...body, session: Object.fromEntries(entries) as object };
}

/** Repeats the request's body in the session of a response, with account and card numbers. */
export function echo(body: object, request: string): object {
	const { session } = body as { session?: ShownSession };
	if (session === undefined) return body;
	return { ...body, session: { ...(JSON.parse(request) as object), ...session } };
}
