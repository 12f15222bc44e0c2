import { catchUp, checkOrders } from '../../nodes/ledger/following/catchUp';
import type { Claim } from '../../nodes/ledger/claims';
import { toLedgerRow } from '../../nodes/ledger/entry';
import type { Ordered, OrderedEntry, Reported } from '../../nodes/ledger/entry';
import { toEventRow } from '../../nodes/ledger/events';
import { foldEvents } from '../../nodes/ledger/following/fold';
import type { TableRow } from '../../nodes/ledger/tables';
import {
	claimRow,
	eventRow,
	minutesAgo,
	NOW,
	ordered,
	OTHER_PAYOUT,
	PAYOUT,
	reported,
} from '../support/ledger.mts';

const row = (entry: OrderedEntry, reference = 'INV-1'): TableRow => ({
	id: 1,
	...toLedgerRow(reference, entry),
});
const lost = (minutes: number, changes: Partial<Ordered> = {}) =>
	ordered({
		outcome: 'unknown',
		outcome_at: minutesAgo(minutes),
		ordered_at: minutesAgo(minutes),
		...changes,
	});
const left = (minutes: number, changes: Partial<Claim> = {}) =>
	claimRow(7, { claimed_at: minutesAgo(minutes), ...changes });

function find({ claims = [], events = [], payouts = [] }: Partial<Record<string, TableRow[]>>) {
	const found = catchUp({ claims, events, payouts }, NOW);
	return { ...found, notices: found.tasks.map(({ notice }) => notice) };
}

const NOTHING = { sessions: [], orders: [], events: [], notices: [] };

describe('what is looked up', () => {
	test('is each session of a payout that is open, once', () => {
		const open = row({ ordered: ordered({ session_id: 'ps_1' }) });
		const same = row({ ordered: ordered({ session_id: 'ps_1' }) }, 'INV-2');
		const waiting = row({
			ordered: ordered({ session_id: 'ps_3' }),
			reported: reported({ status: 'confirmed', rank: 22, session_id: 'ps_3' }),
		});
		const unclear = row({ ordered: lost(5, { session_id: 'ps_4' }) }, 'INV-4');
		expect(
			find({ payouts: [open, same, { ...waiting, reference: 'INV-3' }, unclear] }).sessions,
		).toEqual(['ps_1', 'ps_3', 'ps_4']);
	});

	test('is not what has ended, was not sent, or has no session', () => {
		const ended = { ordered: ordered({ session_id: 'ps_1' }), reported: reported() };
		const refused = { ordered: ordered({ outcome: 'rejected', session_id: 'ps_2' }) };
		const entries: OrderedEntry[] = [ended, refused, { ordered: ordered({ outcome_at: NOW }) }];
		for (const entry of entries) expect(find({ payouts: [row(entry)] }).sessions).toEqual([]);
		const event = eventRow(4, { event: 'webhook', entry: { reported: reported() } });
		const open = row({ ordered: ordered({ session_id: 'ps_1' }) });
		expect(find({ payouts: [open], events: [event] }).sessions).toEqual([]);
	});
});

describe('what is sent again', () => {
	test('is what got no clear answer for ten minutes, as the ledger has it', () => {
		expect(find({ payouts: [row({ ordered: lost(11) })] }).orders).toEqual([
			{
				...PAYOUT,
				reference: 'INV-1',
				position: 0,
				word: 'catch_up',
				looked_at: '',
				requested_by: 'ann@example.com',
				decided_by: '',
				source: 'july.xlsx',
				columns: { reference: 'INV-1' },
			},
		]);
		const approved = row({ ordered: lost(11, { outcome: 'approved' }) });
		expect(find({ payouts: [approved] }).orders).toHaveLength(1);
	});

	test('is what a stopped run has claimed', () => {
		expect(find({ claims: [left(11)] }).orders).toMatchObject([
			{ ...PAYOUT, reference: 'INV-1', word: 'catch_up', columns: { reference: 'INV-1' } },
		]);
	});

	test('is each payout once, whichever table has the copy of its row', () => {
		const claims = [left(30, { columns: undefined as never }), left(20), left(12)];
		const payouts = [row({ ordered: lost(15, { columns: undefined }) })];
		expect(find({ claims, payouts })).toMatchObject({
			orders: [{ columns: { reference: 'INV-1' } }],
			notices: [],
		});
	});

	test('is 200 payouts at most, those that have waited for longest', () => {
		const payouts = Array.from({ length: 210 }, (_, index) =>
			row({ ordered: lost(11 + index) }, `INV-${index}`),
		);
		const { orders } = find({ payouts });
		expect(orders).toHaveLength(200);
		expect(orders[0]).toMatchObject({ reference: 'INV-209', position: 0 });
	});

	test.each<[what: string, tables: Partial<Record<string, TableRow[]>>]>([
		['was sent a moment ago', { payouts: [row({ ordered: lost(9) })] }],
		['is being sent', { claims: [left(9)] }],
		['is being sent again', { claims: [left(9)], payouts: [row({ ordered: lost(30) })] }],
		['another run has left and sends', { claims: [left(30), claimRow(8)] }],
		['has a session', { payouts: [row({ ordered: lost(30, { session_id: 'ps_1' }) })] }],
		[
			'Smart Glocal has reported since',
			{
				payouts: [row({ ordered: lost(30) })],
				events: [eventRow(1, { entry: { reported: reported() } })],
			},
		],
		[
			'was recorded since',
			{
				payouts: [row({ ordered: lost(30) })],
				events: [eventRow(1, { entry: { ordered: ordered({ outcome_at: NOW }) } })],
			},
		],
		['was declined', { payouts: [row({ ordered: lost(30, { outcome: 'declined' }) })] }],
		['was refused', { payouts: [row({ ordered: lost(30, { outcome: 'rejected' }) })] }],
	])('is nothing that %s', (_what, tables) => {
		expect(find(tables)).toMatchObject({ orders: [], notices: [] });
	});

	test('is what a run has recorded before it was stopped, so that its claim is removed', () => {
		const paid = row({ ordered: ordered({ session_id: 'ps_1' }), reported: reported() });
		expect(find({ claims: [left(30)], payouts: [paid] })).toMatchObject({
			...NOTHING,
			orders: [{ reference: 'INV-1' }],
		});
	});

	test.each<[what: string, tables: Partial<Record<string, TableRow[]>>, reason: string]>([
		[
			'refused',
			{ claims: [left(30)], payouts: [row({ ordered: ordered({ outcome: 'rejected' }) })] },
			'In the ledger it was refused, so it is not sent again.',
		],
		[
			'declined',
			{ claims: [left(30)], payouts: [row({ ordered: ordered({ outcome: 'declined' }) })] },
			'In the ledger it was declined, so it is not sent again.',
		],
		[
			'another payout',
			{ claims: [left(30)], payouts: [row({ ordered: ordered(OTHER_PAYOUT) })] },
			'In the ledger its reference belongs to another payout, so it is not sent again.',
		],
	])(
		'is nothing that a stopped run has left and the ledger has as %s, of which a person is told',
		(_what, tables, reason) => {
			const { orders, notices } = find(tables);
			expect(orders).toEqual([]);
			expect(notices[0]).toBe(
				`Payout INV-1 (GBP 415.20 to Ann Lee) may have been paid: its answer was lost. A run that was about to send it was stopped. ${reason} Look for its reference in Smart Glocal’s dashboard, and do not pay it again before. Then remove its row from the table of claims.`,
			);
		},
	);

	test('is neither of two payouts that stopped runs have left under one reference', () => {
		const other = claimRow(8, { ...OTHER_PAYOUT, claimed_at: minutesAgo(20) });
		const { orders, notices } = find({ claims: [left(30), other] });
		expect(orders).toEqual([]);
		expect(notices).toHaveLength(2);
	});

	test('is nothing of which there is no copy: a person is told to send it', () => {
		const card = { columns: undefined };
		const told = [
			expect.stringContaining('Send the same row again, with the same reference') as string,
		];
		const payouts = [row({ ordered: lost(30, card) })];
		expect(find({ payouts })).toMatchObject({ orders: [], notices: told });
		const claims = [left(30, { columns: undefined as never })];
		expect(find({ claims })).toMatchObject({ orders: [], notices: told });
	});
});

describe('the rows that are sent again', () => {
	const [order] = find({ payouts: [row({ ordered: lost(11) })] }).orders;
	const checked = {
		reference: 'INV-1',
		recipient: 'Ann Lee',
		account_ending: '6510',
		destination: 'GBR-GBP',
		amount: 415.2,
		amount_minor: 41_520,
		currency: 'GBP',
		payout_fingerprint: 'payout-a',
		account_fingerprint: 'account-a',
	};
	const check = (change: TableRow, of: TableRow = { ...order }) =>
		checkOrders([of], [{ ...checked, ...change }]);

	test('are those that the ledger has', () => {
		expect(check({})).toEqual({ orders: [order], tasks: [] });
	});

	test('of an old ledger are compared by what people see, and by fingerprints from then on', () => {
		const old = { ...order, payout_fingerprint: '', account_fingerprint: '' };
		expect(check({ destination: 'GBR' }, old).orders).toMatchObject([
			{ payout_fingerprint: 'payout-a', account_fingerprint: 'account-a' },
		]);
		for (const change of [{ recipient: 'Bob Ray' }, { amount: 4, amount_minor: 400 }]) {
			expect(check(change, old)).toMatchObject({ orders: [], tasks: [{}] });
		}
	});

	test.each<TableRow>([
		{ payout_fingerprint: 'payout-b' },
		{ reference: 'INV-2' },
		{ error: { message: 'The amount is empty.' } },
	])('are not sent where they differ, and a person is told: %j', (change) => {
		expect(check(change)).toMatchObject({
			orders: [],
			tasks: [
				{
					notice:
						'Payout INV-1 (GBP 415.20 to Ann Lee) may have been paid: its answer was lost. The copy of its row does not fit the ledger, so it is not sent again. Look for its reference in Smart Glocal’s dashboard, and do not pay it again before.',
				},
			],
		});
	});

	test('are none where the check has fewer items', () => {
		expect(checkOrders([{ ...order }], [])).toMatchObject({ orders: [], tasks: [{}] });
	});
});

describe('a request', () => {
	const request = (until: string) =>
		row({
			ordered: ordered({
				outcome: 'waiting_for_approval',
				approval_code: 'code',
				decide_until: until,
			}),
		});

	test('that nobody decided in time is declined, by nobody', () => {
		const payouts = [request(minutesAgo(1))];
		const { events } = find({ payouts });
		const rows = events.map((event, index) => ({ id: index + 1, ...toEventRow(event) }));
		expect(rows).toMatchObject([{ event: 'decision', by: '', outcome: 'declined', at: NOW }]);
		const { added, tasks } = foldEvents(payouts, rows, []);
		expect(tasks).toEqual([]);
		expect(added).toMatchObject([
			{
				outcome: 'declined',
				decided_by: '',
				message: 'Nobody decided in time.',
				next_step: 'Ask for it again under a new reference.',
				approval_code: '',
				final: true,
			},
		]);
		expect(String(added[0]?.row)).not.toContain('columns');
	});

	test('that has time, or is being decided, is left alone', () => {
		expect(find({ payouts: [request(minutesAgo(-1))] })).toMatchObject(NOTHING);
		const claims = [claimRow(7)];
		expect(find({ claims, payouts: [request(minutesAgo(1))] })).toMatchObject(NOTHING);
	});
});

describe('what a person is told', () => {
	const of = (changes: Partial<Ordered>, news?: Partial<Reported>) =>
		find({
			payouts: [row({ ordered: ordered(changes), ...(news && { reported: reported(news) }) })],
		}).notices;
	const waiting = { status: 'ready_to_confirm', rank: 20 } as const;
	const DAY = 24 * 60;

	test('is what waits for its confirmation for more than 180 minutes', () => {
		expect(of({}, { ...waiting, status_at: minutesAgo(179) })).toEqual([]);
		expect(of({}, { ...waiting, status_at: minutesAgo(181) })).toEqual([
			'Payout INV-1 (GBP 415.20 to Ann Lee) was sent, and waits for its confirmation. It has waited for more than 180 minutes. Confirm or cancel session ps_1: Smart Glocal cancels it after 240 minutes.',
		]);
	});

	test('is what has not ended for a day', () => {
		const since = { ordered_at: minutesAgo(DAY + 1), outcome_at: minutesAgo(DAY + 1) };
		const status_at = minutesAgo(DAY + 1);
		const confirmed = { status: 'confirmed', rank: 22 } as const;
		expect(of(since, { ...confirmed, status_at: minutesAgo(DAY - 1) })).toEqual([]);
		expect(of(since, { ...confirmed, status_at })[0]).toContain('Ask Smart Glocal’s support');
		expect(of({ ...since, outcome: 'already_submitted' })[0]).toContain(
			'was sent earlier, and how it ended is not known here. Its session is not known',
		);
		// However often it was sent again.
		expect(of({ ...since, outcome: 'unknown', outcome_at: minutesAgo(1) })[0]).toContain(
			'may have been paid: its answer was lost. Its session is not known',
		);
	});

	test('is not what was told before, or has ended', () => {
		const status_at = minutesAgo(2 * DAY);
		expect(of({}, { status: 'unclear', rank: 25, status_at })).toEqual([]);
		expect(of({}, { status: 'succeeded', rank: 31, status_at })).toEqual([]);
		expect(of({ outcome: 'approved', outcome_at: NOW, ordered_at: status_at })).toEqual([]);
	});
});
