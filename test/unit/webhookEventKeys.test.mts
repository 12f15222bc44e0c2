import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Webhook } from '../../nodes/api/webhook';
import { toWebhookItems } from '../../nodes/SmartGlocalTrigger/events';

const keysOf = (given: Webhook) =>
	toWebhookItems(given, true).map(({ event_key }) => String(event_key));

/** What of a webhook is its state; ids and statuses as the API writes them. */
interface State {
	type: string;
	session: { id: string; status: string };
	payouts: Array<{ id: string; status: string; refunds: Array<{ id: string; status: string }> }>;
}

const id = (prefix: string) => fc.integer({ min: 1, max: 99 }).map((n) => `${prefix}_${n}`);
const refund = fc.record({
	id: id('re'),
	status: fc.constantFrom('accepted', 'in_progress', 'error'),
});
const payout = fc.record({
	id: id('po'),
	status: fc.constantFrom('succeeded', 'in_progress', 'pending', 'failed'),
	refunds: fc.array(refund, { maxLength: 2 }),
});
const state: fc.Arbitrary<State> = fc.record({
	type: fc.constantFrom('ready_to_confirm', 'payment_finished', 'payment_refunded'),
	session: fc.record({
		id: id('ps'),
		status: fc.constantFrom('created', 'in_progress', 'accepted', 'cancelled', 'error'),
	}),
	payouts: fc.array(payout, { minLength: 1, maxLength: 3 }),
});

const withRefunds = state.map((of) => ({
	...of,
	payouts: of.payouts.map((one) => ({
		...one,
		refunds: one.refunds.length > 0 ? one.refunds : [{ id: 're_1', status: 'accepted' }],
	})),
}));

/** What can differ between two deliveries of one event. */
const accident = fc.record({
	list: fc.constantFrom('payments', 'payout_list'),
	updated_at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	unknown: fc.jsonValue(),
	isReversed: fc.boolean(),
});

function deliver(
	of: State,
	how: { [key: string]: unknown; list: string; isReversed?: boolean },
): Webhook {
	const { list, isReversed, ...rest } = how;
	const more = rest as IDataObject;
	const payouts = of.payouts.map((one): IDataObject => ({ ...more, ...one }));
	const session: IDataObject = { ...more, ...of.session, [list]: payouts };
	return {
		type: of.type,
		session: isReversed ? Object.fromEntries(Object.entries(session).reverse()) : session,
	};
}

describe('the key of an event', () => {
	const plain = (of: State) => deliver(of, { list: 'payments' });

	test('is the same in each delivery of the same state', () => {
		fc.assert(
			fc.property(state, accident, accident, (of, once, again) => {
				expect(keysOf(deliver(of, again))).toEqual(keysOf(deliver(of, once)));
				expect(toWebhookItems(deliver(of, again), false)[0]?.event_key).toBe(
					toWebhookItems(deliver(of, once), false)[0]?.event_key,
				);
			}),
		);
	});

	test('is different when two states are', () => {
		fc.assert(
			fc.property(state, state, (one, other) => {
				fc.pre(JSON.stringify(one) !== JSON.stringify(other));
				expect(keysOf(plain(one)).join()).not.toBe(keysOf(plain(other)).join());
			}),
			{ numRuns: 1_000 },
		);
	});

	test.each<[what: string, change: (of: State) => void]>([
		['the event', (of) => (of.type += '_x')],
		['the session', (of) => (of.session.id += '1')],
		['the status of the session', (of) => (of.session.status += 'x')],
		['the payout', (of) => of.payouts.forEach((one) => (one.id += '1'))],
		['the status of the payout', (of) => of.payouts.forEach((one) => (one.status += 'x'))],
		[
			'its refunds',
			(of) => of.payouts.forEach((one) => one.refunds.push({ id: 're_x', status: 'error' })),
		],
		[
			'the status of a refund',
			(of) => of.payouts.forEach(({ refunds }) => refunds.forEach((one) => (one.status += 'x'))),
		],
	])('changes for every payout with %s', (_what, change) => {
		fc.assert(
			fc.property(withRefunds, (of) => {
				const changed = structuredClone(of);
				change(changed);
				const before = keysOf(plain(of));
				keysOf(plain(changed)).forEach((key, index) => expect(key).not.toBe(before[index]));
			}),
		);
	});

	test('tells a payout from an incoming payment with the same ids', () => {
		const part = [{ id: '1', status: 'succeeded' }];
		const about = (list: string): Webhook => ({
			type: 'payment_finished',
			session: { id: 'ps_1', [list]: part },
		});
		const [one] = keysOf(about('payments'));
		expect(keysOf(about('payment_list'))).not.toContain(one);
	});
});
