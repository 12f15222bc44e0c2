import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import writeExcelFile from 'write-excel-file/node';

import { CHUNK } from '../../../examples/source/payOrders.mts';
import { openForm } from '../../../n8n/formClient.mts';
import { PAYOUTS_CSV, REPOSITORY } from '../../../n8n/repository.mts';
import {
	goToForm,
	foldedLedger,
	makeCsv,
	makeXlsx,
	readXlsx,
	useDesk,
	waitForLedger,
} from '../../support/desk.mts';
import type { SheetRow } from '../../support/desk.mts';
import { useEditor } from '../../support/editor.mts';
import { needing } from '../../support/n8nFeatures.mts';

const it = needing('ledger');

const real = useDesk(['pay-orders.json', 'pay-a-spreadsheet.json']);
const editor = useEditor(real);

/** Rows to Belgium; the amounts are texts, as in a CSV file. */
const rows = (...references: string[]): SheetRow[] =>
	references.map((reference, index) => ({
		reference,
		destination: 'BEL-EUR',
		amount: `${100 + index}.50`,
		iban: 'BE68539007547034',
		description: 'Invoice',
		recipient_first_name: 'Zoë',
		recipient_last_name: 'Janßen; Söhne',
		recipient_bank_name: 'All Banks Belgium / EUR / Payment System: SEPA',
	}));

const without = (column: string, all: readonly SheetRow[]) =>
	all.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)));

const paidTimes = (...references: string[]) =>
	references.map((reference) => real.sandbox.books.paidTimes(reference));

/** What a person reads on a page of a form. */
const textOf = (html: string) =>
	html
		.replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
		.replaceAll(/<[^>]+>/g, ' ')
		.replaceAll(/\s+/g, ' ');

/** Uploads a file, and returns the page that follows. */
async function upload(content: string | Buffer, name = 'payouts.csv') {
	const form = await openForm(real.n8n.url, 'pay-a-spreadsheet');
	const page = await form.submit([new File([new Uint8Array(Buffer.from(content))], name)]);
	const [, option = ''] = /value='(Pay [^']*)'/.exec(page.html) ?? [];
	const decide = async (decision: string) => {
		const last = await page.submit([JSON.stringify([decision])]);
		return { text: textOf(last.html), results: await readXlsx(last.file?.content ?? EMPTY) };
	};
	const text = textOf(page.html);
	return { ...page, text, option, pay: async () => await decide(option), decide };
}

const EMPTY = Buffer.alloc(0);

/** A row with an IBAN that is mistyped. */
const WRONG = rows('WRONG-1').map((row) => ({ ...row, iban: 'BE68539007547035' }));

beforeEach(() => real.sandbox.reset());

it('a person pays a file, corrects its wrong rows in the results file, and uploads that', async () => {
	const { page } = editor;
	const uploadFile = async (file: string, picture: string) => {
		await goToForm(page, real.uploadForm);
		await page.locator('input[type=file]').setInputFiles(file);
		await editor.picture(`${picture}-1-upload`);
		await page.getByRole('button', { name: 'Check the file' }).click();
	};
	const pay = async (picture: string) => {
		await page.getByLabel('Stop, and pay nothing').check();
		const stop = await page
			.locator('#submit-btn')
			.evaluate((button) => getComputedStyle(button, '::after').content);
		expect(stop).toBe('"Stop, and pay nothing"');
		await editor.picture(`${picture}-2-stop`);
		await page.getByLabel(/^Pay /).check();
		await editor.picture(`${picture}-2-decide`);
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: /^Pay \d+ payouts?: / }).click();
		const path = await (await download).path();
		await editor.picture(`${picture}-3-results`);
		return path;
	};

	await uploadFile(PAYOUTS_CSV, '40-desk');
	await page.getByText('18 payouts to pay: GBP 2,805.45').first().waitFor();
	await page.getByText("The IBAN 'TR050009900000009876543220' is mistyped").waitFor();
	expect(real.sandbox.requests()).toEqual([]);
	const results = await pay('40-desk');
	await page.getByText('18 payouts were sent: GBP 2,805.45').waitFor();
	const file = await readXlsx(await readFile(results));
	expect(file.map((row) => row.payout_outcome).join()).toBe(
		file.map((_, index) => ([6, 13].includes(index) ? 'not_sent' : 'submitted')).join(),
	);
	expect(file[6]?.payout_message).toMatch(/mistyped: its check digits do not match/);
	expect(real.sandbox.books.payouts()).toHaveLength(18);

	const corrected = file.map((row) => ({
		...row,
		...(row.reference === 'INV-2047' && { iban: 'TR330006100519786457841326' }),
		...(row.reference === 'INV-2054' && { amount: 1250 }),
	}));
	const path = join(real.n8n.userFolder, 'corrected.xlsx');
	await writeFile(path, await makeXlsx(corrected));
	await uploadFile(path, '41-desk');
	await page.getByText('2 payouts to pay').first().waitFor();
	await page.getByText('18 rows were sent before, and will not be paid again.').waitFor();
	await pay('41-desk');
	await page.getByText('2 payouts were sent').waitFor();
	const references = file.map((row) => String(row.reference));
	expect(paidTimes(...references)).toEqual(references.map(() => 1));
	expect(real.sandbox.books.payouts()).toHaveLength(20);

	const ledger = await waitForLedger(real, (all) => all.length === 20);
	expect(ledger.get('INV-2047')).toMatchObject({
		recipient: 'Çağrı Yıldız',
		destination: 'TUR-TRY',
		account: '…1326',
		amount: '12750.25',
		currency: 'TRY',
		outcome: 'submitted',
		requested_by: 'demo@example.com',
		source: 'corrected.xlsx',
		final: false,
	});
});

it('the same file uploaded again pays nothing and says what is open', async () => {
	const file = makeCsv(rows('AGAIN-1', 'AGAIN-2'));
	await (await upload(file)).pay();
	const requests = real.sandbox.requests().length;
	const again = await upload(file);
	expect(again.text).toContain('There is nothing to pay.');
	expect(again.text).toContain('2 rows were sent before, and will not be paid again.');
	expect(again.text).toContain(
		'This payout was sent, and is not final yet. It was not sent again.',
	);
	expect(again.text).toContain('2, 3 AGAIN-1, AGAIN-2');
	const [first] = await readXlsx(again.file?.content ?? EMPTY);
	expect(first).toMatchObject({ reference: 'AGAIN-1', payout_outcome: 'already_submitted' });
	expect(real.sandbox.requests()).toHaveLength(requests);
});

it('a changed amount of a row that was sent is pointed out, and not paid', async () => {
	await (await upload(makeCsv(rows('CHANGED-1')))).pay();
	const changed = await upload(makeCsv(rows('CHANGED-1').map((row) => ({ ...row, amount: 7 }))));
	expect(changed.text).toContain(
		'The reference belongs to another payout: EUR 100.50 to Zoë Janßen; Söhne, account …7034. This one has another amount.',
	);
	expect(paidTimes('CHANGED-1')).toEqual([1]);
});

it('a person who stops pays nothing, and the ledger has no row', async () => {
	const page = await upload(makeCsv(rows('STOP-1')));
	const { text, results } = await page.decide('Stop, and pay nothing');
	expect(text).toContain('Nothing was paid');
	expect(results).toMatchObject([{ reference: 'STOP-1', payout_outcome: 'not_sent' }]);
	expect(real.sandbox.requests()).toEqual([]);
	expect((await foldedLedger(real.client)).some((row) => row.reference === 'STOP-1')).toBe(false);
});

it('a payout whose response was lost is sent again with the same file, and paid once', async () => {
	const file = makeCsv(rows('LOST-1', 'LOST-2'));
	real.sandbox.setFaults([{ when: { key: 'LOST-1' }, fault: { type: 'reset_after_accepting' } }]);
	const first = await (await upload(file)).pay();
	expect(first.results.map((row) => row.payout_outcome)).toEqual(['unknown', 'submitted']);
	expect(first.text).toContain('1 payout was sent: EUR 101.50, and 1 payout may have been paid');

	real.sandbox.setFaults([]);
	const changed = await upload(makeCsv(rows('LOST-1').map((row) => ({ ...row, amount: '9.00' }))));
	expect(changed.text).toContain('This one has another amount.');
	expect(changed.text).toContain('There is nothing to pay.');

	const second = await upload(file);
	expect(second.text).toContain('it cannot be paid twice.');
	expect((await second.pay()).results.map((row) => row.payout_outcome)).toEqual([
		'already_submitted',
		'already_submitted',
	]);
	expect(paidTimes('LOST-1', 'LOST-2')).toEqual([1, 1]);
});

it('two people who pay the same file pay each row once, and the ledger has it once', async () => {
	const file = makeCsv(rows('BOTH-1', 'BOTH-2'));
	const [one, other] = [await upload(file), await upload(file)];
	expect(other.text).toContain('2 payouts to pay');
	await one.pay();
	const { results } = await other.pay();
	expect(results.map((row) => row.payout_outcome)).toEqual(results.map(() => 'already_submitted'));
	expect(paidTimes('BOTH-1', 'BOTH-2')).toEqual([1, 1]);
	const entries = (await foldedLedger(real.client)).filter(({ reference }) =>
		/^BOTH/.test(String(reference)),
	);
	expect(entries.map(({ reference, session_id }) => [reference, Boolean(session_id)])).toEqual([
		['BOTH-1', true],
		['BOTH-2', true],
	]);
});

it('after a chunk in which the run stopped, nothing more is sent', async () => {
	const many = Array.from({ length: CHUNK + 30 }, (_, index) => `WRONG-KEY-${index}`);
	real.sandbox.setFaults([
		{ when: {}, fault: { type: 'error', code: 'authentication_error', description: 'No' } },
	]);
	const { text, results } = await (await upload(makeCsv(rows(...many)))).pay();
	expect(text).toContain('Nothing was paid');
	expect(results).toHaveLength(CHUNK + 30);
	expect(results.filter((row) => row.payout_outcome === 'rejected').length).toBeLessThan(30);
	expect(real.sandbox.requests().length).toBeLessThan(30);
	expect(
		(await foldedLedger(real.client)).some((row) => row.reference === `WRONG-KEY-${CHUNK + 20}`),
	).toBe(false);
});

describe('a file', () => {
	const good = rows('KIND-1', 'KIND-2');

	it.each([
		['with semicolons and a byte order mark', `\uFEFF${makeCsv(good, ';')}`],
		['that names its delimiter', `sep=;\r\n${makeCsv(good, ';')}`],
	])('%s is read', async (_, content) => {
		expect((await upload(content)).text).toContain('2 payouts to pay: EUR 202.00');
	});

	it('whose amounts are numbers in a spreadsheet is read', async () => {
		const file = await makeXlsx(good.map((row) => ({ ...row, amount: 1000.1 })));
		const { text } = await upload(file, 'payouts.xlsx');
		expect(text).toContain("Sheet 'Sheet1' · headers in row 1 · 2 rows read");
		expect(text).toContain('2 payouts to pay: EUR 2,000.20');
	});

	it('with decimal commas is read, and the page says so', async () => {
		const comma = good.map((row) => ({ ...row, amount: String(row.amount).replace('.', ',') }));
		const { text } = await upload(makeCsv(comma, ';'));
		expect(text).toContain('amounts have a decimal comma');
		expect(text).toContain('2 payouts to pay: EUR 202.00');
	});

	const older = Buffer.from(makeCsv(good).replaceAll('ß', '\u00DF'), 'latin1');
	it.each([
		['in an older Windows encoding', older, 'older encoding of Windows'],
		['that is a damaged spreadsheet', Buffer.from('504b030400000000', 'hex'), 'is damaged'],
		['with a quote that never ends', `${makeCsv(good)}\r\n"INV`, 'quotation mark in line 4'],
		['with headers only', makeCsv(good).split('\r\n')[0], 'has no rows'],
		['without the headers of payouts', 'name;colour\r\nAnna;red', 'No row has the headers'],
		['in the old format of Excel', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '(.xls)'],
	])('%s is refused in words', async (_, content = '', reason) => {
		const page = await upload(content);
		expect(page.text).toContain(reason);
		expect(page.text).toMatch(/Nothing was paid/);
		expect(real.sandbox.requests()).toEqual([]);
	});

	it('with headers of its own gets one page, which names all columns', async () => {
		const own = ['Rechnungsnr;Betrag;Währung;Kontonummer (IBAN);Vorname;Nachname;Verwendungszweck'];
		for (let row = 1; row <= 15; row++) own.push(`R${row};100,50;EUR;BE68539007547034;Zoé;Maes;x`);
		const page = await upload(own.join('\n'));
		const columns = 'reference amount currency iban recipient_first_name recipient_last_name';
		for (const [index, header] of (own[0] ?? '').split(';').entries()) {
			const field = [...columns.split(' '), 'description'][index] ?? '';
			const [, meant = '', ...more] = page.text.split(`'${header}'`);
			expect(more).toEqual([]);
			expect(meant.split("'")[0]).toContain(field);
		}
		expect(page.text).toMatch(/missing[^·]*: destination/);
		expect(page.text).not.toContain('Map Each Column Manually');
		expect(page.text).toContain('Nothing was paid');
	});

	it('whose rows all lack the same column is told so once', async () => {
		const { text } = await upload(makeCsv(without('iban', good)));
		expect(text).toContain('missing: iban');
		expect(text).toMatch(/2 rows cannot be paid\. .* 2, 3 KIND-1, KIND-2 /);
	});

	it('cannot bring HTML onto the pages', async () => {
		const name = '<img src=x onerror=alert(1)>';
		const sheet = [Object.keys(good[0] ?? {}), ...good.map((row) => Object.values(row))];
		const sheets = [name, `${name}2`].map((each) => ({ sheet: each, data: sheet }));
		const refused = await upload(await writeExcelFile(sheets).toBuffer(), 'two.xlsx');
		const read = await upload(makeCsv(good.map((row) => ({ ...row, [name]: '{{ 1 + 1 }}' }))));
		const renamed = await upload(
			makeCsv(without('amount', good).map((row) => ({ ...row, [name]: '' }))),
		);
		for (const { html } of [refused, read, renamed]) {
			expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
			expect(html).not.toContain('<img src=x');
		}
		expect(refused.text).toContain('sheets have payouts');
		expect(read.text).toContain('columns not used:');
		expect(renamed.text).toContain('missing: amount');
	});

	it('with a cell longer than Excel allows gets its results file', async () => {
		const long = rows('LONG-1').map((row) => ({ ...row, comment: 'x'.repeat(40_000) }));
		const { results } = await (await upload(makeCsv(long))).pay();
		expect(results).toMatchObject([{ reference: 'LONG-1', payout_outcome: 'submitted' }]);
		expect(String(results[0]?.comment)).toHaveLength(32_767);
		expect(paidTimes('LONG-1')).toEqual([1]);
	});

	it('of results, uploaded again as it is, pays nothing twice', async () => {
		const first = await upload(makeCsv([...rows('RESULT-1', 'RESULT-2'), ...WRONG]));
		const page = await first.submit([JSON.stringify([first.option])]);
		const requests = real.sandbox.requests().length;
		const again = await upload(page.file?.content ?? EMPTY, 'results.xlsx');
		expect(again.text).toContain('There is nothing to pay.');
		expect(again.text).toContain('2 rows were sent before, and will not be paid again.');
		expect(again.text).toContain('1 row cannot be paid.');
		expect(real.sandbox.requests()).toHaveLength(requests);
		const columns = Object.keys((await readXlsx(page.file?.content ?? EMPTY))[0] ?? {});
		const [again1] = await readXlsx(again.file?.content ?? EMPTY);
		expect(Object.keys(again1 ?? {})).toEqual(columns);
		expect(columns).not.toContain('row');
	});
});

describe('a file that somebody has really uploaded', () => {
	const uploadCase = async (name: string) =>
		await upload(await readFile(join(REPOSITORY, 'test/support/files', name)), name);

	// Most of the files have the same references.
	beforeEach(async () => await real.client.removeTables());

	it.each([
		['01-decimals-as-dates.xlsx', ['Cell C3 (amount) holds a date (2026-05-12).']],
		['01b-reference-as-date.xlsx', ['Cell A2 (reference) holds a date', 'Cell F3 (description)']],
		['02-na-in-currency.xlsx', ['Cell D2 (currency) contains #N/A.']],
		['03-not-calculated.xlsx', ['Cell C2 (amount) holds a formula', 'Cell D3 (currency)']],
		['04-two-amounts.csv', ["Two columns are called 'amount'"]],
		['04-two-amounts.xlsx', ["Two columns are called 'amount'"]],
		['05-swallowed-row.csv', ['The quotation mark in line 3 makes one cell of']],
		[
			'06-localised-errors.csv',
			['contains #YOK', 'contains #HIÁNYZIK', 'contains Err:502', 'Loading...'],
		],
		['09-one-bad-line.csv', ['Line 3 has 10 values for 9 columns.']],
		['09-one-bad-line.txt', ['Line 3 has 10 values for 9 columns.']],
		['11-really-html.xls', ['is a web page, although its name may end with .xls.']],
		['12-filtered-rows.xlsx', ["rows of the sheet 'Payouts' are hidden: 3 (amount 9999)."]],
		['15-x-escape.csv', ["The reference contains '_x2024_'"]],
		['15-x-escape.xlsx', ['Cell A2 (reference) contains _x2024_']],
	])('%s is refused in words', async (name, reasons) => {
		const { text } = await uploadCase(name);
		expect(text).toContain('Nothing was paid');
		for (const reason of reasons) expect(text).toContain(reason);
		expect(real.sandbox.requests()).toEqual([]);
		expect(await foldedLedger(real.client)).toEqual([]);
	});

	it.each([
		['08-trailing-delimiters.csv', 'CSV file, separated by a semicolon', 30, ['INV-1', 'INV-2']],
		['13-first-sheet-hidden.xlsx', "Sheet 'July' · .* · hidden sheets: June", 10, ['JUL-1']],
		['14-dragged-formulas.xlsx', "Sheet 'Payouts' · .* · 200 empty skipped", 10, ['INV-1']],
		['14-empty-rows.csv', '30 empty skipped', 10, ['INV-1']],
		['16-title-above.csv', 'headers in row 3', 10, ['INV-1']],
	])('%s is paid, and the page says what was read', async (name, read, sum, references) => {
		const page = await uploadCase(name);
		expect(page.text).toMatch(new RegExp(read));
		expect(page.text).toContain(`to pay: EUR ${sum}.00`);
		const { results } = await page.pay();
		expect(results.map(({ reference }) => reference)).toEqual(references);
		expect(results.every((row) => row.payout_outcome === 'submitted')).toBe(true);
		expect(paidTimes(...references)).toEqual(references.map(() => 1));
		expect(real.sandbox.books.payouts()).toHaveLength(references.length);
	});
});
