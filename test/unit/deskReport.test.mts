import { reconcile } from '../../examples/source/code/reconcile.mts';
import { sortFindings } from '../../examples/source/code/reconcileResults.mts';
import { readReport } from '../../examples/source/code/reportLines.mts';
import type { Upload } from '../../examples/source/code/reportLines.mts';

const DAY = '2026-11-24';
const FILE = { fileName: `Shop_${DAY}_${DAY}.csv` };
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

/** A report with these lines, as the node that reads the file puts it out. */
function read(lines: readonly object[], upload: Upload = FILE) {
	const values = lines.map((line) => {
		const all: Record<string, unknown> = { ...VALUES, ...line };
		return HEADERS.map((header) => all[header] ?? '');
	});
	return readReport(toItems([HEADERS, ...values]), upload);
}

/** Rows from row 3 on, as the node puts them out that reads a file without headers. */
function toItems(rows: ReadonlyArray<readonly unknown[]>) {
	return rows.map((values, index) => {
		const columns = values.map((value, column) => [String.fromCharCode(65 + column), value]);
		return { json: { row: index + 3, ...Object.fromEntries(columns) } };
	});
}

function entry(more: object = {}): Record<string, unknown> {
	return {
		reference: 'INV-1',
		outcome: 'submitted',
		status: 'succeeded',
		status_rank: 30,
		status_at: `${DAY}T08:05:00.000Z`,
		payout_id: 'po_1',
		session_id: 'ps_1',
		amount: '100.00',
		currency: 'EUR',
		...more,
	};
}

const kinds = (lines: readonly object[], entries: readonly object[], upload?: Upload) =>
	reconcile(read(lines, upload), entries as Array<Record<string, unknown>>).map(({ kind }) => kind);

describe('reading a daily report', () => {
	it.each([
		['INV-1', 'INV-1'],
		['{"reference":"INV-1","batch":7}', 'INV-1'],
		['"INV-1"', 'INV-1'],
		['{"batch":7}', ''],
		['{not JSON', '{not JSON'],
		[12, '12'],
	])('takes the reference from the metadata %p', (metadata, reference) => {
		const { lines } = read([{ [METADATA]: metadata }]);
		expect(lines[0]?.reference).toBe(reference);
	});

	it('calls lines by their numbers in the file', () => {
		expect(read([{}, {}]).lines.map(({ row }) => row)).toEqual([4, 5]);
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
	])('reads the date %p', (finishedAt, read24) => {
		expect(read([{ finishedAt }]).lines[0]?.finishedAt).toBe(read24);
	});

	it.each<[string, Upload, object[], string]>([
		['the name', { fileName: 'My_Shop_2026-11-24_2026-11-26.xlsx' }, [], '2026-11-24 2026-11-26'],
		['the form', { ...FILE, firstDay: '2026-11-01' }, [], '2026-11-01 2026-11-01'],
		['the lines', { fileName: 'x.csv' }, [{}], '2026-11-24 2026-11-24'],
	])('takes the days from %s', (_where, upload, lines, days) => {
		const { firstDay, lastDay } = read(lines, upload);
		expect(`${firstDay} ${lastDay}`).toBe(days);
	});

	it('asks for the days when nothing says them', () => {
		expect(read([], { fileName: 'report.csv' }).problem).toContain(
			'fill in the first and the last day',
		);
		expect(read([], { fileName: 'a_2026-99-99_2026-99-99.csv' }).problem).toContain('fill in');
		const swapped = { ...FILE, firstDay: '2026-11-02', lastDay: '2026-11-01' };
		expect(read([], swapped).problem).toContain('The last day is before the first.');
	});
});

describe('comparing a report with the ledger', () => {
	it('matches by reference first, and never by amount', () => {
		const other = entry({ reference: 'INV-2', payout_id: 'po_2', session_id: 'ps_2' });
		expect(kinds([{}], [other])).toEqual(['not_in_ledger', 'not_in_report']);
		const byReference = { operationId: 'po_2', paymentSessionId: 'ps_2' };
		const findings = reconcile(read([byReference]), [entry({ payout_id: '' }), other]);
		expect(findings[0]).toMatchObject({ reference: 'INV-1', matchedBy: 'reference' });
	});

	it.each([
		[{ [METADATA]: '' }, 'payout_id'],
		[{ [METADATA]: 'unknown', operationId: '' }, 'session_id'],
	])('finds %p by the %s', (line, matchedBy) => {
		expect(reconcile(read([line]), [entry()])).toMatchObject([{ kind: 'agrees', matchedBy }]);
	});

	it('does not take an empty id for one', () => {
		const line = { [METADATA]: 'X', operationId: '', paymentSessionId: '' };
		const empty = entry({ payout_id: '', session_id: null, status_at: '2026-11-01T00:00:00.000Z' });
		expect(kinds([line], [empty])).toEqual(['not_in_ledger']);
	});

	it.each([
		['', 'unknown', 'Advice', 'succeeded'],
		['', 'sending', 'Advice', 'succeeded'],
		['', 'already_submitted', 'Advice', 'succeeded'],
		['in_progress', 'submitted', 'Advice', 'succeeded'],
		['ready_to_confirm', 'submitted', 'Advice', 'succeeded'],
		['succeeded', 'submitted', 'Refund', 'returned'],
		['in_progress', 'submitted', 'Refund', 'returned'],
	])('moves “%s” (%s) forward by a line of %s', (status, outcome, typeOfPayment, becomes) => {
		const rank = status === 'succeeded' ? 30 : 10;
		const found = reconcile(read([{ typeOfPayment }]), [
			entry({ status, outcome, status_rank: rank, payout_id: '' }),
		]);
		expect(found).toMatchObject([
			{ kind: 'moved', change: { status: becomes, outcome: 'submitted', row: '', final: true } },
		]);
	});

	it.each([
		['failed', 'submitted', 30],
		// The session is in error: not final.
		['failed', 'submitted', 25],
		['', 'rejected', 0],
		['', 'not_sent', 0],
		['', 'declined', 0],
		['', 'waiting_for_approval', 0],
	])('calls a person when “%s” (%s) was paid, and changes nothing', (status, outcome, rank) => {
		const [finding] = reconcile(read([{}]), [entry({ status, outcome, status_rank: rank })]);
		expect(finding?.kind).toBe('contradicts');
		expect(finding?.change).toBeUndefined();
	});

	it('never moves back what was returned', () => {
		const returned = entry({ status: 'returned', status_rank: 40 });
		expect(kinds([{}], [returned])).toEqual(['agrees']);
		expect(kinds([{ typeOfPayment: 'Refund' }], [returned])).toEqual(['agrees']);
	});

	it('calls two payments with one reference paid twice, in the ledger or not', () => {
		const [finding] = reconcile(read([{}, { operationId: 'po_2' }]), [entry({ status_rank: 10 })]);
		expect(finding).toMatchObject({ kind: 'paid_twice' });
		expect(finding?.message).toContain('rows 4 and 5');
		expect(finding?.change).toBeUndefined();
		expect(kinds([{}, { operationId: 'po_2' }], [])).toEqual(['paid_twice']);
		const otherId = [{ operationId: 'po_2' }];
		expect(kinds(otherId, [entry()])).toEqual(['contradicts']);
	});

	it('moves a return that was in progress or declined above its rank, and no other', () => {
		const move = (rank: number, lines: number) => {
			const refunds = Array.from({ length: lines }, () => ({ typeOfPayment: 'Refund' }));
			const [finding] = reconcile(read(refunds), [entry({ status_rank: rank })]);
			return finding?.change?.status_rank;
		};
		expect([move(30, 1), move(30, 2), move(41, 1), move(42, 1)]).toEqual([42, 44, 42, 43]);
		expect(kinds([], [entry({ status_rank: 41, final: false })])).toEqual(['open']);
	});

	it('takes a payment and its return on one day for one payout', () => {
		const lines = [{}, { typeOfPayment: 'Refund', operationId: 'rf_1' }];
		const found = reconcile(read(lines), [entry({ status: 'in_progress', status_rank: 10 })]);
		expect(found).toMatchObject([{ kind: 'moved', reported: 'paid and returned' }]);
		expect(found[0]?.change).toMatchObject({ status: 'returned' });
	});

	it('mentions amounts that differ in one currency, and compares no others', () => {
		const note = (line: object, more: object = {}) =>
			reconcile(read([line]), [entry(more)])[0]?.message ?? '';
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
		['', 'rejected', []],
		['', 'waiting_for_approval', []],
	])('judges what the report lacks: “%s” (%s)', (status, outcome, expected) => {
		expect(kinds([], [entry({ status, outcome })])).toEqual(expected);
	});

	it('leaves the last day of the name to the next report when no line is of it', () => {
		const upload = { fileName: 'Shop_2026-11-24_2026-11-25.csv' };
		const late = entry({ reference: 'LATE', payout_id: 'po_3', session_id: 'ps_3' });
		const next = { ...late, status_at: '2026-11-25T09:00:00.000Z' };
		expect(kinds([{}], [entry(), next], upload)).toEqual(['agrees', 'next_report']);
		const covered = { [METADATA]: 'X', finishedAt: '2026-11-25 01:00:00' };
		expect(kinds([covered], [next], upload)).toEqual(['not_in_ledger', 'not_in_report']);
	});

	it('asks to upload again what the ledger did not take', () => {
		const findings = reconcile(read([{}]), [entry({ status: 'in_progress', status_rank: 10 })]);
		expect(sortFindings(findings, [{ json: {} }])).toMatchObject([{ kind: 'contradicts' }]);
		expect(sortFindings(findings, [{ json: { reference: 'INV-1' } }])).toMatchObject([
			{ kind: 'moved' },
		]);
	});
});
