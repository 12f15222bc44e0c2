import { problemsOf, readFile, rowsOf } from '../support/payoutFiles.mts';
import { formatted, packRows, packWorkbook, rowsXml, typed } from '../support/workbooks.mts';
import type { Content } from '../support/workbooks.mts';

/** What sheets of other people were read as before, and what must come of them. */

const I = 'BE68539007547034';
const J = 'BE71096123456769';
const lines = (...all: string[]) => all.join('\n');

describe('a quotation mark that swallows a row is refused', () => {
	test.each([
		[
			'beside a column that sounds like the amount',
			lines(
				'reference,Total hours,amount,iban,description',
				`INV-1,8h,100.00,${I},a`,
				`INV-2,8h,100.00,${I},"b`,
				`INV-3,8h,300.00,${J},c"`,
			),
			{},
		],
		[
			'in the middle of two rows',
			lines(
				'reference,recipient_full_name,Auszahlung,iban',
				`INV-1,Ann,100.00,${I}`,
				`INV-2,"Acme,200.00,${I}`,
				`INV-3,Foo",300.00,${J}`,
			),
			{ amount: 'Auszahlung' },
		],
		[
			'before the account',
			lines('reference,amount,remark,iban', `INV-2,20,"x`, `INV-3,30,y",${J}`),
			{},
		],
		[
			'where a space follows each delimiter',
			lines('reference, amount, iban, remark', `INV-2, 20, ${I},"x`, `INV-3, 30, ${J}, y"`),
			{},
		],
	])('%s', async (_what, text, columns) => {
		expect(await problemsOf(text, { columns })).toContainEqual(
			expect.stringMatching(/quotation mark in line \d/),
		);
	});

	test.each([
		'"Consulting, 40\nTravel, 60"',
		'"Items:\nA, 100, x\nB, 200"',
		'"Rue 1, Box 2\nBrussels"',
	])('but a text of several lines is read: %j', async (text) => {
		const bytes = lines('reference,amount,iban,place,description', `INV-1,100,${I},x,${text}`);
		expect(await rowsOf(bytes)).toHaveLength(1);
	});
});

test.each(['150\n200', '1\n250\n300', '100\t200'])(
	'two amounts in a cell are not one: %j',
	async (text) => {
		const bytes = packRows([
			['reference', 'amount', 'iban'],
			['INV-1', text, I],
		]);
		expect(await rowsOf(bytes)).toMatchObject([{ amount: text.trim() }]);
	},
);

test('a second table with its columns in another order is refused', async () => {
	const bytes = packRows([
		['reference', 'amount', 'fee', 'iban'],
		['INV-1', 150, 1, I],
		[],
		['reference', 'fee', 'amount', 'iban'],
		['INV-2', 1, 250, J],
	]);
	expect(await problemsOf(bytes)).toEqual([
		expect.stringMatching(/^Row 4 has the headers in another order/),
	]);
});

describe('what is beside an amount', () => {
	const sheet = (amount: Content, currency: string, header = 'amount') => [
		['reference', header, 'currency', 'iban'],
		['INV-1', amount, currency, I],
	];

	test.each(['#,##0 "Ft"', '#,##0.00 "zł"', '0.00 "kr"', '[$Fr.-100C] #,##0.00', 'General" USD"'])(
		'is compared with the currency of the row: %s',
		async (format) => {
			expect(
				await problemsOf(packRows(sheet(formatted(150), 'EUR'), { formats: [format] })),
			).toEqual([expect.stringMatching(/^Cell B2 .* but the currency of its row is EUR/)]);
		},
	);

	test('is read in a text, and compared as well', async () => {
		expect(await rowsOf(packRows(sheet('1.250,00 €', 'EUR')))).toMatchObject([
			{ amount: '1250.00' },
		]);
		expect(await rowsOf(packRows(sheet('€1,250.00', 'EUR')))).toMatchObject([
			{ amount: '1250.00' },
		]);
		expect(await rowsOf(packRows(sheet('100,-', 'EUR')))).toMatchObject([{ amount: '100' }]);
		expect(await problemsOf(packRows(sheet('1.250,00 €', 'USD')))).toHaveLength(1);
	});

	test('in the header counts for all rows', async () => {
		const columns = { amount: 'Amount (USD)' };
		const bytes = packRows(sheet(150, 'EUR', 'Amount (USD)'));
		expect(await problemsOf(bytes, { columns })).toEqual([
			expect.stringMatching(/shows USD, but the currency of its row is EUR/),
		]);
	});

	test('is a warning where nothing says the currency', async () => {
		const bytes = packRows(sheet(formatted(150), ''), { formats: ['[$$-409]#,##0.00'] });
		const { summary } = await readFile(bytes);
		expect(summary.warnings).toEqual(['amounts are in $, and no column says the currency']);
		expect(summary.is_fine).toBe(false);
	});

	test.each(['General"k"', 'General" Tsd."', '-#,##0.00', '(#,##0.00)', '#,##0.00 "Mio €"'])(
		'refuses the format %s',
		async (format) => {
			expect(
				await problemsOf(packRows(sheet(formatted(150), 'EUR'), { formats: [format] })),
			).toEqual([expect.stringMatching(/^Cell B2 \(amount\)/)]);
		},
	);

	test.each(['00', '"Nr. "0', '0.00E+00', '# ?/?'])(
		'refuses 12.5 as %s shows it',
		async (format) => {
			const bytes = packRows(sheet(formatted(12.5), 'EUR'), { formats: [format] });
			expect(await problemsOf(bytes)).toHaveLength(1);
		},
	);
});

test.each([';;;', '"INV-"@'])(
	'a text whose format shows another one is refused: %s',
	async (format) => {
		const reference: Content = (place) =>
			`<c r="${place}" s="1" t="inlineStr"><is><t>007</t></is></c>`;
		const bytes = packRows(
			[
				['reference', 'amount', 'iban'],
				[reference, 1, I],
			],
			{ formats: [format] },
		);
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/^Cell A2 \(reference\)/)]);
	},
);

describe('rows that are no payouts', () => {
	const PAYOUTS: Content[][] = [
		['reference', 'amount', 'iban', 'name'],
		['INV-1', 10, I, 'Ann'],
		['INV-2', 20, J, 'Bob'],
	];

	test.each([
		['Ergebnis', 30],
		['Gesamtergebnis', 30],
		['Summe Vertrieb', 30],
		['Total à payer', 30],
		['Totale complessivo', 30],
		['Eindtotaal', 30],
		['Suma końcowa', 30],
		['Do zapłaty', 30],
		['Celkový součet', 30],
		['Toplam Tutar', 30],
		['Итого к оплате', 30],
		['Total May 2026', 30],
		['Net total', 30],
		['Übertrag', 30],
	])('a sum called %s is left out', async (word, amount) => {
		const { rows, summary } = await readFile(packRows([...PAYOUTS, [word, amount]]));
		expect(rows).toHaveLength(2);
		expect(summary.left_out).toMatchObject([{ row: 4, kind: 'total' }]);
	});

	test('a recipient called Total is paid', async () => {
		const bytes = packRows([...PAYOUTS, ['INV-3', 30, J, 'Total Energies']]);
		expect(await rowsOf(bytes)).toHaveLength(3);
	});

	test('a recipient called Total without an account is not left out', async () => {
		const bytes = packRows([
			['reference', 'amount', 'name'],
			[1001, 30, 'Total Energies'],
		]);
		expect(await rowsOf(bytes)).toHaveLength(1);
	});

	test.each([
		['formulas that are 0', ['', 0]],
		['a currency filled in for later', ['', undefined, undefined, undefined, 'EUR']],
	] as Array<[string, Content[]]>)('%s are empty rows', async (_what, row) => {
		const [headers = [], ...others] = PAYOUTS;
		const { rows, summary } = await readFile(
			packRows([[...headers, 'currency'], ...others, row, row, row]),
		);
		expect(rows).toHaveLength(2);
		expect(summary.empty_rows).toBe(3);
	});

	test.each([
		[['(unique)', '(EUR)', '(IBAN)', '(name)']],
		[['', 'EUR']],
		[['Approved by', undefined, undefined, 'Jane Doe']],
		[['Date:', '12.05.2026']],
	] as Array<[Content[]]>)('%j is a note', async (row) => {
		const [headers = [], ...others] = PAYOUTS;
		const { rows, summary } = await readFile(packRows([headers, row, ...others]));
		expect(rows).toHaveLength(2);
		expect(summary.left_out).toMatchObject([{ row: 2, kind: 'note' }]);
	});

	test('subtotals that are right are no warning', async () => {
		const rows = [...PAYOUTS, ['Subtotal', 30], ['INV-3', 5, I, 'Cid'], ['Subtotal', 5]];
		expect((await readFile(packRows(rows))).summary.warnings).toEqual([]);
	});
});

describe('sheets beside the payouts', () => {
	const payments = {
		name: 'Payments',
		rows: rowsXml([
			['reference', 'amount', 'iban'],
			['A', 1, I],
		]),
	};

	test.each([
		[
			['currency', 'destination'],
			['EUR', 'BEL-EUR'],
		],
		[
			['recipient_full_name', 'iban', 'recipient_country_iso3'],
			['Ann', I, 'BEL'],
		],
		[
			['Name', 'Total'],
			['Ann', 10],
		],
	] as Content[][][])('are named and not read: %j', async (...rows) => {
		const bytes = packWorkbook({ sheets: [{ name: 'Lists', rows: rowsXml(rows) }, payments] });
		const { rows: read, summary } = await readFile(bytes);
		expect(read).toHaveLength(1);
		expect(summary).toMatchObject({ sheet: 'Payments', other_sheets: ['Lists'] });
	});
});

describe('headers', () => {
	test('of many letters can be confirmed', async () => {
		const iban = 'Numéro de compte bancaire international du bénéficiaire';
		const reference = 'Référence unique de la facture ou du bulletin de salaire';
		const bytes = packRows([
			[reference, iban, 'amount'],
			['A', I, 1],
		]);
		expect(await rowsOf(bytes, { columns: { iban, reference } })).toMatchObject([
			{ iban: I, reference: 'A' },
		]);
	});

	test('stand under a letterhead with an account of its own', async () => {
		const bytes = lines(
			`Name;ACME GmbH;IBAN;${I};BIC;GEBABEBB;Währung;EUR`,
			'Empfänger;Konto;Betrag',
			`Ann;${J};10,00`,
		);
		const { summary } = await readFile(bytes);
		expect(summary.header_row).toBe(2);
	});

	test('of one part of a name mean that part', async () => {
		const bytes = lines('Cognome;Nome;Importo;IBAN', `Rossi;Ada;10,00;${I}`);
		expect((await readFile(bytes)).summary.columns_proposed).toMatchObject({
			recipient_last_name: 'Cognome',
			recipient_first_name: 'Nome',
		});
	});

	test('that only seem to mean a field do not refuse the file', async () => {
		const note = typed('b', '<v>1</v>');
		const bytes = packRows([
			['reference', 'amount', 'iban', 'note'],
			['A', 1, I, note],
		]);
		expect(await rowsOf(bytes)).toMatchObject([{ note: 'TRUE' }]);
	});
});

test('UTF-8 is read as such, whatever code page is set', async () => {
	const bytes = lines('reference,amount,iban,name', `A,1,${I},Jürgen`);
	expect(await rowsOf(bytes, { encoding: 'windows-1252' })).toMatchObject([{ name: 'Jürgen' }]);
});

test('a table beside the payouts is named', async () => {
	const sheet: Content[][] = [
		['reference', 'amount', 'iban', undefined, 'Currency', 'Rate'],
		['INV-1', 150, I, undefined, 'USD', 1.08],
		['INV-2', 250, J, undefined, 'GBP', 0.85],
	];
	const columns = { currency: 'Currency' };
	expect((await readFile(packRows(sheet), { columns })).summary.warnings).toEqual([
		'these columns are read, but stand apart behind an empty one: E (currency)',
	]);
	const together = sheet.map((row) => row.filter((value) => value !== undefined));
	expect((await readFile(packRows(together), { columns })).summary.warnings).toEqual([]);
});

describe('what a second look found', () => {
	test.each([
		[`INV-2,"Acme,€200.00,${I}`, `INV-3,Foo",€300.00,${J}`],
		[`INV-2,"Acme,"-5,00",${I}`, `INV-3,Foo",200 EUR,${J}`],
	])('a quotation mark before amounts with a currency is refused: %s', async (...swallowed) => {
		const bytes = lines(
			'reference,recipient_full_name,amount,iban',
			`INV-1,Ann,€100.00,${I}`,
			...swallowed,
		);
		expect(await problemsOf(bytes)).toContainEqual(expect.stringMatching(/quotation mark/));
	});

	test('a second table with other headers is refused', async () => {
		const bytes = packRows([
			['reference', 'amount', 'iban'],
			['R1', 10, I],
			['reference', 'fee', 'iban', 'amount'],
			['R2', 1, J, 250],
		]);
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/^Row 3 has the headers/)]);
	});

	test('payouts above the headers are not lost without a word', async () => {
		const bytes = lines(
			'Name;Betrag;IBAN',
			`Ann;10,00;${I}`,
			';;;',
			'Name;Betrag;IBAN;Zweck',
			`Bob;20,00;${J};x`,
		);
		expect(await problemsOf(bytes)).toEqual([
			expect.stringMatching(/^Row 2 looks like a payout, but stands above the headers in row 4/),
		]);
	});

	test.each(['Betrag CHF', 'Amount USD', 'USD amount', 'Montant en GBP', 'Amount (gross, USD)'])(
		'the currency in the header %s counts',
		async (header) => {
			const bytes = packRows([
				['reference', header, 'iban', 'currency'],
				['A', 10, I, 'EUR'],
			]);
			expect(await problemsOf(bytes, { columns: { amount: header } })).toHaveLength(1);
		},
	);

	test.each(['Amount (k€)', 'Betrag in Tsd. €', 'Amount in cents'])(
		'amounts that are not in full are refused: %s',
		async (header) => {
			const bytes = packRows([
				['reference', header, 'iban', 'currency'],
				['A', 10, I, 'EUR'],
			]);
			expect(await problemsOf(bytes, { columns: { amount: header } })).toEqual([
				expect.stringMatching(/are not written in full/),
			]);
		},
	);

	test('amounts in several currencies need a column that says which', async () => {
		const bytes = packRows([
			['reference', 'amount', 'iban'],
			['A', '10 €', I],
			['B', '10 $', J],
		]);
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/several currencies/)]);
	});

	test.each([
		['Debit Account,Beneficiary,Beneficiary Account,Amount,Reference', ['bank_account_number']],
		['Konto;Bankkonto;Name;Betrag', ['iban', 'bank_account_number']],
		['Montant brut;Net à payer;IBAN;Nom', ['amount']],
		['Bruttogehalt;Netto;IBAN;Name', ['amount']],
		['Betrag;USt;Gesamt;IBAN;Name', ['amount']],
		['Employee ID;First name;Last name;IBAN;Amount', ['recipient_full_name']],
		['Vendor code;IBAN;Amount;Reference', ['recipient_full_name']],
		['Invoice date;IBAN;Amount', ['reference']],
	])('of %s, %j is not proposed', async (headers, fields) => {
		const delimiter = headers.includes(';') ? ';' : ',';
		const row = headers.split(delimiter).map((_, index) => (index === 2 ? I : '10'));
		const { summary } = await readFile(lines(headers, row.join(delimiter)));
		for (const field of fields) expect(summary.columns_proposed).not.toHaveProperty(field);
	});

	test.each(['Suman Rao', 'Balance Bikes', 'Summer Hill', 'Total Energies'])(
		'%s without an account is no total',
		async (name) => {
			const bytes = packRows([
				['recipient_full_name', 'amount', 'iban'],
				['Ann', 10, I],
				[name, 10],
			]);
			expect(await rowsOf(bytes)).toHaveLength(2);
		},
	);

	test('a payout without a digit is left for the check to refuse', async () => {
		const bytes = packRows([
			['reference', 'amount', 'iban', 'recipient_full_name'],
			['A', 1, I, 'Ann'],
			['CID', 'tbd', 'will follow', 'Cid Moe'],
		]);
		expect(await rowsOf(bytes)).toHaveLength(2);
	});

	test('rows that are all left out are named', async () => {
		const bytes = packRows([
			['reference', 'amount', 'iban'],
			['Total', 10],
		]);
		expect(await problemsOf(bytes)).toEqual(['No row is a payout. Left out: row 2 (total).']);
	});

	test.each([
		['1,25,000.00', '125000.00'],
		['₹1,25,000.00', '125000.00'],
		['Rs. 1,000.00', '1000.00'],
		['kr. 100,00', '100.00'],
	])('%s is an amount', async (written, amount) => {
		const bytes = packRows([
			['reference', 'amount', 'iban'],
			['A', written, I],
		]);
		expect(await rowsOf(bytes)).toMatchObject([{ amount }]);
	});
});

describe('a comma in an amount where commas separate', () => {
	const headers = 'reference,iban,amount,description,note';

	test.each([`R1,${I},1,250,Rent`, `R1,${I},1,50,Rent`, `R1,${I},1,250.00,Rent`])(
		'is refused: %s',
		async (line) => {
			expect(await problemsOf(lines(headers, `R0,${I},20.00,Rent,x`, line))).toEqual([
				expect.stringMatching(/^In row 3, a comma seems to split the amount 1,/),
			]);
		},
	);

	test.each([
		[`R0,${I},20.00,Rent,x`, `R1,${I},1.00,250,x`],
		[`R0,${I},20,101,x`, `R1,${I},30,102,x`],
		[`R0,${I},20,Rent,x`, `R1,${I},30,102,x`],
	])('is not seen in whole amounts and numbers beside them: %s', async (...all) => {
		expect(await rowsOf(lines(headers, ...all))).toHaveLength(2);
	});
});

test('the mismatches of many rows are found in a time that grows with them', async () => {
	const row: Content[] = ['A', '10 €', I, 'USD'];
	const rows = Array.from({ length: 20_000 }, () => row);
	const bytes = packRows([['reference', 'amount', 'iban', 'currency'], ...rows]);
	expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/and 19989 more\. Correct/)]);
});
