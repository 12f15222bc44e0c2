import { hasTurn, toEmptyClaimRow } from '../../nodes/ledger/claims';
import { toLedgerRow } from '../../nodes/ledger/entry';
import type { OrderedEntry } from '../../nodes/ledger/entry';
import { toEventRow } from '../../nodes/ledger/events';
import { foldEvents } from '../../nodes/ledger/following/fold';
import { selectNews, toReportedEvents } from '../../nodes/ledger/following/follow';
import { STATUSES } from '../../nodes/ledger/states';
import type { Status } from '../../nodes/ledger/states';
import type { TableRow } from '../../nodes/ledger/tables';
import { claimRow, eventRow, minutesAgo, NOW, ordered, reported } from '../support/ledger.mts';

const PAYOUT = { reference: 'INV-1', session_id: 'ps_1', payout_id: 'po_1' };
const TOLD = { amount: 415.2, currency: 'GBP', payouts: 1 };

const ledgerRow = (entry: OrderedEntry, id = 1): TableRow => ({
	id,
	...toLedgerRow('INV-1', entry),
});
const sent = (status?: Status, minutes = 60, changes = {}) =>
	ledgerRow({
		ordered: ordered({ session_id: 'ps_1' }),
		...(status && {
			reported: reported({
				status,
				rank: STATUSES[status].rank,
				status_at: minutesAgo(minutes),
				...changes,
			}),
		}),
	});
const follow = (event: 'webhook' | 'look_up' | 'confirm', item: TableRow) =>
	toReportedEvents([{ ...PAYOUT, ...item }], event, NOW).map(({ entry }) => entry.reported);

describe('what is read', () => {
	test.each<[session: string, payout: string, status: Status, more?: TableRow]>([
		['accepted', 'succeeded', 'succeeded'],
		['accepted', 'failed', 'failed'],
		['cancelled', 'failed', 'failed'],
		['cancelled', 'pending', 'failed'],
		['in_progress', 'failed', 'in_progress'],
		['cancelled', 'succeeded', 'in_progress'],
		['error', 'failed', 'unclear'],
		['error', 'in_progress', 'unclear'],
		['in_progress', 'pending', 'ready_to_confirm', { next_action: 'confirm' }],
		['in_progress', 'pending', 'in_progress'],
	])('from a look-up: session %s and payout %s is %s', (session, payout, status, more = {}) => {
		const item = { session_status: session, payout_status: payout, ...more };
		expect(follow('look_up', item)).toMatchObject([{ status, rank: STATUSES[status].rank }]);
	});

	test('is no failure where another payout of the session has ended', () => {
		const finished = { event: 'payment_finished', payout_status: 'pending' };
		expect(follow('webhook', { ...finished, failure: null })).toMatchObject([
			{ status: 'in_progress' },
		]);
		const failure = 'cancelled, no reason given';
		expect(follow('webhook', { ...finished, failure })).toMatchObject([{ status: 'failed' }]);
	});

	test.each([
		['refund in progress: EUR 4.00', 'succeeded', 41],
		['refunded: EUR 4.00', 'returned', 42],
		['refunded: EUR 4.00; refund in progress: EUR 6.00', 'returned', 43],
		['refunded: EUR 4.00; refunded: EUR 6.00', 'returned', 44],
		['refund declined: EUR 4.00', 'succeeded', 42],
	])('goes further with every step of a return: %s', (refund, status, rank) => {
		expect(follow('webhook', { payout_status: 'succeeded', refund })).toMatchObject([
			{ status, rank },
		]);
	});
});

describe('a confirmation', () => {
	const error = (changes: object) => ({ error: { outcome: 'rejected', ...changes } });

	test('is written down', () => {
		expect(follow('confirm', { session_status: 'in_progress' })).toMatchObject([
			{ status: 'confirmed', rank: 22, status_at: NOW },
		]);
	});

	test.each([
		['unclear', error({ outcome: 'unknown', message: 'No answer came.' })],
		['late, because somebody else was faster', error({ code: 'session_wrong_state' })],
	])('says nothing when it is %s', (_what, item) => {
		expect(follow('confirm', item)).toEqual([]);
	});

	test('that is refused is told to a person once', () => {
		const refused = error({
			code: 'insufficient_wallet_balance',
			message: 'The balance is too low.',
			advice: 'Top it up.',
		});
		const [event] = toReportedEvents([{ ...PAYOUT, ...refused }], 'confirm', NOW);
		const row = { id: 4, ...toEventRow(event!) };
		const { added, tasks } = foldEvents([sent('ready_to_confirm')], [row], []);
		expect(tasks).toMatchObject([
			{
				kind: 'decide',
				notice:
					'Payout INV-1 (GBP 415.20 to Ann Lee) was sent, and waits for its confirmation: Smart Glocal did not confirm it. The balance is too low. Top it up. Confirm or cancel session ps_1: Smart Glocal cancels it after 240 minutes.',
			},
		]);
		expect(foldEvents([{ id: 2, ...added[0] }], [row], []).tasks).toEqual([]);
	});
});

describe('a look-up', () => {
	const ready = {
		payout_status: 'pending',
		next_action: 'confirm',
		amount: 415.2,
		currency: 'GBP',
	};
	const news = (row: TableRow, item: TableRow) =>
		selectNews(toReportedEvents([{ ...PAYOUT, ...item }], 'look_up', NOW), [row]);

	test.each<[what: string, row: TableRow, item: TableRow, count: number]>([
		['a payout that has moved on', sent('in_progress'), ready, 1],
		['one that has not', sent('in_progress'), { payout_status: 'pending' }, 0],
		['one that waits since a moment', sent('ready_to_confirm', 4), ready, 0],
		['one that still waits after five minutes', sent('ready_to_confirm', 6), ready, 1],
		['one that waits though it was confirmed', sent('confirmed', 6), ready, 1],
		['one that has ended', sent('succeeded', 6), ready, 0],
		['another session', sent('in_progress'), { ...ready, session_id: 'ps_2' }, 0],
		['another reference', sent('in_progress'), { ...ready, reference: 'INV-2' }, 0],
	])('is written down or not: of %s', (_what, row, item, count) => {
		expect(news(row, item)).toHaveLength(count);
	});

	test.each<[row: TableRow, kinds: string[]]>([
		[sent('ready_to_confirm', 6), ['confirm']],
		[sent('confirmed', 6), ['confirm']],
		[sent('ready_to_confirm', 4), []],
		[sent('ready_to_confirm', 6, { rank: 21, next_step: 'Confirm or cancel it.' }), ['confirm']],
		[sent('unclear', 6), []],
	])('has what still waits confirmed again, and keeps since when it waits', (row, kinds) => {
		const looked = toReportedEvents([{ ...PAYOUT, ...ready }], 'look_up', NOW);
		const events = [...looked, ...looked].map((event, index) => ({
			id: index + 1,
			...toEventRow(event),
		}));
		const { added, tasks } = foldEvents([row], events, []);
		expect(tasks.map(({ kind }) => kind)).toEqual(kinds);
		expect(added).toMatchObject([{ status_at: row.status_at }]);
	});

	test('confirms nothing that differs from the order', () => {
		const [event] = toReportedEvents([{ ...PAYOUT, ...ready, amount: 500 }], 'look_up', NOW);
		const row = { id: 1, ...toEventRow(event!) };
		expect(foldEvents([sent('ready_to_confirm', 6)], [row], []).tasks).toEqual([]);
	});
});

test.each<[string, TableRow, TableRow, number]>([
	['a payout that comes twice', {}, {}, 1],
	['one without an id that comes twice', { payout_id: null }, { payout_id: null }, 1],
	['two payouts', {}, { payout_id: 'po_2', event_key: 'b' }, 2],
	['a payout of another session', {}, { session_id: 'ps_2', payout_id: 'po_2' }, 1],
])(
	'counts the payouts of a session in webhooks that were gathered: %s',
	(_name, one, other, count) => {
		const items = [one, other].map((item) => ({ ...PAYOUT, event_key: 'a', ...item }));
		const [event] = toReportedEvents(items, 'webhook', NOW);
		expect(event?.told?.payouts).toBe(count);
	},
);

describe('a fold', () => {
	const webhook = (item: TableRow) => {
		const [event] = toReportedEvents([{ ...PAYOUT, ...item }], 'webhook', NOW);
		return { id: 1, ...toEventRow(event!) };
	};

	test('tells of a webhook that names no reference', () => {
		const event = webhook({
			reference: null,
			event: 'ready_to_confirm',
			amount: 5,
			currency: 'EUR',
		});
		const { added, folded, tasks } = foldEvents(
			[],
			[event],
			[{ ...toEmptyClaimRow('fold/1', NOW) }],
		);
		expect({ added, folded }).toEqual({ added: [], folded: [1] });
		expect(tasks).toMatchObject([
			{
				notice:
					'A payout without a reference (EUR 5.00, session ps_1) was sent, and waits for its confirmation. The ledger has no payout with this reference. It was not confirmed. Confirm or cancel session ps_1: Smart Glocal cancels it after 240 minutes.',
			},
		]);
	});

	test('tells of a payout that was paid after it had failed', () => {
		const paid = webhook({ event: 'payment_finished', payout_status: 'succeeded' });
		const { added, tasks } = foldEvents([sent('failed')], [paid], []);
		expect(added).toMatchObject([{ status: 'succeeded', final: true }]);
		expect(tasks).toMatchObject([
			{
				kind: 'decide',
				notice:
					'Payout INV-1 (GBP 415.20 to Ann Lee) was paid. The ledger had it as failed. Find out whether it was paid again under another reference.',
			},
		]);
		expect(foldEvents([sent('ready_to_confirm')], [paid], []).tasks).toEqual([]);
	});

	test('keeps since when a payout has had no clear answer', () => {
		const unknown = (minutes: number) =>
			ordered({
				outcome: 'unknown',
				outcome_at: minutesAgo(minutes),
				ordered_at: minutesAgo(minutes),
			});
		const event = eventRow(1, { entry: { ordered: unknown(5) } });
		expect(foldEvents([ledgerRow({ ordered: unknown(90) })], [event], []).added).toMatchObject([
			{ outcome_at: minutesAgo(5), ordered_at: minutesAgo(90) },
		]);
	});

	test('writes no empty text where the table has a time', () => {
		const never = ordered({ outcome: 'unknown', outcome_at: '', ordered_at: '' });
		const event = eventRow(1, {
			event: 'webhook',
			entry: { reported: reported({ status_at: '' }) },
		});
		expect(foldEvents([ledgerRow({ ordered: never })], [event], []).added).toMatchObject([
			{ outcome_at: null, ordered_at: null, status_at: null },
		]);
	});

	test('does not change when a payout came to be as it is', () => {
		const again = eventRow(1, {
			event: 'webhook',
			entry: { reported: reported({ status_at: NOW }) },
			told: TOLD,
		});
		expect(foldEvents([sent('succeeded', 60)], [again], []).added).toMatchObject([
			{ status_at: minutesAgo(60) },
		]);
	});

	const turn = (id: number, run: string, minutes = 0) => ({
		id,
		...toEmptyClaimRow(run, minutesAgo(minutes)),
	});

	test.each<[what: string, claims: TableRow[], isIts: boolean]>([
		['alone', [turn(7, 'fold/2')], true],
		['beside payments', [claimRow(3), turn(4, '17/0'), turn(7, 'fold/2')], true],
		['after another one', [turn(7, 'fold/2'), turn(6, 'fold/1', 9)], false],
		['before another one', [turn(8, 'fold/1'), turn(7, 'fold/2')], true],
		['after one that was stopped', [turn(6, 'fold/1', 11), turn(7, 'fold/2')], true],
		['without its row', [claimRow(3)], false],
		['after it was stopped itself', [turn(7, 'fold/2', 11)], false],
	])('has its turn or not: %s', (_what, claims, isIts) => {
		expect(hasTurn(claims, 'fold/2', NOW)).toBe(isIts);
	});
});
