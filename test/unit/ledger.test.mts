import fc from 'fast-check';
import { readClaimRow, toClaimRow, toClaims } from '../../nodes/ledger/claims';
import type { Word } from '../../nodes/ledger/claims';
import { compareRows } from '../../nodes/ledger/paying/compare';
import {
	decideClaims,
	isSent,
	markSent,
	readSent,
	toLeftOutcome,
} from '../../nodes/ledger/paying/decide';
import { joinEntries, readLedgerRow, toLedgerRow } from '../../nodes/ledger/entry';
import type { Entry, OrderedEntry } from '../../nodes/ledger/entry';
import { readEventRow } from '../../nodes/ledger/events';
import { foldEvents, gatherEntries } from '../../nodes/ledger/following/fold';
import { toReportedEvents } from '../../nodes/ledger/following/follow';
import { recordOutcomes } from '../../nodes/ledger/paying/record';
import { OUTCOMES, STATUSES } from '../../nodes/ledger/states';
import type { Outcome, Status } from '../../nodes/ledger/states';
import {
	CLAIM_COLUMNS,
	EVENT_COLUMNS,
	groupForConditions,
	PAYOUT_COLUMNS,
} from '../../nodes/ledger/tables';
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

const ledgerRow = (entry: OrderedEntry, id = 1): TableRow => ({
	id,
	...toLedgerRow('INV-1', entry),
});

describe('what is known of a reference', () => {
	const outcomes = Object.keys(OUTCOMES) as Outcome[];
	const statuses = Object.keys(STATUSES) as Status[];
	const entries: fc.Arbitrary<Entry> = fc.record(
		{
			ordered: fc
				.record({
					outcome: fc.constantFrom(...outcomes),
					minutes: fc.nat(5),
					isOther: fc.boolean(),
				})
				.map(({ outcome, minutes, isOther }) =>
					ordered({ outcome, outcome_at: minutesAgo(minutes), ...(isOther && OTHER_PAYOUT) }),
				),
			reported: fc
				.record({ status: fc.constantFrom(...statuses), minutes: fc.nat(5) })
				.map(({ status, minutes }) =>
					reported({ status, rank: STATUSES[status].rank, status_at: minutesAgo(minutes) }),
				),
		},
		{ requiredKeys: [] },
	);

	test('does not depend on the order of news, nor on how often they come', () => {
		fc.assert(
			fc.property(entries, entries, entries, (a, b, c) => {
				expect(joinEntries(a, b)).toEqual(joinEntries(b, a));
				expect(joinEntries(joinEntries(a, b), c)).toEqual(joinEntries(a, joinEntries(b, c)));
				expect(joinEntries(a, joinEntries(a, b))).toEqual(joinEntries(a, b));
			}),
		);
	});

	test('never moves back', () => {
		fc.assert(
			fc.property(entries, entries, (a, b) => {
				const joined = joinEntries(a, b);
				const rankOf = ({ ordered: order }: Entry) => (order ? OUTCOMES[order.outcome].rank : -1);
				expect(rankOf(joined)).toBe(Math.max(rankOf(a), rankOf(b)));
				expect(joined.reported?.rank ?? -1).toBe(
					Math.max(a.reported?.rank ?? -1, b.reported?.rank ?? -1),
				);
			}),
		);
	});

	test('is the same after it was written into the ledger and read', () => {
		const open = { ordered: ordered({ outcome: 'unknown', message: 'No answer came.' }) };
		expect(readLedgerRow(ledgerRow(open))).toEqual(open);
		const final = { ...ordered() };
		delete final.columns;
		const paid = {
			ordered: { ...final, session_id: 'ps_1', payout_id: 'po_1' },
			reported: reported(),
		};
		expect(readLedgerRow(ledgerRow(paid))).toEqual(paid);
	});

	test('is written into the columns that people know, and into no others', () => {
		const row = toLedgerRow('INV-1', { ordered: ordered(), reported: reported() });
		expect(Object.keys(PAYOUT_COLUMNS)).toEqual(expect.arrayContaining(Object.keys(row)));
		expect(row).toMatchObject({
			outcome: 'submitted',
			status: 'succeeded',
			status_rank: 31,
			final: true,
		});
		expect(Object.keys(CLAIM_COLUMNS)).toEqual(
			expect.arrayContaining(Object.keys(claimRow(1)).filter((name) => name !== 'id')),
		);
		expect(Object.keys(EVENT_COLUMNS)).toEqual(
			expect.arrayContaining(
				Object.keys(eventRow(1, { entry: { ordered: ordered() } })).filter((name) => name !== 'id'),
			),
		);
	});

	test('keeps no account of a payout that is final', () => {
		const columns = { reference: 'INV-1', account_number: '31926819' };
		const row = (outcome: Outcome) =>
			JSON.stringify(toLedgerRow('INV-1', { ordered: ordered({ outcome, columns }) }));
		expect(row('unknown')).toContain('31926819');
		expect(row('rejected')).not.toContain('31926819');
		const paid = { ordered: ordered({ columns }), reported: reported() };
		expect(JSON.stringify(toLedgerRow('INV-1', paid))).not.toContain('31926819');
	});

	test('is read from a ledger of older workflows, whose rows have no fingerprints', () => {
		const old = { ...toLedgerRow('INV-1', { ordered: ordered({ outcome: 'unknown' }) }) };
		const entry = readLedgerRow({
			...old,
			row: JSON.stringify({ reference: 'INV-1', amount: 415.2 }),
		});
		expect(entry.ordered).toMatchObject({
			payout_fingerprint: '',
			columns: { reference: 'INV-1', amount: 415.2 },
		});
	});
});

function decide(
	tables: { claims?: TableRow[]; events?: TableRow[]; payouts?: TableRow[] },
	{ word = 'ordered' as Word, lookedAt = '' } = {},
) {
	const claims = tables.claims ?? [claimRow(7, { run: 'own', word, looked_at: lookedAt })];
	const all = { events: [], payouts: [], ...tables, claims };
	const [decision] = decideClaims(all, 'own', NOW);
	if (!decision) throw new Error('The run has no claim');
	const left = toLeftOutcome(decision.claim, decision);
	const { verdict, message, next_step, settled } = decision;
	return { ...left, verdict, message, next_step, settled, isSent: isSent(decision) };
}

describe('a claimed payout', () => {
	const own = claimRow(7, { run: 'own' });

	test('is sent when nothing is known of it', () => {
		expect(decide({})).toMatchObject({ verdict: 'send', isSent: true });
	});

	test('is sent by the first of two runs at once, and by no other', () => {
		const first = decide({ claims: [own, claimRow(8)] });
		const second = decide({ claims: [claimRow(6), own] });
		expect(first.isSent).toBe(true);
		expect(second).toMatchObject({ verdict: 'other_run', outcome: 'unknown' });
		const other = decide({ claims: [claimRow(6, OTHER_PAYOUT), own] });
		expect(other).toMatchObject({ verdict: 'other_payout', outcome: 'not_sent' });
		expect(other.message).toContain('belongs to another payout: GBP 415.20 to Bob Ray');
	});

	test('is sent once where a chunk has it twice', () => {
		const claims = [own, claimRow(8, { run: 'own', position: 1 })];
		const decisions = decideClaims({ claims, events: [], payouts: [] }, 'own', NOW);
		expect(decisions.map(({ verdict }) => verdict)).toEqual(['send', 'other_run']);
	});

	test('is sent again after a run that was stopped, if it is the same', () => {
		const old = claimRow(3, { claimed_at: minutesAgo(11) });
		const other = claimRow(3, { ...OTHER_PAYOUT, claimed_at: minutesAgo(11) });
		const young = claimRow(3, { claimed_at: minutesAgo(9) });
		expect(decide({ claims: [old, own] })).toMatchObject({ verdict: 'send_again', settled: [3] });
		expect(decide({ claims: [other, own] })).toMatchObject({
			verdict: 'other_payout',
			settled: [],
		});
		expect(decide({ claims: [young, own] }).verdict).toBe('other_run');
	});

	test('settles the claim of a stopped run that had written its outcome', () => {
		const old = claimRow(3, { claimed_at: minutesAgo(11) });
		const other = claimRow(4, { ...OTHER_PAYOUT, claimed_at: minutesAgo(11) });
		const events = [eventRow(1, { entry: { ordered: ordered() } })];
		expect(decide({ claims: [old, own], events }).settled).toEqual([3]);
		// Whether that one was sent, a person finds out.
		expect(decide({ claims: [other, own], events }).settled).toEqual([]);
	});

	test('is not sent again when it has arrived', () => {
		const payouts = [ledgerRow({ ordered: ordered({ session_id: 'ps_9' }), reported: reported() })];
		expect(decide({ payouts })).toMatchObject({
			verdict: 'arrived',
			outcome: 'already_submitted',
			message: 'This payout was paid. It was not sent again.',
			status: 'succeeded',
		});
	});

	test.each([
		['recipient and account', OTHER_PAYOUT],
		['account', { ...PAYOUT, payout_fingerprint: 'c', account_fingerprint: 'c' }],
		['amount', { ...PAYOUT, payout_fingerprint: 'c', amount: '9.00' }],
		['destination', { ...PAYOUT, payout_fingerprint: 'c', destination: 'USA-USD' }],
	])(
		'is held with the difference named where its reference was paid with another %s',
		(what, known) => {
			const payouts = [ledgerRow({ ordered: ordered(known), reported: reported() })];
			const { verdict, message, next_step } = decide({ payouts });
			expect(verdict).toBe('other_payout');
			expect(message).toBe(
				`Nothing was paid. The reference belongs to another payout: ${known.currency} ${known.amount} to ${known.recipient}, account ${known.account}. This one has another ${what}.`,
			);
			expect(next_step).toBe('Give a new payout a new reference.');
		},
	);

	test('is told from others by what people see, where the ledger has no fingerprint', () => {
		const old = { ...PAYOUT, payout_fingerprint: '', account_fingerprint: '' };
		const payouts = (known: object) => [ledgerRow({ ordered: ordered({ ...old, ...known }) })];
		expect(decide({ payouts: payouts({}) }).verdict).toBe('arrived');
		expect(decide({ payouts: payouts({ account: '…0001' }) }).verdict).toBe('other_payout');
	});

	test('is known from an event that is not folded yet', () => {
		const events = [eventRow(1, { entry: { ordered: ordered({ ...OTHER_PAYOUT }) } })];
		expect(decide({ events }).verdict).toBe('other_payout');
	});

	test('is sent after a refusal that was known when it was ordered, and not after a later one', () => {
		const payouts = [
			ledgerRow({ ordered: ordered({ outcome: 'rejected', outcome_at: minutesAgo(30) }) }),
		];
		expect(decide({ payouts }).verdict).toBe('send_corrected');
		expect(decide({ payouts }, { lookedAt: minutesAgo(20) }).verdict).toBe('send_corrected');
		expect(decide({ payouts }, { lookedAt: minutesAgo(40) }).verdict).toBe('refused');
		expect(decide({ payouts }, { word: 'catch_up' }).verdict).toBe('refused');
	});

	test('is sent under its reference with another account once it was refused', () => {
		const payouts = [ledgerRow({ ordered: ordered({ ...OTHER_PAYOUT, outcome: 'rejected' }) })];
		expect(decide({ payouts }).verdict).toBe('send_corrected');
	});

	test.each([
		['declined', 'was declined by bea@example.com'],
		['waiting_for_approval', 'waits for the approval of a second person'],
	] as const)('is never paid from an open page when it is %s', (outcome, text) => {
		const decidedBy = outcome === 'declined' ? 'bea@example.com' : '';
		const payouts = [ledgerRow({ ordered: ordered({ outcome, decided_by: decidedBy }) })];
		const { verdict, message } = decide({ payouts });
		expect(verdict).toBe(outcome);
		expect(message).toBe(`Nothing was paid. The payout with this reference ${text}.`);
	});

	test('is approved as it was asked for, and only so', () => {
		const approved = (known: object) => [
			ledgerRow({ ordered: ordered({ ...known, outcome: 'approved' }) }),
		];
		expect(decide({ payouts: approved({}) }, { word: 'approval' }).isSent).toBe(true);
		expect(decide({ payouts: approved(OTHER_PAYOUT) }, { word: 'approval' }).isSent).toBe(false);
	});

	test('is sent again after a lost answer if it is the same, and held if it is another', () => {
		const lost = (known: object) => [
			ledgerRow({ ordered: ordered({ ...known, outcome: 'unknown' }) }),
		];
		expect(decide({ payouts: lost({}) }, { word: 'catch_up' }).verdict).toBe('send_again');
		expect(decide({ payouts: lost(OTHER_PAYOUT) }).verdict).toBe('other_payout');
	});
});

describe('the rows of a dry run', () => {
	const checked = {
		reference: 'INV-1',
		recipient: 'Ann Lee',
		account_ending: '6510',
		destination: 'GBR-GBP',
		amount: 1_250.5,
		amount_minor: 125_050,
		currency: 'GBP',
		payout_fingerprint: 'payout-a',
		account_fingerprint: 'account-a',
	};
	const settings = {
		requested_by: 'ann',
		decided_by: '',
		source: 'july.xlsx',
		word: 'ordered',
		looked_at: NOW,
	} as const;
	const compare = (items: TableRow[], rows: TableRow[], payouts: TableRow[] = []) =>
		compareRows(items, rows, payouts, [], settings);
	const claim = (rows: TableRow[], items: TableRow[] = rows.map(() => checked)) => {
		const orders = compare(items, rows).flatMap(({ order }) => (order ? [{ ...order }] : []));
		return toClaims(orders, 'own', NOW);
	};

	test('become claims of what is sent, under the reference that is sent', () => {
		const [claimed] = claim([{ reference: ' INV-1 ', amount: '1250.5' }]);
		expect(claimed).toMatchObject({
			reference: 'INV-1',
			amount: '1250.50',
			account: '…6510',
			columns: { reference: ' INV-1 ', amount: '1250.5' },
			claimed_at: NOW,
			requested_by: 'ann',
		});
		expect(claimed && readClaimRow({ id: 4, ...toClaimRow(claimed) })).toEqual({
			...claimed,
			id: 4,
		});
	});

	test('that cannot be paid are left with what is wrong, and the others keep their places', () => {
		const error = { message: 'Wrong.', reference: 'INV-0', advice: 'Correct it.' };
		const items = [{ error }, checked];
		const [wrong] = compare(items, [{}, {}]);
		expect(wrong).toMatchObject({
			verdict: 'wrong',
			left: { position: 0, reference: 'INV-0', message: 'Wrong.', next_step: 'Correct it.' },
		});
		expect(wrong).not.toHaveProperty('order');
		const claims = claim([{}, {}], items);
		expect(claims.map(({ reference, position }) => [reference, position])).toEqual([['INV-1', 1]]);
	});

	test.each([
		{ card_number: '4242424242424242' },
		{ 'Card number': '4242 4242 4242 4242' },
		{ note: 'my card is 4242-4242-4242-4242' },
		{ card_number: 4_242_424_242_424_242 },
	])('leave no card number in a claim: %j', (row) => {
		const [claimed] = claim([row]);
		expect(claimed).toBeDefined();
		expect(claimed?.columns).toBeUndefined();
		expect(JSON.stringify(claimed)).not.toMatch(/4242/);
	});

	test.each([
		['nothing', undefined, 'send'],
		['an older row that was being sent', { outcome: 'sending' }, 'send_again'],
		['a lost answer', { outcome: 'unknown' }, 'send_again'],
		['a lost answer and its end', { outcome: 'unknown', status: 'succeeded' }, 'arrived'],
		['a refusal', { outcome: 'rejected' }, 'send_corrected'],
		['the payout', { outcome: 'submitted' }, 'arrived'],
		['the reference, sent earlier', { outcome: 'already_submitted' }, 'arrived'],
		['another recipient', { outcome: 'submitted', recipient: 'Bob Ray' }, 'other_payout'],
		['a lost answer of another', { outcome: 'unknown', amount: '1.00' }, 'other_payout'],
		['a request', { outcome: 'waiting_for_approval' }, 'waiting_for_approval'],
		['a decision', { outcome: 'declined' }, 'declined'],
	])('are compared with the ledger, which has %s', (_what, known, verdict) => {
		const old = { ...PAYOUT, payout_fingerprint: '', account_fingerprint: '' };
		const entry = toLedgerRow('INV-1', { ordered: ordered({ ...old, amount: '1250.50' }) });
		const payouts = known ? [{ id: 1, ...entry, status: '', status_rank: 0, ...known }] : [];
		const [row] = compare([checked], [{}], payouts);
		expect(row?.verdict).toBe(verdict);
		expect(Boolean(row?.order)).toBe(verdict.startsWith('send'));
	});

	test.each([[{ row: 7 }], [{ row_number: 7 }]])('are called by their number %j', (number) => {
		const rows = [number, {}, { row: 'seven' }];
		const numbers = compare([checked, checked, checked], rows).map((row) => row.number);
		expect(numbers).toEqual([7, 2, 3]);
	});
});

describe('the outcomes of a run', () => {
	const claims = [claimRow(7, { run: 'own' })].flatMap((row) => readClaimRow(row) ?? []);
	const record = (items: TableRow[], isAgain = false) =>
		recordOutcomes(claims, new Map([['INV-1', isAgain]]), items, NOW).map(
			({ event }) => event.entry.ordered,
		);

	test('are recorded by the reference that was sent, from both branches', () => {
		const submitted = {
			outcome: 'submitted',
			reference: 'INV-1',
			session_id: 'ps_1',
			payout_id: 'po_1',
		};
		expect(record([submitted])).toMatchObject([
			{ outcome: 'submitted', session_id: 'ps_1', ordered_at: NOW },
		]);
		const error = {
			outcome: 'rejected',
			reference: 'INV-1',
			message: 'Refused.',
			advice: 'Correct it.',
		};
		// Beside an error, an item has the row's own columns.
		const refused = { outcome: 'rejected', reference: ' INV-1 ', error };
		expect(record([refused])).toMatchObject([
			{ outcome: 'rejected', message: 'Refused.', next_step: 'Correct it.' },
		]);
	});

	test('are unknown for a payout that was sent and has no item', () => {
		expect(record([])).toMatchObject([{ outcome: 'unknown' }]);
		expect(record([{ outcome: 'submitted', reference: 'INV-2' }])).toMatchObject([
			{ outcome: 'unknown' },
		]);
	});

	test('leave the doubt about a first request where a second one was refused', () => {
		const refused = { outcome: 'rejected', error: { reference: 'INV-1', message: 'Refused.' } };
		expect(record([refused], true)).toMatchObject([
			{ outcome: 'unknown', next_step: expect.stringContaining('may have been accepted') },
		]);
		const repeated = { outcome: 'already_submitted', reference: 'INV-1' };
		expect(record([repeated], true)).toMatchObject([{ outcome: 'already_submitted' }]);
	});

	test('say nothing of a payout that was left', () => {
		expect(recordOutcomes(claims, new Map(), [], NOW)).toEqual([]);
	});

	test('are known from the rows that were sent', () => {
		const tables = { claims: [claimRow(7, { run: 'own' })], events: [], payouts: [] };
		const sent = decideClaims(tables, 'own', NOW).map(markSent);
		expect([...readSent(sent)]).toEqual([['INV-1', false]]);
	});
});

describe('what Smart Glocal reports', () => {
	const paid = { reference: 'INV-1', session_id: 'ps_1', amount: 415.2, currency: 'GBP' };

	test.each<[what: string, item: TableRow, status: Status]>([
		[
			'a payout on its way',
			{ payout_status: 'pending', session_status: 'in_progress' },
			'in_progress',
		],
		['one that waits', { event: 'ready_to_confirm' }, 'ready_to_confirm'],
		['one that a look-up finds waiting', { next_action: 'confirm' }, 'ready_to_confirm'],
		['one that was paid', { event: 'payment_finished', payout_status: 'succeeded' }, 'succeeded'],
		[
			'one that failed',
			{ event: 'payment_finished', payout_status: 'failed', failure: 'closed' },
			'failed',
		],
		['one that was cancelled', { session_status: 'cancelled' }, 'failed'],
		['an error that is no end', { session_status: 'error', payout_status: 'failed' }, 'unclear'],
		['money that came back', { refund: 'refunded: GBP 415.20' }, 'returned'],
		['a return that did not happen', { refund: 'refund declined: GBP 415.20' }, 'succeeded'],
	])('is read: %s', (_what, item, status) => {
		const [event] = toReportedEvents([{ ...paid, ...item }], 'webhook', NOW);
		expect(event?.entry.reported).toMatchObject({ status, session_id: 'ps_1', status_at: NOW });
	});

	test('goes further with each part that comes back', () => {
		const parts = [
			'refund in progress: GBP 1.00',
			'refunded: GBP 1.00',
			'refunded: GBP 1.00; refunded: GBP 2.00',
		];
		const ranks = parts.map(
			(refund) => toReportedEvents([{ ...paid, refund }], 'webhook', NOW)[0]?.entry.reported?.rank,
		);
		expect(ranks).toEqual([41, 42, 44]);
	});

	test('is left out where it fails or names no reference', () => {
		expect(toReportedEvents([{ error: {} }, { ...paid, reference: null }], 'look_up', NOW)).toEqual(
			[],
		);
	});
});

describe('folding', () => {
	const told = { amount: 415.2, currency: 'GBP', payouts: 1 };
	const paidEvent = eventRow(1, { event: 'webhook', entry: { reported: reported() }, told });
	const sentRow = ledgerRow({ ordered: ordered({ session_id: 'ps_1' }) });
	const waiting = reported({ status: 'ready_to_confirm', rank: 20 });

	test('writes one row that has all that the old ones had, and removes those', () => {
		const twice = ledgerRow({ ordered: ordered({ outcome: 'unknown' }) }, 2);
		const { added, replaced, folded, tasks } = foldEvents([sentRow, twice], [paidEvent], []);
		expect(added).toMatchObject([
			{ reference: 'INV-1', outcome: 'submitted', status: 'succeeded', final: true },
		]);
		expect(replaced).toEqual([1, 2]);
		expect(folded).toEqual([1]);
		expect(tasks).toEqual([]);
	});

	test('gives the same when it is done twice', () => {
		const once = foldEvents([sentRow], [paidEvent], []);
		const twice = foldEvents([sentRow, { id: 5, ...once.added[0] }], [paidEvent], []);
		expect(twice.added).toEqual(once.added);
	});

	test('leaves what came before its outcome until the run has written that', () => {
		const { added, folded, tasks } = foldEvents([], [paidEvent], [claimRow(7)]);
		expect({ added, folded, tasks }).toEqual({ added: [], folded: [], tasks: [] });
		const outcome = eventRow(2, { entry: { ordered: ordered() } });
		expect(foldEvents([], [paidEvent, outcome], []).added).toMatchObject([{ status: 'succeeded' }]);
	});

	test.each<[what: string, rows: TableRow[], event: TableRow, notice: RegExp]>([
		[
			'nobody has ordered',
			[],
			paidEvent,
			/INV-1 .*was paid.*The ledger has no payout with this reference/,
		],
		[
			'was declined',
			[ledgerRow({ ordered: ordered({ outcome: 'declined' }) })],
			paidEvent,
			/In the ledger it was declined/,
		],
		[
			'has another session',
			[ledgerRow({ ordered: ordered({ session_id: 'ps_2' }) })],
			paidEvent,
			/with another session, ps_2/,
		],
		[
			'has failed after it was paid',
			[ledgerRow({ ordered: ordered({ session_id: 'ps_1' }), reported: reported() })],
			eventRow(1, { entry: { reported: reported({ status: 'failed', rank: 30 }) }, told }),
			/has failed|failed.*In the ledger it was paid/,
		],
	])('tells a person what it does not write: of a payout that %s', (_what, rows, event, notice) => {
		const { added, tasks, folded } = foldEvents(rows, [event], []);
		expect(added.map(({ status }) => status)).not.toContain('failed');
		expect(tasks).toMatchObject([
			{ kind: 'unknown_payout', notice: expect.stringMatching(notice) },
		]);
		expect(folded).toEqual([1]);
	});

	test.each(['rejected', 'approved'] as const)(
		'keeps what comes before the outcome of a payout that was %s before',
		(outcome) => {
			const rows = [ledgerRow({ ordered: ordered({ outcome }) })];
			const early = foldEvents(rows, [paidEvent], [claimRow(7)]);
			expect([early.folded, early.tasks]).toEqual([[], []]);
			const sent = eventRow(2, { entry: { ordered: ordered({ outcome_at: NOW }) } });
			const { folded, added } = foldEvents(rows, [paidEvent, sent], []);
			expect(folded).toEqual([1, 2]);
			expect(added).toMatchObject([{ outcome: 'submitted', status: 'succeeded' }]);
		},
	);

	const confirm = (changes: object) =>
		foldEvents(
			[sentRow],
			[eventRow(1, { entry: { reported: waiting }, told: { ...told, ...changes } })],
			[],
		);

	test('has what waits confirmed, in the amount that was ordered', () => {
		expect(confirm({}).tasks).toMatchObject([{ kind: 'confirm', session_id: 'ps_1' }]);
		// After a conversion, the amount is another one.
		expect(confirm({ currency: 'EUR', amount: 480 }).tasks).toMatchObject([{ kind: 'confirm' }]);
	});

	test.each([
		{ amount: 999_999.99 },
		{ amount: null },
		{ amount: null, currency: '' },
		{ payouts: 2 },
	])('asks a person about what waits and does not fit: %j', (changes) => {
		const { tasks, added } = confirm(changes);
		expect(tasks).toMatchObject([
			{ kind: 'decide', notice: expect.stringContaining('Confirm or cancel session ps_1') },
		]);
		expect(added).toMatchObject([
			{ status: 'ready_to_confirm', next_step: expect.stringMatching(/./) },
		]);
	});

	test('tells of a failure and of a return once', () => {
		const failed = reported({
			status: 'failed',
			rank: 30,
			message: 'account is closed',
			next_step: STATUSES.failed.nextStep,
		});
		const event = eventRow(1, { entry: { reported: failed }, told });
		const { tasks, added } = foldEvents([sentRow], [event], []);
		expect(tasks).toMatchObject([
			{
				kind: 'failed',
				notice:
					'Payout INV-1 (GBP 415.20 to Ann Lee) failed: account is closed. Nothing was paid. Find out why, and pay it again under a new reference.',
			},
		]);
		expect(foldEvents([{ id: 3, ...added[0] }], [event], []).tasks).toEqual([]);
	});

	test('reads what it can, and no more, of a table that somebody has changed', () => {
		const broken = [
			{},
			{ id: 1 },
			{ reference: 'INV-1', details: '{' },
			{ reference: 'INV-1', details: '{"ordered":{"outcome":"constructor"}}' },
		];
		expect(broken.map(readEventRow)).toEqual([undefined, undefined, undefined, undefined]);
		expect([...gatherEntries(broken, broken)]).toEqual([]);
	});
});

test('values in groups for conditions fill each group up with its own', () => {
	const groups = groupForConditions(Array.from({ length: 51 }, (_, index) => index));
	expect(groups.map(({ length }) => length)).toEqual([50, 50]);
	expect(new Set(groups[1])).toEqual(new Set([50]));
	expect(groupForConditions([])).toEqual([]);
});
