import { readEventRow, toEventRow } from '../../nodes/ledger/events';
import { foldEvents } from '../../nodes/ledger/following/fold';
import { reconcile } from '../../nodes/ledger/reporting/reconcile';
import { readReport, toReportLookUps } from '../../nodes/ledger/reporting/report';
import type { Report } from '../../nodes/ledger/reporting/report';
import type { TableRow } from '../../nodes/ledger/tables';
import { describeFindings, toReconciledRows } from '../../nodes/SmartGlocal/pages/findings';
import { eventRow, ordered, reported } from '../support/ledger.mts';

const DAY = '2026-11-24';
const FILE = `Shop_${DAY}_${DAY}.csv`;
const METADATA = 'paymentSessionMerchantMetadata';
const HEADERS = [
	'operationId',
	'transactionDate',
	'finishedAt',
	'typeOfPayment',
	'paymentFast',
	'paymentSessionId',
	METADATA,
	'paymentMethodIdentity',
	'product',
	'grossLocalAmount',
	'paymentLocalAmount',
	'feesLocalAmount',
	'Currency amount',
	'Currency fee',
	'RRN',
];
const VALUES: Record<string, unknown> = {
	operationId: 'po_1',
	finishedAt: `${DAY}T08:00:00Z`,
	typeOfPayment: 'Advice',
	paymentSessionId: 'ps_1',
	[METADATA]: 'INV-1',
	grossLocalAmount: '101.00',
	paymentLocalAmount: '100.00',
	'Currency amount': 'EUR',
};
const REFUND = { typeOfPayment: 'Refund' };

type Days = [first: string, last: string];

/** Reads a report with these lines. */
function read(lines: readonly object[], fileName = FILE, days: Days = ['', '']): Report | string {
	const values = lines.map((line) => {
		const all: Record<string, unknown> = { ...VALUES, ...line };
		return HEADERS.map((header) => all[header] ?? '');
	});
	return readReport(toRows([HEADERS, ...values]), fileName, days);
}

/** A report that can be read. */
function report(lines: readonly object[], fileName?: string, days?: Days): Report {
	const found = read(lines, fileName, days);
	if (typeof found === 'string') throw new Error(found);
	return found;
}

/** Rows from row 3 on, as the node puts them out that reads a file without headers. */
function toRows(rows: ReadonlyArray<readonly unknown[]>): TableRow[] {
	return rows.map((values, index) => {
		const columns = values.map((value, column) => [String.fromCharCode(65 + column), value]);
		return { row: index + 3, ...Object.fromEntries(columns) };
	});
}

/** A row of the ledger for a payout of 100 euros that succeeded on the report's day. */
function entry(more: object = {}): TableRow {
	return {
		id: 1,
		reference: 'INV-1',
		recipient: 'Jana Peeters',
		outcome: 'submitted',
		status: 'succeeded',
		status_rank: 31,
		ordered_at: `${DAY}T08:00:00.000Z`,
		status_at: `${DAY}T08:05:00.000Z`,
		payout_id: 'po_1',
		session_id: 'ps_1',
		amount: '100.00',
		currency: 'EUR',
		...more,
	};
}

const IN_PROGRESS = { status: 'in_progress', status_rank: 10 };
/** Without an id, a payout that was sent and whose answer was lost. */
const UNKNOWN = { outcome: 'unknown', status: '', status_rank: 0, status_at: null };

const compare = (lines: readonly object[], rows: readonly TableRow[], events: TableRow[] = []) =>
	reconcile(report(lines), rows, events);

const kinds = (lines: readonly object[], rows: readonly TableRow[], fileName = FILE) =>
	reconcile(report(lines, fileName), rows, []).map(({ kind }) => kind);

/** The ledger's row of INV-1 after the events of the findings are folded. */
function fold(findings: ReturnType<typeof reconcile>, row: TableRow, more: TableRow[] = []) {
	const own = findings.flatMap(({ event }) => (event ? [{ id: 90, ...toEventRow(event) }] : []));
	return foldEvents([row], [...own, ...more], []);
}

describe('reading a daily report', () => {
	it.each([
		['INV-1', 'INV-1'],
		['{"reference":"INV-1","batch":7}', 'INV-1'],
		['{"reference":12}', '12'],
		['"INV-1"', 'INV-1'],
		['{"batch":7}', ''],
		['{not JSON', '{not JSON'],
		[12, '12'],
	])('takes the reference from the metadata %p', (metadata, reference) => {
		expect(report([{ [METADATA]: metadata }]).lines).toMatchObject([{ reference }]);
	});

	it('calls lines by their numbers in the file', () => {
		expect(report([{}, {}]).lines.map(({ row }) => row)).toEqual([4, 5]);
	});

	it.each([
		[46_350.5, '2026-11-24T12:00:00.000Z'],
		['46350.5', '2026-11-24T12:00:00.000Z'],
		['2026-11-24 23:30:00', '2026-11-24T23:30:00.000Z'],
		['2026-11-24T23:30:00+0300', '2026-11-24T20:30:00.000Z'],
		['24.11.2026 23:30', '2026-11-24T23:30:00.000Z'],
		['2026-11-24', '2026-11-24T12:00:00.000Z'],
		['11/24/2026', ''],
		['', ''],
	])('reads the date %p', (finishedAt, date) => {
		expect(report([{ finishedAt }]).lines[0]?.finished_at).toBe(date);
	});

	it.each<[string, string, Days, object[], string]>([
		['the name', 'My_Shop_2026-11-24_2026-11-26.xlsx', ['', ''], [], '2026-11-24 2026-11-26'],
		['the form', FILE, ['2026-11-01', ''], [], '2026-11-01 2026-11-01'],
		['the lines', 'x.csv', ['', ''], [{}], '2026-11-24 2026-11-24'],
	])('takes the days from %s', (_where, fileName, typed, lines, days) => {
		const { first_day: first, last_day: last } = report(lines, fileName, typed);
		expect(`${first} ${last}`).toBe(days);
	});

	it.each<[string, Days, string]>([
		['report.csv', ['', ''], 'fill in the first and the last day'],
		['a_2026-99-99_2026-99-99.csv', ['', ''], 'fill in the first and the last day'],
		[FILE, ['2026-11-02', '2026-11-01'], 'The last day is before the first.'],
	])('asks for the days of %s with %p', (fileName, days, problem) => {
		expect(read([], fileName, days)).toContain(problem);
	});

	it('refuses another file, and names the columns that are missing', () => {
		expect(readReport(toRows([['reference', 'operationId']]), FILE, ['', ''])).toContain(
			'no column called typeOfPayment, paymentSessionMerchantMetadata, paymentSessionId.',
		);
		expect(readReport([], FILE, ['', ''])).toContain('not a daily payouts report');
	});

	it('groups what is looked up by 50 lines, and looks up nothing for what is empty', () => {
		const lines = Array.from({ length: 51 }, (_, index) => ({ [METADATA]: `INV-${index}` }));
		const groups = toReportLookUps(report([...lines, { operationId: '' }]).lines);
		expect(groups).toHaveLength(2);
		expect(groups[0]).toMatchObject({ payout_ids: Array.from({ length: 50 }, () => 'po_1') });
		const dashes = Array.from({ length: 48 }, () => '-');
		expect(groups[1]).toEqual({
			references: ['INV-50', 'INV-1', ...dashes],
			payout_ids: ['po_1', '-', ...dashes],
			session_ids: ['ps_1', 'ps_1', ...dashes],
		});
		expect(toReportLookUps([])).toMatchObject([{ references: ['-', '-', ...dashes] }]);
	});
});

describe('comparing a report with the ledger', () => {
	it('matches by reference first, and never by amount', () => {
		const other = entry({ reference: 'INV-2', payout_id: 'po_2', session_id: 'ps_2' });
		expect(kinds([{}], [other])).toEqual(['not_in_ledger', 'not_in_report']);
		const byReference = { operationId: 'po_2', paymentSessionId: 'ps_2' };
		const unknown = entry({ ...UNKNOWN, payout_id: '', session_id: '' });
		const [finding] = compare([byReference], [unknown, other]);
		expect(finding).toMatchObject({ known: { reference: 'INV-1' }, matched_by: 'reference' });
	});

	it.each([
		[{ [METADATA]: '' }, 'payout_id'],
		[{ [METADATA]: 'unknown', operationId: '' }, 'session_id'],
	])('finds %p by the %s', (line, column) => {
		expect(compare([line], [entry()])).toMatchObject([{ kind: 'agrees', matched_by: column }]);
	});

	it('does not take an empty id for one, nor one that two payouts have', () => {
		const line = { [METADATA]: 'X', operationId: '', paymentSessionId: '' };
		const empty = entry({ ...UNKNOWN, payout_id: '', session_id: null, ordered_at: null });
		expect(kinds([line], [empty])).toEqual(['not_in_ledger']);
		const ofSession = { ...line, paymentSessionId: 'ps_1' };
		const two = [entry({ payout_id: 'po_8' }), entry({ reference: 'INV-2', payout_id: 'po_9' })];
		expect(kinds([ofSession], two)).toEqual(['not_in_ledger', 'not_in_report', 'not_in_report']);
	});

	it.each([
		['', 'unknown', 'Advice', 'succeeded', 31],
		['', 'sending', 'Advice', 'succeeded', 31],
		['', 'already_submitted', 'Advice', 'succeeded', 31],
		['in_progress', 'submitted', 'Advice', 'succeeded', 31],
		['ready_to_confirm', 'submitted', 'Advice', 'succeeded', 31],
		['succeeded', 'submitted', 'Refund', 'returned', 42],
		['in_progress', 'submitted', 'Refund', 'returned', 42],
	])(
		'moves “%s” (%s) by a line of %s, with the next fold',
		(status, outcome, type, becomes, rank) => {
			const statusRank = status === 'succeeded' ? 31 : 10;
			const row = entry({
				status,
				outcome,
				status_rank: statusRank,
				payout_id: '',
				row: '{"iban":"B"}',
			});
			const findings = compare([{ typeOfPayment: type }], [row]);
			expect(findings).toMatchObject([{ kind: 'moved', event: { event: 'report' } }]);
			const { added, replaced, tasks } = fold(findings, row);
			expect(added).toMatchObject([
				{ reference: 'INV-1', status: becomes, status_rank: rank, final: true, session_id: 'ps_1' },
			]);
			expect(added[0]).toMatchObject({ status_at: `${DAY}T08:00:00.000Z` });
			expect(String(added[0]?.row)).not.toContain('iban');
			expect(replaced).toEqual([1]);
			expect(tasks.map(({ kind }) => kind)).toEqual(becomes === 'returned' ? ['returned'] : []);
		},
	);

	it('says what came back, to the person who is told', () => {
		const row = entry();
		const findings = compare([{ ...REFUND, grossLocalAmount: '40.00' }], [row]);
		const { added, tasks } = fold(findings, row);
		const said = `EUR 40.00 came back, says the daily report of ${DAY}`;
		expect(added).toMatchObject([{ message: said }]);
		expect(tasks[0]?.notice).toContain(`was returned by the recipient’s bank: ${said}.`);
	});

	it.each([
		['failed', 'submitted', 30],
		// The session is in error: not final.
		['unclear', 'submitted', 25],
		// As older workflows have written that.
		['failed', 'submitted', 25],
		['', 'rejected', 0],
		['', 'not_sent', 0],
		['', 'declined', 0],
		['', 'waiting_for_approval', 0],
	])('calls a person when “%s” (%s) was paid, and changes nothing', (status, outcome, rank) => {
		const row = entry({ status, outcome, status_rank: rank });
		for (const line of [{}, REFUND]) {
			const [finding] = compare([line], [row]);
			expect(finding?.kind).toBe('contradicts');
			expect(finding).not.toHaveProperty('event');
		}
	});

	it('moves nothing that has failed meanwhile, and tells somebody', () => {
		const findings = compare([{}], [entry(IN_PROGRESS)]);
		expect(findings).toMatchObject([{ kind: 'moved' }]);
		const failed = { ...reported({ status: 'failed', rank: 30 }), message: 'account closed' };
		const row = entry({ status: 'failed', status_rank: 30 });
		expect(fold(findings, row)).toMatchObject({
			added: [{ status: 'failed' }],
			tasks: [
				{ kind: 'unknown_payout', notice: expect.stringContaining('In the ledger it failed') },
			],
		});
		const webhook = eventRow(89, { event: 'webhook', entry: { reported: failed } });
		// Whichever of the two is read first.
		const other = fold(findings, entry(IN_PROGRESS), [webhook]);
		expect(other.tasks.map(({ notice }) => notice)).toEqual([
			expect.stringContaining('In the ledger it was paid'),
		]);
	});

	it('asks whether a payout of another session was paid twice', () => {
		const [finding] = compare([{ paymentSessionId: 'ps_2' }], [entry()]);
		expect(finding).toMatchObject({ kind: 'contradicts' });
		expect(finding?.message).toContain('another session, ps_1');
	});

	it('never moves back what was returned', () => {
		const returned = entry({ status: 'returned', status_rank: 42 });
		expect(kinds([{}], [returned])).toEqual(['agrees']);
		expect(kinds([REFUND], [returned])).toEqual(['agrees']);
	});

	it('calls two payments with one reference paid twice, in the ledger or not', () => {
		const twice = [{}, { operationId: 'po_2' }];
		const [finding] = compare(twice, [entry(IN_PROGRESS)]);
		expect(finding).toMatchObject({ kind: 'paid_twice' });
		expect(finding?.message).toContain('row 4 and row 5');
		expect(finding).not.toHaveProperty('event');
		expect(kinds(twice, [])).toEqual(['paid_twice']);
		expect(kinds([{ operationId: 'po_2' }], [entry()])).toEqual(['contradicts']);
	});

	it('leaves a type of payment that it does not know to a person', () => {
		expect(compare([{}, { typeOfPayment: 'Fee' }], [entry(IN_PROGRESS)])).toMatchObject([
			{ kind: 'not_understood', message: expect.stringContaining('row 4 and row 5') },
		]);
	});

	it('moves a return that was in progress or declined above its rank, and no other', () => {
		const move = (rank: number, count: number) => {
			const [finding] = compare(
				Array.from({ length: count }, () => REFUND),
				[entry({ status_rank: rank })],
			);
			return finding?.event?.entry.reported?.rank;
		};
		expect([move(31, 1), move(31, 2), move(41, 1), move(42, 1)]).toEqual([42, 44, 42, 43]);
		expect(kinds([], [entry({ status_rank: 41 })])).toEqual(['open']);
	});

	it('takes a payment and its return on one day for one payout', () => {
		const findings = compare([{}, { ...REFUND, operationId: 'rf_1' }], [entry(IN_PROGRESS)]);
		expect(findings).toMatchObject([
			{ kind: 'moved', event: { entry: { reported: { status: 'returned', payout_id: 'po_1' } } } },
		]);
		expect(toReconciledRows(findings)).toMatchObject([{ report_says: 'paid and returned' }]);
	});

	it('mentions amounts that differ in one currency, and compares no others', () => {
		const note = (line: object, more: object = {}) =>
			compare([line], [entry(more)])[0]?.message ?? '';
		expect(note({})).toBe('');
		expect(note({ paymentLocalAmount: '99', grossLocalAmount: 99.5 })).toContain('99.50 and 99.00');
		expect(note({ paymentLocalAmount: '9', 'Currency amount': 'RUB' })).toBe('');
		expect(note({}, { amount: '10000 in minor units' })).toBe('');
	});

	it.each([
		['succeeded', 'submitted', ['not_in_report']],
		['returned', 'submitted', ['not_in_report']],
		['in_progress', 'submitted', ['open']],
		['', 'unknown', ['open']],
		['failed', 'submitted', []],
		['unclear', 'submitted', []],
		['', 'rejected', []],
		['', 'waiting_for_approval', []],
	])('judges what the report lacks: “%s” (%s)', (status, outcome, expected) => {
		expect(kinds([], [entry({ status, outcome, status_rank: 0 })])).toEqual(expected);
		const earlier = { ordered_at: null, status_at: '2026-11-20T08:00:00.000Z' };
		expect(kinds([], [entry({ status, outcome, status_rank: 0, ...earlier })])).toEqual([]);
	});

	it('leaves the last day of the name to the next report when no line is of it', () => {
		const fileName = 'Shop_2026-11-24_2026-11-25.csv';
		const late = entry({ reference: 'LATE', payout_id: 'po_3', session_id: 'ps_3' });
		const next = { ...late, status_at: '2026-11-25T09:00:00.000Z' };
		expect(kinds([{}], [entry(), next], fileName)).toEqual(['agrees', 'next_report']);
		const covered = { [METADATA]: 'X', operationId: '', finishedAt: '2026-11-25 01:00:00' };
		expect(kinds([covered], [next], fileName)).toEqual(['not_in_ledger', 'not_in_report']);
	});
});

describe('what is not folded yet', () => {
	const sent = ordered({
		session_id: 'ps_1',
		payout_id: 'po_1',
		ordered_at: `${DAY}T07:00:00.000Z`,
	});
	const outcome = eventRow(1, { entry: { ordered: sent } });

	it('is known: a payout that was sent and reported within a minute', () => {
		expect(compare([{}], [], [outcome])).toMatchObject([{ kind: 'moved' }]);
		expect(compare([], [], [outcome])).toMatchObject([{ kind: 'open' }]);
	});

	it('is not written twice when a report is uploaded twice', () => {
		const row = entry(IN_PROGRESS);
		const [first] = compare([{}], [row]);
		const written = { id: 2, ...toEventRow(first?.event ?? never()) };
		expect(compare([{}], [row], [written])).toMatchObject([{ kind: 'agrees' }]);
		expect(readEventRow(written)).toMatchObject({ event: 'report', reference: 'INV-1' });
	});

	it('can have failed, and is then for a person', () => {
		const failed = { reported: reported({ status: 'failed', rank: 30 }) };
		const webhook = eventRow(2, { event: 'webhook', entry: failed });
		expect(compare([{}], [entry(IN_PROGRESS)], [webhook])).toMatchObject([{ kind: 'contradicts' }]);
	});
});

describe('the page and the file', () => {
	it('show what needs a person first, and say what to do', () => {
		const extra = { [METADATA]: '<b>EXTRA', operationId: 'po_9', paymentSessionId: 'ps_9' };
		const rows = toReconciledRows(compare([{}, extra], [entry()]));
		expect(rows).toMatchObject([
			{ reference: '<b>EXTRA', ledger_says: 'nothing', payout_id: 'po_9', matched_by: '' },
			{ reference: 'INV-1', ledger_says: 'succeeded', what_to_know: '', amount: '100.00' },
		]);
		const { title, message } = describeFindings(rows, report([{}]));
		expect(title).toBe('1 payout needs a look');
		expect(message).toContain('If nobody did, tell Smart Glocal at once.');
		expect(message).toContain('&lt;b&gt;EXTRA');
		expect(message).toContain('<h4>In both, and agreeing: 1</h4><p>The results file');
	});

	it('show 50 payouts of a kind', () => {
		const lines = Array.from({ length: 52 }, (_, index) => ({ [METADATA]: `NEW-${index}` }));
		const rows = toReconciledRows(compare(lines, []));
		const { title, message } = describeFindings(rows, report(lines));
		expect(title).toBe('52 payouts need a look');
		expect(message).toContain('NEW-49');
		expect(message).not.toContain('NEW-50');
		expect(message).toContain('And 2 lines more: the results file lists all.');
	});

	it('say that all is well when nothing differs', () => {
		const { title, message } = describeFindings([], report([], 'Shop_2026-11-24_2026-11-26.csv'));
		expect(title).toBe('The report and the ledger agree');
		expect(message).toContain('Days: 2026-11-24 to 2026-11-26');
		expect(message).toContain('The report has no payouts.');
	});
});

function never(): never {
	throw new Error('There is no event.');
}
