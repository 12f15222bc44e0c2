import { findSummary, takeRows } from '../../examples/source/code/fileRows.mts';
import { toOutcomeRow, toSendingRow } from '../../examples/source/code/ledgerRow.mts';
import { toResults } from '../../examples/source/code/results.mts';
import { sortRows } from '../../examples/source/code/sortRows.mts';
import { escapeHtml, showSums } from '../../examples/source/code/text.mts';

describe('the rows of a file', () => {
	const row = { reference: 'A', amount: '10.00', iban: 'X' };
	const checked = {
		reference: 'A',
		recipient: 'Zoë <b>',
		amount: 10,
		amount_minor: 1000,
		currency: 'EUR',
	};
	const entry = { reference: 'A', amount: '10.00', currency: 'EUR', row: JSON.stringify(row) };
	const decide = (known: Record<string, unknown>, changed: Record<string, unknown> = row) =>
		sortRows([{ json: changed }], [{ json: checked }], [{ json: { ...entry, ...known } }]).rows[0];

	it.each([
		[{ reference: 'B' }, 'pay'],
		[{ outcome: 'not_sent' }, 'pay'],
		[{ outcome: 'rejected' }, 'pay'],
		[{ outcome: 'sending' }, 'pay_again'],
		[{ outcome: 'unknown' }, 'pay_again'],
		[{ outcome: 'unknown', status: 'succeeded' }, 'sent'],
		[{ outcome: 'submitted' }, 'sent'],
		[{ outcome: 'already_submitted' }, 'sent'],
		[{ outcome: 'waiting_for_approval' }, 'held'],
		[{ outcome: 'declined' }, 'held'],
		[{ outcome: 'something new' }, 'sent'],
	])('with %j in the ledger: %s', (known, decision) => {
		expect(decide(known)?.decision).toBe(decision);
	});

	it('are held back when an unclear payout had other data, empty columns aside', () => {
		expect(decide({ outcome: 'unknown' }, { ...row, iban: 'Y' })?.decision).toBe('held');
		expect(decide({ outcome: 'unknown' }, { ...row, note: '' })?.decision).toBe('pay_again');
		expect(decide({ outcome: 'unknown', row: '' })?.decision).toBe('held');
	});

	it.each([[{ row: 7 }], [{ row_number: 7 }]])(
		'keep their number %j out of the ledger',
		(number) => {
			const numbered = { ...number, ...row };
			const origin = { source: '', requestedBy: '', isNew: true, now: 'now' };
			expect(toSendingRow(checked, numbered, origin).row).toBe(JSON.stringify(row));
			expect(decide({ outcome: 'unknown' }, numbered)).toMatchObject({
				row: 7,
				decision: 'pay_again',
			});
			const before = { ...entry, outcome: 'unknown', row: JSON.stringify({ ...numbered, row: 3 }) };
			expect(decide(before, numbered)?.decision).toBe('pay_again');
		},
	);

	it('keep their number out of the results file, where they have another one', () => {
		const rows = [{ json: { row: 7, ...row } }];
		const [result] = toResults(rows, sortRows(rows, [{ json: checked }], []), []);
		expect(Object.keys(result?.json ?? {})).toEqual([
			...Object.keys(row),
			'payout_outcome',
			'payout_message',
			'payout_session_id',
		]);
	});

	it('are called by their number in the file, and counted where they have none', () => {
		const rows = [{ json: { row: 7, ...row } }, { json: row }, { json: { row: 'seven' } }];
		const numbers = sortRows(
			rows,
			rows.map(() => ({ json: checked })),
			[],
		).rows.map((sorted) => sorted.row);
		expect(numbers).toEqual([7, 2, 3]);
	});

	it('say once what is wrong with all of them', () => {
		const wrong = (reference: string, message: string) => ({
			json: { reference, error: { message } },
		});
		const items = Array.from({ length: 15 }, (_, index) => wrong(`INV-${index}`, 'No columns.'));
		const rows = items.map((_, index) => ({ json: { row: index + 4 } }));
		const { page } = sortRows(
			[...rows, { json: { row: 30 } }],
			[...items, wrong('X', 'Mistyped.')],
			[],
		);
		expect(page.split('No columns.')).toHaveLength(2);
		expect(page).toContain('<td>4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 5 more</td>');
		expect(page).toContain('<td>30</td><td>X</td><td>Mistyped.</td>');
	});

	it('are shown below what was read of the file', () => {
		const { page } = sortRows([{ json: row }], [{ json: checked }], [], "Sheet '<July>'");
		expect(page).toMatch(/^<p>Sheet '&lt;July&gt;'<\/p><h3>1 payout to pay/);
	});

	it('are shown with their text escaped', () => {
		const { page } = sortRows(
			[{ json: row }],
			[{ json: checked }],
			[{ json: { ...entry, outcome: 'submitted' } }],
		);
		expect(page).toContain('Zoë &lt;b&gt;');
		expect(escapeHtml('<a href="x">&')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;');
		expect(escapeHtml('{{ 1 }}')).toBe('&#123;&#123; 1 &#125;&#125;');
	});

	it('lose the columns that an earlier results file has added, in any spelling', () => {
		const again = { ...row, payout_outcome: 'rejected', 'Payout_Message ': 'No' };
		expect(takeRows([{ json: again }])).toEqual([{ json: row }]);
	});

	it('do not have the summary of the file among them', () => {
		const summary = { summary: 'Read.', columns_proposed: {}, columns_missing: [] };
		const items = [{ json: { row: 2, ...row } }, { json: summary }];
		expect(takeRows(items)).toEqual([items[0]]);
		expect(findSummary(items)).toBe(summary);
	});

	it('are all rows where another node has read them', () => {
		const items = [{ json: { ...row, summary: 'July', columns_missing: 'none' } }];
		expect(takeRows(items)).toEqual(items);
		expect(findSummary(items)).toBeUndefined();
		expect(findSummary([])).toBeUndefined();
	});
});

it('sums are exact, by currency, and in minor units where the scale is not certain', () => {
	const money = (amount: number | null, minor: number, currency: string) => ({
		amount,
		amount_minor: minor,
		currency,
	});
	const payouts = [
		money(0.1, 10, 'EUR'),
		money(0.2, 20, 'EUR'),
		money(90_071_992_547_409.91, 9_007_199_254_740_991, 'USD'),
		money(0.02, 2, 'USD'),
		money(null, 500, 'JPY'),
	];
	expect(showSums(payouts)).toBe('EUR 0.30, USD 90,071,992,547,409.93, JPY (minor units) 500');
});

it('a row without a clear outcome is not final, and keeps its session', () => {
	const error = { message: 'Lost.', advice: 'Again.', reference: 'A', session_id: 'ps_1' };
	expect(toOutcomeRow({ json: { outcome: 'unknown', error } }, 'now')).toEqual({
		reference: 'A',
		outcome: 'unknown',
		outcome_at: 'now',
		message: 'Lost.',
		next_step: 'Again.',
		final: false,
		session_id: 'ps_1',
	});
});
