import { problemsOf, readFile, rowsOf } from '../support/payoutFiles.mts';
import { formatted, packRows, typed } from '../support/workbooks.mts';
import type { Content } from '../support/workbooks.mts';

const HEADERS = ['reference', 'amount', 'iban', 'remark'];
const IBAN = 'BE68539007547034';
const PAYOUTS: Content[][] = [
	['INV-1', 10, IBAN, 'x'],
	['INV-2', 20, IBAN, 'y'],
];

/** Lines of a file with semicolons, as sheets with decimal commas are saved. */
function linesOf(...rows: string[][]): string {
	return rows.map((row) => `${row.join(';')}\n`).join('');
}

describe('headers', () => {
	test('are found under a title, a letterhead and empty rows', async () => {
		const { rows, summary } = await readFile(
			packRows([
				['Maes & Co', undefined, undefined, 'Brussels'],
				['Payouts', 46_204, 'July', 2026],
				[],
				['Amounts in EUR'],
				HEADERS,
				...PAYOUTS,
			]),
		);
		expect(rows.map(({ row, reference }) => [row, reference])).toEqual([
			[6, 'INV-1'],
			[7, 'INV-2'],
		]);
		expect(summary.header_row).toBe(5);
	});

	test('are called as the sheet calls them, whatever their case, spaces and line breaks', async () => {
		const headers = [' Reference ', 'AMOUNT', 'I.B.A.N.', 'recipient\nfirst name', 'Remark'];
		const { rows, summary } = await readFile(packRows([headers, ['INV-1', 10, IBAN, 'Ann', 'x']]));
		expect(rows).toEqual([
			{
				row: 2,
				Reference: 'INV-1',
				AMOUNT: 10,
				'I.B.A.N.': IBAN,
				'recipient first name': 'Ann',
				Remark: 'x',
			},
		]);
		expect(summary.columns_not_used).toEqual(['Remark']);
	});

	test('need not be there for a column with values, which is named by its letter', async () => {
		const rows: Content[][] = [HEADERS, ['INV-1', 10, IBAN, 'x', undefined, 'more']];
		expect(await rowsOf(packRows(rows))).toMatchObject([{ 'Column F': 'more' }]);
	});

	test.each([
		['amount', 'amount', "Two columns are called 'amount': columns B and E"],
		['amount', 'Amount', "Two columns are read as 'amount': columns B and E"],
		['amount', ' AMOUNT', "Two columns are read as 'amount'"],
		['iban', 'IBAN', "Two columns are read as 'iban'"],
	])('must not name %s twice (%s)', async (_field, second, problem) => {
		const bytes = packRows([
			[...HEADERS, second],
			['INV-1', 10, IBAN, 'x', 12],
		]);
		expect(await problemsOf(bytes)).toEqual([expect.stringContaining(problem)]);
	});

	test('of columns that are not read can be alike', async () => {
		const rows: Content[][] = [
			['reference', 'amount', 'iban', 'x', 'x', 'row'],
			['INV-1', 10, IBAN, 'a', 'b', 99],
		];
		expect(await rowsOf(packRows(rows))).toEqual([
			expect.objectContaining({ row: 2, x: 'a', 'x (Column E)': 'b', 'row (Column F)': 99 }),
		]);
	});

	test('that are names of JavaScript do no harm', async () => {
		const rows: Content[][] = [
			['reference', 'amount', 'iban', '__proto__', 'constructor', 'toString'],
			['INV-1', 10, IBAN, 'a', 'b', 'c'],
		];
		const [row] = await rowsOf(packRows(rows));
		expect(row).toMatchObject({ reference: 'INV-1', constructor: 'b', toString: 'c' });
		expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
	});

	test('are at the row that is set', async () => {
		const rows: Content[][] = [HEADERS, ['reference', 'amount', 'iban', 'really'], ...PAYOUTS];
		const read = await readFile(packRows(rows), { headerRow: 2 });
		expect(read.summary.header_row).toBe(2);
		expect(read.rows).toMatchObject([{ row: 3, really: 'x' }, { row: 4 }]);
		expect(await problemsOf(packRows([...rows, [], ['z']]), { headerRow: 5 })).toEqual([
			expect.stringMatching(/^Row 5, .* is empty/),
		]);
	});

	test('can be set to a row far down', async () => {
		const above = Array.from({ length: 80 }, (_, index) => [`line ${index}`]);
		const rows: Content[][] = [...above, HEADERS, ...PAYOUTS];
		expect(await rowsOf(packRows(rows), { headerRow: 81 })).toHaveLength(2);
		expect(await rowsOf(linesOf(...above, HEADERS, ['I', '1', 'B']), { headerRow: 81 })).toEqual([
			{ row: 82, reference: 'I', amount: '1', iban: 'B', remark: '' },
		]);
	});

	test('can be none at all: all rows are read, by the letters of their columns', async () => {
		const rows: Content[][] = [['a', 1], ['b', 2, 'x'], ['c']];
		expect(await rowsOf(packRows(rows), { headerRow: 'none' })).toEqual([
			{ row: 1, A: 'a', B: 1, C: '' },
			{ row: 2, A: 'b', B: 2, C: 'x' },
			{ row: 3, A: 'c', B: '', C: '' },
		]);
		expect(await rowsOf('a,1\nb,2\nc,3\n', { headerRow: 'none' })).toHaveLength(3);
		expect(await rowsOf('a\nb\nc\n', { headerRow: 'none' })).toHaveLength(3);
	});

	test('that are missing are named with an example', async () => {
		expect(
			await problemsOf(
				packRows([
					['Ann', 'Bob'],
					['Cas', 'Dee'],
				]),
			),
		).toEqual([
			expect.stringMatching(/^No row has the headers of payouts.*reference, amount, iban/),
		]);
	});

	test('without rows under them are no payouts', async () => {
		expect(await problemsOf('reference,amount,iban\n')).toEqual([expect.stringMatching(/no rows/)]);
	});
});

describe('columns with other names', () => {
	const GERMAN = ['Rechnungsnummer', 'Betrag', 'IBAN', 'Währung'];
	const rows: Content[][] = [GERMAN, ['INV-1', 10, IBAN, 'EUR']];

	test('are proposed, and nothing is renamed', async () => {
		const read = await readFile(packRows(rows));
		expect(read.summary).toMatchObject({
			columns: { iban: 'IBAN' },
			columns_proposed: { reference: 'Rechnungsnummer', amount: 'Betrag', currency: 'Währung' },
			is_fine: false,
		});
		expect(read.rows).toEqual([
			{ row: 2, Rechnungsnummer: 'INV-1', Betrag: 10, IBAN, Währung: 'EUR' },
		]);
	});

	test.each(['Währung', 'Curr.', 'ccy', 'Devise'])(
		'%s is proposed as the currency',
		async (name) => {
			const bytes = packRows([
				['reference', 'amount', 'iban', name],
				['INV-1', 10, IBAN, 'USD'],
			]);
			const { summary } = await readFile(bytes);
			expect(summary).toMatchObject({ columns_proposed: { currency: name }, is_fine: false });
		},
	);

	test('are read when they are confirmed', async () => {
		const columns = { reference: 'rechnungsnummer', amount: 'Betrag', currency: 'Währung' };
		const read = await readFile(packRows(rows), { columns });
		expect(read.rows).toEqual([{ row: 2, reference: 'INV-1', amount: 10, IBAN, currency: 'EUR' }]);
		expect(read.summary.columns_proposed).toEqual({});
	});

	test('can be anything, when they are confirmed', async () => {
		const bytes = packRows([
			['Zeile', 'Wieviel', 'Wohin'],
			['INV-1', 10, IBAN],
		]);
		const columns = { reference: 'Zeile', amount: 'Wieviel', iban: 'Wohin' };
		expect(await rowsOf(bytes, { columns })).toEqual([
			{ row: 2, reference: 'INV-1', amount: 10, iban: IBAN },
		]);
	});

	test('that are confirmed twice, or beside the true one, are refused', async () => {
		const twice = { amount: 'Betrag', currency: 'Betrag' };
		expect(await problemsOf(packRows(rows), { columns: twice })).not.toHaveLength(0);
		const bytes = packRows([
			[...HEADERS, 'Betrag'],
			['INV-1', 10, IBAN, 'x', 12],
		]);
		expect(await problemsOf(bytes, { columns: { amount: 'Betrag' } })).toEqual([
			expect.stringMatching(/^Two columns are read as 'amount': columns B and E/),
		]);
	});

	test('that do not exist, and fields that do not exist, are refused', async () => {
		const columns = { amount: 'Total price', shoe_size: 'Betrag' };
		const problems = await problemsOf(packRows(rows), { columns });
		expect(problems).toContainEqual(
			expect.stringMatching(/'Total price', which the sheet does not have.*Betrag/),
		);
		expect(problems).toContainEqual(expect.stringMatching(/'shoe_size', which no payout has/));
	});

	test('are not proposed where two could be meant', async () => {
		const bytes = packRows([
			['reference', 'iban', 'Betrag', 'Summe'],
			['INV-1', IBAN, 10, 12],
		]);
		expect((await readFile(bytes)).summary.columns_proposed).toEqual({});
	});

	test('have one value for all rows, when it is given', async () => {
		const columns = { currency: { value: 'EUR' }, destination: { value: 'BEL-EUR' } };
		const { rows: read, summary } = await readFile(packRows([HEADERS, ...PAYOUTS]), { columns });
		expect(read).toMatchObject([
			{ reference: 'INV-1', currency: 'EUR', destination: 'BEL-EUR' },
			{ reference: 'INV-2', currency: 'EUR', destination: 'BEL-EUR' },
		]);
		expect(summary.columns).toMatchObject(columns);
		expect(
			await problemsOf(packRows([HEADERS, ...PAYOUTS]), { columns: { amount: { value: 1 } } }),
		).toEqual([expect.stringMatching(/^'Columns' gives 'amount' for all rows, but column B/)]);
	});

	test('are missing by name, and one value can do for some', async () => {
		const { summary } = await readFile(packRows([HEADERS, ...PAYOUTS]));
		expect(summary.columns_missing).toContain('destination');
		expect(summary.one_value_will_do).toContain('destination');
		expect(summary.summary).toContain('destination');
	});
});

describe('odd values', () => {
	const date = formatted(46_154);
	const others = { formats: ['dd.mm.yyyy'] };

	test('are refused in a proposed column by a synonym, and not in one by a word', async () => {
		const bySynonym = packRows(
			[
				['reference', 'Betrag', 'iban'],
				['INV-1', date, IBAN],
			],
			others,
		);
		expect(await problemsOf(bySynonym)).toEqual([
			expect.stringMatching(/^Cell B2 \(Betrag\) holds a date/),
		]);
		const byWord = packRows(
			[
				['amount', 'iban', 'Invoice date'],
				[10, IBAN, date],
			],
			others,
		);
		const { rows, summary } = await readFile(byWord);
		expect(rows).toMatchObject([{ 'Invoice date': '2026-05-12' }]);
		expect(summary.columns_proposed).toEqual({});
	});

	test('in a column that is not read are handed on as they are shown', async () => {
		const bytes = packRows([HEADERS, ['INV-1', 10, IBAN, date]], others);
		expect(await rowsOf(bytes)).toMatchObject([{ remark: '2026-05-12' }]);
	});

	test('of one kind in one column are one problem, with all places or their number', async () => {
		const rows = Array.from({ length: 30 }, (_, index) => [`INV-${index}`, date, IBAN]);
		const problems = await problemsOf(packRows([HEADERS, ...rows], others));
		expect(problems).toEqual([expect.stringMatching(/^Cell B2 .*B3, B4.* and \d+ more/)]);
	});

	test('that are rounded are refused in amounts only', async () => {
		const formats = ['0.00'];
		const rounded = formatted(1.005);
		expect(await problemsOf(packRows([HEADERS, ['INV-1', rounded, IBAN]], { formats }))).toEqual([
			expect.stringMatching(/^Cell B2 \(amount\) shows 1\.0\d, but holds 1\.005/),
		]);
		expect(
			await rowsOf(packRows([HEADERS, ['INV-1', 1, IBAN, rounded]], { formats })),
		).toHaveLength(1);
	});

	test('in total rows, notes and above the headers are no trouble', async () => {
		const rows: Content[][] = [
			['July', date],
			HEADERS,
			...PAYOUTS,
			['Total', typed('n', '<f>SUM(B3:B4)</f>')],
			[],
			['Printed on:', undefined, undefined, date],
		];
		expect(await rowsOf(packRows(rows, others))).toHaveLength(2);
	});
});

describe('currencies that a format shows', () => {
	const read = async (format: string, currency: string) =>
		await rowsOf(
			packRows(
				[
					['reference', 'amount', 'iban', 'currency'],
					['INV-1', formatted(10), IBAN, currency],
				],
				{ formats: [format] },
			),
		);

	test.each([
		['#,##0.00\\ "€"', 'EUR'],
		['[$€-2]\\ #,##0.00', 'EUR'],
		['0.00 "EUR"', 'EUR'],
		['0.00 "EUR"', 'eur'],
		['"$"#,##0.00', 'USD'],
		['"$"#,##0.00', 'CAD'],
		['[$£-809]#,##0.00', 'GBP'],
		['#,##0.00\\ "zł"', 'PLN'],
		['#,##0.00\\ "kr"', 'SEK'],
		['#,##0.00\\ "€"', ''],
	])('read with the format %j where the row says %j', async (format, currency) => {
		expect(await read(format, currency)).toMatchObject([{ amount: 10 }]);
	});

	test.each([
		['#,##0.00\\ "€"', 'USD'],
		['[$€-2]\\ #,##0.00', 'GBP'],
		['0.00 "EUR"', 'USD'],
		['"$"#,##0.00', 'EUR'],
		['[$£-809]#,##0.00', 'EUR'],
		['[$CHF]\\ #,##0.00', 'EUR'],
	])('refuse the format %j where the row says %j', async (format, currency) => {
		await expect(read(format, currency)).rejects.toMatchObject({
			problems: [expect.stringMatching(/^Cell B2 \(amount\)/)],
		});
	});
});

describe('amounts as text', () => {
	const amountsOf = async (amounts: string[], settings: Parameters<typeof rowsOf>[1] = {}) => {
		const rows = amounts.map((amount, index) => [`INV-${index}`, amount, IBAN]);
		const read = await rowsOf(linesOf(['reference', 'amount', 'iban'], ...rows), settings);
		return read.map(({ amount }) => amount);
	};

	test.each([
		[['100,50'], ['100.50']],
		[
			['100,5', '7'],
			['100.5', '7'],
		],
		[['1.250,00'], ['1250.00']],
		[['1.234.567,89'], ['1234567.89']],
		[['1.234.567'], ['1234567']],
		[['100.50'], ['100.50']],
		[['1,250.00'], ['1250.00']],
		[['1 250,00'], ['1250.00']],
		[['1\u00a0250,00'], ['1250.00']],
		[['1\u202f250,00'], ['1250.00']],
		[["1'250.00"], ['1250.00']],
		[['1’250.00'], ['1250.00']],
		[
			['1.250', '10,50'],
			['1250', '10.50'],
		],
		[
			['1,250', '10.50'],
			['1250', '10.50'],
		],
		[[' 100,50 '], ['100.50']],
		[['0,50'], ['0.50']],
	])('reads %j as %j', async (written, amounts) => {
		expect(await amountsOf(written)).toEqual(amounts);
	});

	test.each([
		'1,250',
		'1.250',
		'1.2.3',
		'1,2,3',
		'12,34.56',
		'1.250.00',
		'1,250,00',
		'1e3',
		'0x10',
		'--5',
		'5-',
		'(5)',
		'¤¤ 5',
		'5 pcs',
		'1.25,000',
		'1_000',
		'٣',
		'ten',
		'1 25',
		'01 250,',
		',',
		'.',
	])('leaves %j as it is, for the check of amounts to refuse', async (written) => {
		expect(await amountsOf([written, '7'])).toEqual([written, '7']);
	});

	test('refuses amounts in two ways, and names one of each', async () => {
		const rows = [
			['INV-1', '100,50', IBAN],
			['INV-2', '7', IBAN],
			['INV-3', '12.25', IBAN],
		];
		expect(await problemsOf(linesOf(['reference', 'amount', 'iban'], ...rows))).toEqual([
			expect.stringMatching(/written in two ways: '100,50' in B2, and '12\.25' in B4/),
		]);
	});

	test('reads amounts as it is set, and refuses others', async () => {
		expect(await amountsOf(['1.250'], { decimalSeparator: ',' })).toEqual(['1250']);
		expect(await amountsOf(['1,250'], { decimalSeparator: '.' })).toEqual(['1250']);
		const file = linesOf(['reference', 'amount', 'iban'], ['INV-1', '7,50', IBAN]);
		expect(await problemsOf(file, { decimalSeparator: '.' })).toEqual([
			expect.stringMatching(/set to '\.', but the amount '7,50' in B2/),
		]);
	});

	test('leaves numbers of a workbook alone, beside texts', async () => {
		const rows: Content[][] = [HEADERS, ['INV-1', '100,50', IBAN], ['INV-2', 7.25, IBAN]];
		const read = await rowsOf(packRows(rows));
		expect(read.map(({ amount }) => amount)).toEqual(['100.50', 7.25]);
	});

	test('does not touch other columns', async () => {
		const file = linesOf(
			['reference', 'amount', 'iban', 'remark'],
			['1,50', '7,50', IBAN, '1.250,00'],
		);
		expect(await rowsOf(file)).toMatchObject([{ reference: '1,50', remark: '1.250,00' }]);
	});
});

describe('rows that are no payouts', () => {
	const kindsOf = async (...below: Content[][]) => {
		const { rows, summary } = await readFile(packRows([HEADERS, ...PAYOUTS, ...below]));
		return [rows.length - 2, ...summary.left_out.map(({ row, kind }) => `${row} ${kind}`)];
	};

	test.each([
		'Total',
		'TOTAL:',
		'Totals',
		'Grand Total',
		'Total EUR',
		'Sum',
		'Summe:',
		'Gesamt',
		'Gesamtbetrag',
		'Zwischensumme',
		'Sous-total',
		'Totale',
		'Razem',
		'Łącznie',
		'Összesen',
		'Toplam',
		'Celkem',
		'Итого',
		'合计',
	])('a sum with the word %s is left out', async (word) => {
		expect(await kindsOf([word, 30])).toEqual([0, '4 total']);
		expect(await kindsOf([undefined, 30, undefined, word])).toEqual([0, '4 total']);
	});

	test('a sum with its currency is left out', async () => {
		const rows: Content[][] = [
			[...HEADERS, 'currency'],
			...PAYOUTS.map((row) => [...row, 'EUR']),
			['Total', 30, undefined, undefined, 'EUR'],
		];
		expect(await rowsOf(packRows(rows))).toHaveLength(2);
	});

	test('a sum without a word is left out, but for two rows', async () => {
		expect(await kindsOf([undefined, 30])).toEqual([0, '4 total']);
		expect(await kindsOf([undefined, 31])).toEqual([1]);
		expect(await rowsOf(packRows([HEADERS, ['INV-1', 10, IBAN], [undefined, 10]]))).toHaveLength(2);
	});

	test.each<[string, Content[]]>([
		['Total Energies', ['Total Energies', 30, IBAN]],
		['Total', ['Total', 30, IBAN]],
		['Sum', ['INV-3', 30, IBAN, 'Sum']],
		['nobody', ['INV-3', 30, undefined, 'Total Energies']],
		['an account alone', [undefined, undefined, IBAN]],
		['an amount alone', [undefined, 7]],
	])('a payout to %s is read', async (_who, row) => {
		expect(await kindsOf(row)).toEqual([1]);
	});

	test('a payout without its amount and its account is not left out without a warning', async () => {
		const headers = ['reference', 'recipient_first_name', 'amount', 'iban'];
		const bytes = packRows([
			headers,
			['INV-1', 'Ann', 10, IBAN],
			['INV-2', 'Bob'],
			['INV-3', 'Cas', 30, IBAN],
		]);
		const { rows, summary } = await readFile(bytes);
		expect([rows.length, summary.is_fine && rows.length === 2]).not.toEqual([2, true]);
	});

	test('notes under the table are left out, and shown', async () => {
		expect(await kindsOf([], ['Approved by Zoé Maes'], ['Please pay by', ''])).toEqual([
			0,
			'5 note',
			'6 note',
		]);
		const { summary } = await readFile(packRows([HEADERS, ...PAYOUTS, [], ['Pay by Friday']]));
		expect(summary.summary).toContain('row 5 (note: Pay by Friday)');
	});

	test('headers that come again on each page are left out', async () => {
		expect(await kindsOf([...HEADERS], ['INV-3', 30, IBAN, 'z'])).toEqual([1, '4 headers']);
	});

	test('empty rows are skipped and counted', async () => {
		const { rows, summary } = await readFile(
			packRows([HEADERS, [], ['INV-1', 10, IBAN], [' ', '\u00a0'], [''], ['INV-2', 20, IBAN]]),
		);
		expect(rows.map(({ row }) => row)).toEqual([3, 6]);
		expect(summary.empty_rows).toBe(3);
	});

	test('a last row is read although no row has an amount', async () => {
		const rows: Content[][] = [
			['reference', 'destination', 'recipient_city'],
			['INV-1', 'BEL-EUR', 'x'],
			['INV-2', 'BEL-EUR', 'x'],
			['INV-3'],
		];
		const { rows: read, summary } = await readFile(packRows(rows));
		expect([read.length, summary.left_out.map(({ kind }) => kind)]).not.toEqual([2, ['total']]);
	});

	test('a sum that is not that of the rows is a warning', async () => {
		const { summary } = await readFile(packRows([HEADERS, ...PAYOUTS, ['Total', 35]]));
		expect(summary.warnings).toEqual([
			'the total in row 4 is 35.00, but the rows above add up to 30.00',
		]);
		expect(summary.is_fine).toBe(false);
	});

	test('a sum in text with a decimal comma is compared, too', async () => {
		const file = linesOf(
			['reference', 'amount', 'iban'],
			['INV-1', '1.000,50', IBAN],
			['INV-2', '2,25', IBAN],
			['Summe', '1.002,75', ''],
		);
		const { rows, summary } = await readFile(file);
		expect(rows).toHaveLength(2);
		expect(summary.warnings).toEqual([]);
	});
});

describe('the summary', () => {
	test('is fine for a sheet with nothing to look at, and says what was read', async () => {
		const headers = ['reference', 'destination', 'amount', 'currency', 'iban', 'description'];
		const names = ['recipient_first_name', 'recipient_last_name', 'recipient_bank_name'];
		const bank = 'All Banks Belgium / EUR / Payment System: SEPA';
		const row = ['INV-1', 'BEL-EUR', 10, 'EUR', IBAN, 'Invoice', 'Zoé', 'Maes', bank];
		const { summary } = await readFile(packRows([[...headers, ...names], row], { name: 'July' }));
		expect(summary).toMatchObject({
			summary: "Sheet 'July' · headers in row 1 · 1 row read",
			rows: 1,
			columns_missing: [],
			is_fine: true,
		});
	});

	test('shows no card number', async () => {
		const card = '4111111111111111';
		const bytes = packRows([HEADERS, ...PAYOUTS, [], [`Card ${card}`]]);
		expect(JSON.stringify((await readFile(bytes)).summary)).not.toContain(card);
		const problems = await problemsOf(packRows([HEADERS, ['INV-1', 10, IBAN]], { name: 'A' }), {
			sheet: card,
		});
		expect(problems.join(' ')).not.toContain(card);
	});
});
