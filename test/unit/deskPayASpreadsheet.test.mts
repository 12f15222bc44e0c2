import { inspectFile } from '../../examples/source/code/inspectFile.mts';
import { toOutcomeRow } from '../../examples/source/code/ledgerRow.mts';
import { takeRows } from '../../examples/source/code/results.mts';
import { sortRows } from '../../examples/source/code/sortRows.mts';
import { escapeHtml, showSums } from '../../examples/source/code/text.mts';

const inspect = (text: string, encoding: BufferEncoding = 'utf8') =>
	inspectFile(Buffer.from(text, encoding));

describe('an uploaded file', () => {
	it.each([
		['reference,amount\nA,1', ',', 1],
		['reference;amount;"a,b,c,d"\nA;1;x', ';', 1],
		['\uFEFFreference\tamount\r\nA\t1', '\t', 1],
		['reference|amount\nA|1', '|', 1],
		['sep=;\r\nreference;amount\r\nA;1', ';', 2],
		['\uFEFFSEP=,\nreference,amount', ',', 2],
		['\r\n\r\nreference;amount', ';', 1],
		['reference\nA', ',', 1],
		['"amount;of";reference\n"1;2";A', ';', 1],
	])('%j is a CSV file whose delimiter is found', (text, delimiter, fromLine) => {
		expect(inspect(text)).toEqual({ kind: 'csv', delimiter, fromLine, problem: '' });
	});

	it.each([
		['Excel’s newer', '504b030414000600'],
		['Excel’s older', 'd0cf11e0a1b11ae1'],
	])('in %s format is a spreadsheet', (_, start) => {
		expect(inspect(start, 'hex').kind).toBe('spreadsheet');
	});

	it.each([
		['reference;Müller', 'latin1', 'older Windows encoding'],
		['reference;amount', 'utf16le', 'neither a spreadsheet nor a CSV file'],
		['89504e470d0a1a0a0000', 'hex', 'neither a spreadsheet nor a CSV file'],
		['', 'utf8', 'The file is empty.'],
	] as const)('%j in %s is refused in words', (text, encoding, reason) => {
		const { kind, problem } = inspect(text, encoding);
		expect(kind).toBe('refused');
		expect(problem).toContain(reason);
	});
});

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
