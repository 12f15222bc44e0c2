import type { ComparedRow } from '../../nodes/ledger/paying/compare';
import type { RowOutcome } from '../../nodes/ledger/paying/decide';
import { describeFile } from '../../nodes/SmartGlocal/pages/filePage';
import { escapeHtml, showTime } from '../../nodes/SmartGlocal/pages/html';
import {
	completeOutcomes,
	describeResults,
	toHttpAnswer,
	toResultRows,
} from '../../nodes/SmartGlocal/pages/results';

function outcome(changes: Partial<RowOutcome> = {}): RowOutcome {
	return {
		position: 0,
		reference: 'INV-1',
		recipient: 'Zoë <b>',
		amount: '10.00',
		currency: 'EUR',
		outcome: 'submitted',
		reason: '',
		message: '',
		next_step: '',
		session_id: 'ps_1',
		payout_id: 'po_1',
		status: '',
		...changes,
	};
}

function left(verdict: ComparedRow['verdict'], number: number, changes: Partial<RowOutcome> = {}) {
	return { number, verdict, checked: {}, left: outcome({ outcome: 'not_sent', ...changes }) };
}

function payable(verdict: ComparedRow['verdict'], checked: object = {}): ComparedRow {
	const account = '…7034';
	const order = {
		reference: 'INV-1',
		recipient: 'Zoë <b>',
		account,
		amount: '10.00',
		currency: 'EUR',
	};
	return {
		number: 2,
		verdict,
		order: order as unknown as NonNullable<ComparedRow['order']>,
		checked: { amount_minor: 1_000, currency: 'EUR', ...checked },
	};
}

test('text on a page is never HTML, and never an expression of n8n', () => {
	expect(escapeHtml('<a href="x">&')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;');
	expect(escapeHtml('{{ 1 }}')).toBe('&#123;&#123; 1 &#125;&#125;');
	expect(showTime('2026-11-26T10:55:30.000Z')).toBe('2026-11-26 10:55 UTC');
	expect(showTime('')).toBe('an unknown time');
});

describe('the page before paying', () => {
	const summary = (text: string, missing: string[] = [], proposed = {}) => {
		return { summary: text, columns_missing: missing, columns_proposed: proposed };
	};

	test('says which columns to rename, and not what each row lacks', () => {
		const rows = [left('wrong', 2, { message: 'No amount.' })];
		const headers = summary('Sheet 1 · amount could be <Betrag>', [], { amount: '<Betrag>' });
		const { page } = describeFile(rows, headers);
		expect(page).toContain('<li>amount could be &lt;Betrag&gt;</li>');
		expect(page).not.toContain('No amount.');
		expect(describeFile(rows, summary('Sheet 1', ['iban'])).page).toContain('No amount.');
	});

	test('begins with what was read, and says what would be paid', () => {
		const shown = describeFile([payable('send')], summary("Sheet '<July>'"));
		expect(shown.page).toMatch(/^<p>Sheet '&lt;July&gt;'<\/p><h3>1 payout to pay: EUR 10.00<\/h3>/);
		expect(shown).toMatchObject({ payable: 1, button: 'Pay 1 payout: EUR 10.00' });
	});

	test('adds up exactly, by currency, and in minor units where the scale is not certain', () => {
		const money = (minor: number, currency: string) =>
			payable('send', { amount_minor: minor, currency });
		const rows = [
			money(10, 'EUR'),
			money(20, 'EUR'),
			money(9_007_199_254_740_991, 'USD'),
			money(2, 'USD'),
			money(500, 'JPY'),
		];
		expect(describeFile(rows).button).toBe(
			'Pay 5 payouts: EUR 0.30, USD 90,071,992,547,409.93, JPY 500 (minor units)',
		);
	});

	// B14: whoever presses the button has seen what it pays.
	test('shows each payout, the largest of each currency first', () => {
		const money = (number: number, minor: number, currency: string, destination: string) => {
			const row = payable('send', { amount_minor: minor, currency });
			const order = { ...row.order, destination, reference: `R-${number}` };
			return { ...row, number, order } as ComparedRow;
		};
		const { page } = describeFile([
			money(2, 1_000, 'USD', 'USA-USD'),
			money(3, 900, 'EUR', 'BEL-EUR'),
			money(5, 200_000, 'EUR', 'XKX-EUR'),
		]);
		const lines = page.split('<tr>').slice(2);
		const texts = lines.map((line) => [...line.matchAll(/<td>([^<]*)/g)].map(([, text]) => text));
		expect(texts).toEqual([
			['5', 'R-5', 'Zoë &lt;b&gt;', '…7034', 'XKX-EUR', 'EUR 2,000.00'],
			['3', 'R-3', 'Zoë &lt;b&gt;', '…7034', 'Belgium', 'EUR 9.00'],
			['2', 'R-2', 'Zoë &lt;b&gt;', '…7034', 'United States', 'USD 10.00'],
		]);
		const many = Array.from({ length: 130 }, (_, index) => money(index, index, 'EUR', 'BEL-EUR'));
		const all = describeFile(many).page;
		expect(all.split('<tr>')).toHaveLength(1 + 1 + 100);
		expect(all).toContain('<td>R-129</td>');
		expect(all).not.toContain('<td>R-29</td>');
		expect(all).toContain('<p>And 30 smaller payouts: EUR 4.35</p>');
	});

	test('says once what is wrong with many rows', () => {
		const rows = Array.from({ length: 15 }, (_, index) =>
			left('wrong', index + 4, { reference: `INV-${index}`, recipient: '', message: 'No.' }),
		);
		const { page } = describeFile([
			...rows,
			left('wrong', 30, { reference: 'X', recipient: '', message: 'Mistyped.' }),
		]);
		expect(page).toContain('There is nothing to pay.');
		expect(page).toContain('16 rows cannot be paid. Correct the file, and upload it again.');
		expect(page.split('<td>No.</td>')).toHaveLength(2);
		expect(page).toContain('<td>4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 5 more</td>');
		expect(page).toContain('<td>30</td><td>X</td><td>Mistyped.</td>');
	});

	test('shows what to look at before what was sent earlier', () => {
		const { page } = describeFile([
			left('arrived', 2, { message: 'This payout was paid. It was not sent again.' }),
			left('declined', 3, { message: 'It was declined.', next_step: 'Ask again.' }),
			payable('send_again'),
			payable('send', { warnings: 'The IBAN is of another country.' }),
		]);
		const titles = [...page.matchAll(/<h4>([^<]*)/g)].map(([, title]) => title);
		expect(titles).toEqual([
			'To check before you pay',
			'1 row to look at',
			'1 row was sent before, and will not be paid again.',
			'The payouts',
		]);
		expect(page).toContain('It was declined. Ask again.');
		expect(page).toContain('EUR 10.00 to Zoë &lt;b&gt;');
		expect(page).toContain('The IBAN is of another country.');
		expect(page).toContain('cannot be paid twice');
	});
});

describe('the results', () => {
	const rows = [
		{ row: 7, reference: 'INV-1', payout_outcome: 'rejected', 'Payout_Message ': 'No' },
		{ row: 8, reference: 'INV-2' },
		{ row: 9, reference: 'INV-3' },
	];

	const ended = [
		outcome(),
		outcome({ position: 1, outcome: 'rejected', message: 'Refused.', next_step: 'Correct it.' }),
	];

	test('have a line for each row, also for one that was not reached', () => {
		expect(toResultRows(rows, completeOutcomes(rows, ended, false))).toEqual([
			{
				reference: 'INV-1',
				payout_outcome: 'submitted',
				payout_message: '',
				payout_session_id: 'ps_1',
			},
			{
				reference: 'INV-2',
				payout_outcome: 'rejected',
				payout_message: 'Refused. Correct it.',
				payout_session_id: 'ps_1',
			},
			{
				reference: 'INV-3',
				payout_outcome: 'not_sent',
				payout_message:
					'Nothing was paid for this row: the run ended before it. Send it again as it is.',
				payout_session_id: '',
			},
		]);
	});

	test('never call a row unpaid that was passed on and came back without an outcome', () => {
		expect(completeOutcomes(rows, ended, true)[2]).toMatchObject({
			position: 2,
			reference: 'INV-3',
			outcome: 'unknown',
			message: 'It may have been paid: the workflow that pays gave back no outcome.',
		});
		const stopped = [outcome({ outcome: 'not_sent', reason: 'stopped' })];
		expect(completeOutcomes(rows, stopped, true)[2]).toMatchObject({ outcome: 'not_sent' });
		const answer = toHttpAnswer(completeOutcomes([{ reference: 'W-1' }], [], true), false);
		expect(answer).toMatchObject({ status_code: 202, body: { reference: 'W-1' } });
	});

	const describeAll = (all: RowOutcome[]) => describeResults(all);

	test('say what was sent, and what may have been paid', () => {
		const sent = outcome();
		const unknown = outcome({ position: 1, outcome: 'unknown' });
		expect(describeAll([sent]).title).toBe('1 payout was sent: EUR 10.00');
		expect(describeAll([sent, unknown]).title).toBe(
			'1 payout was sent: EUR 10.00, and 1 payout may have been paid',
		);
		// B11: never called unpaid.
		expect(describeAll([{ ...unknown, position: 0 }]).title).toBe('1 payout may have been paid');
		expect(describeAll([outcome({ outcome: 'rejected' })]).title).toBe('Nothing was paid');
	});

	test('say why a run stopped', () => {
		const stopped = outcome({ outcome: 'not_sent', reason: 'stopped', message: 'Wait <a while>.' });
		const page = describeAll([stopped]);
		expect(page.stopped).toBe(true);
		expect(page.message).toContain('<p>Wait &lt;a while&gt;.</p>');
		expect(page.summary).toMatch(/^Nothing was paid\. Wait <a while>\. 1 not sent/);
	});
});

describe('the answer to another system', () => {
	test.each([
		['submitted', '', 200],
		['already_submitted', 'arrived', 200],
		['unknown', '', 202],
		['rejected', 'insufficient_wallet_balance', 422],
		['not_sent', 'wrong', 422],
		['not_sent', 'other_payout', 409],
		['unknown', 'other_run', 202],
		['not_sent', 'declined', 409],
		['not_sent', 'stopped', 503],
	])('has for %s (%s) the HTTP status %i', (ended, reason, status) => {
		const answer = toHttpAnswer([outcome({ outcome: ended, reason })], false);
		expect(answer).toMatchObject({ status_code: status, body: { outcome: ended } });
		expect(JSON.stringify(answer)).not.toContain('position');
	});

	test('is a list for a list, with 207 where its payouts ended differently', () => {
		const two = [outcome(), outcome({ position: 1, outcome: 'rejected' })];
		expect(toHttpAnswer(two, true)).toMatchObject({
			status_code: 207,
			body: [{ status_code: 200 }, { status_code: 422 }],
		});
		expect(toHttpAnswer([outcome()], true)).toMatchObject({ status_code: 200, body: [{}] });
	});
});
