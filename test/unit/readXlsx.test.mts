import { compareTimes, findSlowGrowth, inputsOf } from '../support/growth.mts';
import { problemsOf, readFile, reported, rowsOf } from '../support/payoutFiles.mts';
import {
	formatted,
	listParts,
	packChanged,
	packRows,
	packWorkbook,
	rowsXml,
	rowXml,
	typed,
} from '../support/workbooks.mts';
import type { Content } from '../support/workbooks.mts';
import { packZip } from '../support/zip.mts';

const HEADERS = ['reference', 'amount', 'iban', 'remark'];
const IBAN = 'BE68539007547034';
const ROWS: Content[][] = [HEADERS, ['INV-1', 10.5, IBAN, 'x']];
const SHEET = 'xl/worksheets/sheet1.xml';
const READ = [{ row: 2, reference: 'INV-1', amount: 10.5, iban: IBAN, remark: 'x' }];
const DAMAGED = [expect.stringMatching(/^The workbook is damaged\. Open it in Excel/)];

/** A sheet whose first payout has these contents. */
function sheetOf(row: Content[], others: Parameters<typeof packRows>[1] = {}): Buffer {
	return packRows([HEADERS, row], others);
}

/** What is read of a text that the XML of a cell holds. */
async function remarkOf(remark: Content, others: Parameters<typeof packRows>[1] = {}) {
	const [row] = await rowsOf(sheetOf(['INV-1', 10, IBAN, remark], others));
	return row?.remark;
}

describe('reported files', () => {
	test.each([
		['01-decimals-as-dates.xlsx', /^Cell C3 \(amount\) holds a date \(2026-05-12\)/],
		['01b-reference-as-date.xlsx', /^Cell A2 \(reference\) holds a date \(2026-02-01\)/],
		['02-na-in-currency.xlsx', /^Cell D2 \(currency\) contains #N\/A/],
		['03-not-calculated.xlsx', /^Cell C2 \(amount\) holds a formula that has not been calculated/],
		['03-not-calculated.xlsx', /^Cell D3 \(currency\) holds a formula .* Open the file in Excel/],
		['04-two-amounts.xlsx', /^Two columns are called 'amount': columns C and D/],
		['12-filtered-rows.xlsx', /sheet 'Payouts'.* hidden: 3 .*9999/],
		['15-x-escape.xlsx', /^Cell A2 \(reference\) contains _x2024_/],
	])('refuses %s and names the place: %s', async (name, problem) => {
		expect(await problemsOf(reported(name))).toContainEqual(expect.stringMatching(problem));
	});

	test('names only what is wrong in 01-decimals-as-dates.xlsx', async () => {
		expect(await problemsOf(reported('01-decimals-as-dates.xlsx'))).toEqual([
			expect.not.stringContaining('C4'),
		]);
	});

	test('reads July of 13-first-sheet-hidden.xlsx, and names the hidden June', async () => {
		const { rows, summary } = await readFile(reported('13-first-sheet-hidden.xlsx'));
		expect(rows.map(({ reference }) => reference)).toEqual(['JUL-1']);
		expect(summary).toMatchObject({ sheet: 'July', other_sheets: [], hidden_sheets: ['June'] });
		expect(summary.summary).toContain('hidden sheets: June');
	});

	test('skips the dragged formulas of 14-dragged-formulas.xlsx', async () => {
		const { rows, summary } = await readFile(reported('14-dragged-formulas.xlsx'));
		expect(rows.map(({ row, reference }) => [row, reference])).toEqual([[2, 'INV-1']]);
		expect(summary.empty_rows).toBe(200);
	});
});

describe('archives', () => {
	const entries = listParts({ sheets: [{ rows: rowsXml(ROWS) }] });

	test.each([
		['packed', {}],
		['stored', { isStored: true }],
		['streamed, with sizes behind the data', { isStreamed: true }],
		['stored and streamed', { isStored: true, isStreamed: true }],
	])('reads parts that are %s', async (_how, option) => {
		expect(await rowsOf(packZip(entries.map((entry) => ({ ...entry, ...option }))))).toEqual(READ);
	});

	test.each([
		['with sizes of 64 bits', entries.map((entry) => ({ ...entry, isZip64: true }))],
		[
			'with a sheet in UTF-16',
			entries.map((entry) => ({
				...entry,
				...(entry.path === SHEET && {
					content: Buffer.from(`\ufeff${String(entry.content)}`, 'utf16le'),
				}),
			})),
		],
	])('reads an archive %s as it is, or has it saved again', async (_what, unusual) => {
		const bytes = packZip(unusual);
		const read = await rowsOf(bytes).catch(async () => await problemsOf(bytes));
		expect([READ, DAMAGED]).toContainEqual(read);
	});

	test('reads an archive with a comment, and with backslashes in its paths', async () => {
		const turned = entries.map((entry) => ({ ...entry, path: entry.path.replaceAll('/', '\\') }));
		expect(await rowsOf(packZip(turned, 'made by hand'))).toEqual(READ);
	});

	test('refuses two parts of one name, of which programs take different ones', async () => {
		const [twin] = listParts({ sheets: [{ rows: rowsXml([HEADERS, ['EVIL', 1, IBAN]]) }] }).slice(
			-1,
		);
		expect(await problemsOf(packZip([...entries, ...(twin ? [twin] : [])]))).toEqual(DAMAGED);
	});

	test('says that an archive with a password has one', async () => {
		const locked = entries.map((entry) => ({ ...entry, isEncrypted: true }));
		expect(await problemsOf(packZip(locked))).toEqual([
			expect.stringContaining('is protected with a password'),
		]);
	});

	test.each([
		['another checksum', { crc: 1 }],
		['another size', { size: 7 }],
		['an unknown way of packing', { method: 12 }],
	])('refuses a sheet with %s', async (_what, claimed) => {
		const bytes = packChanged({ sheets: [{ rows: rowsXml(ROWS) }] }, SHEET, (same) => same, {
			claimed,
		});
		expect(await problemsOf(bytes)).toEqual(DAMAGED);
	});

	test('refuses an archive without the sheet that it names', async () => {
		const kept = entries.filter(({ path }) => path !== SHEET);
		expect(await problemsOf(packZip(kept))).toEqual(DAMAGED);
	});

	test('refuses an archive that was cut anywhere', async () => {
		const whole = packZip(entries);
		for (const part of [0.1, 0.5, 0.9, 0.99]) {
			const cut = whole.subarray(0, Math.floor(whole.length * part));
			expect(await problemsOf(cut)).toEqual(DAMAGED);
		}
	});

	test('stops unpacking a bomb', async () => {
		const bytes = packChanged(
			{ sheets: [{ rows: rowsXml(ROWS) }] },
			SHEET,
			(sheet) => sheet.replace('</sheetData>', `${' '.repeat(30_000_000)}</sheetData>`),
			{},
		);
		expect(await problemsOf(bytes)).toHaveLength(1);
	});
});

describe('workbooks', () => {
	const rows = rowsXml(ROWS);

	test('finds sheets by relative and absolute paths', async () => {
		expect(await rowsOf(packRows(ROWS, { target: `/${SHEET}` }))).toEqual(READ);
		expect(
			await rowsOf(packRows(ROWS, { target: './worksheets/../worksheets/sheet1.xml' })),
		).toEqual(READ);
	});

	test.each(['', 'x', 'other/place'])('finds the workbook in the folder %j', async (folder) => {
		expect(await rowsOf(packRows(ROWS, { folder }))).toEqual(READ);
	});

	test.each(['xl/styles.xml', 'xl/sharedStrings.xml'])(
		'refuses a workbook without %s',
		async (path) => {
			const [reference, amount] = [typed('s', '<v>0</v>'), formatted(46_154)];
			const parts = listParts({
				formats: ['dd.mm.yyyy'],
				shared: ['<t>INV-1</t>'],
				sheets: [{ rows: rowsXml([HEADERS, [reference, amount, IBAN]]) }],
			});
			expect(await problemsOf(packZip(parts.filter((part) => part.path !== path)))).toEqual(
				DAMAGED,
			);
		},
	);

	test('finds a sheet in any folder, by what its relationship says it is', async () => {
		const placed = { path: 'xl/tables/payouts.xml', target: 'tables/payouts.xml' };
		expect(await rowsOf(packRows(ROWS, placed))).toEqual(READ);
	});

	test('refuses two visible sheets with payouts of which one is in an unusual folder', async () => {
		const second = { rows, path: 'xl/july.xml', target: 'july.xml', name: 'July' };
		expect(await problemsOf(packWorkbook({ sheets: [{ rows, name: 'June' }, second] }))).toEqual([
			expect.stringContaining("'June', 'July'"),
		]);
	});

	test('leaves sheets of charts alone', async () => {
		const chart = {
			rows: '',
			name: 'Chart',
			kind: 'chartsheet',
			path: 'xl/chartsheets/sheet1.xml',
			target: 'chartsheets/sheet1.xml',
		};
		expect(await rowsOf(packWorkbook({ sheets: [chart, { rows }] }))).toEqual(READ);
	});

	test('counts days from 1904 where the workbook does', async () => {
		const date = { formats: ['yyyy-mm-dd'] };
		expect(await remarkOf(formatted(61), date)).toBe('1900-03-01');
		expect(await remarkOf(formatted(44_692), { ...date, isFrom1904: true })).toBe('2026-05-12');
		expect(await remarkOf(formatted(46_154), date)).toBe('2026-05-12');
		expect(await remarkOf(formatted(0.5), date)).toBe('12:00:00');
	});
});

describe('XML', () => {
	const sheets = [{ rows: rowsXml(ROWS) }];
	const change = (edit: (sheet: string) => string) => packChanged({ sheets }, SHEET, edit);

	test('reads names with a prefix', async () => {
		const prefixed = change((sheet) =>
			sheet.replace(/<(\/?)(\w)/g, '<$1x:$2').replace('xmlns=', 'xmlns:x='),
		);
		expect(await rowsOf(prefixed)).toEqual(READ);
	});

	test('reads past spaces and line breaks between tags', async () => {
		expect(await rowsOf(change((sheet) => sheet.replaceAll('><', '>\r\n\t<')))).toEqual(READ);
	});

	test('reads marked sections, comments and entities as text', async () => {
		const inline = (text: string) => typed('inlineStr', `<is><t>${text}</t></is>`);
		expect(await remarkOf(inline('<![CDATA[<b> & ]]>c'))).toBe('<b> & c');
		expect(await remarkOf(inline('a<!-- <t>no</t> -->b'))).toBe('ab');
		expect(await remarkOf(inline('&lt;&amp;&gt;&quot;&apos;&#233;&#x1F600;'))).toBe(`<&>"'é😀`);
		expect(await rowsOf(sheetOf(['INV-1', typed('n', '<v>1<!-- 0 -->0</v>'), IBAN]))).toMatchObject(
			[{ amount: 10 }],
		);
	});

	test('reads line breaks of a text as XML has them', async () => {
		expect(await remarkOf(typed('inlineStr', '<is><t>a\r\nb\rc\nd</t></is>'))).toBe('a\nb\nc\nd');
		expect(await remarkOf(typed('inlineStr', '<is><t>a_x000D_\nb&#13;c</t></is>'))).toBe(
			'a\r\nb\rc',
		);
	});

	test('reads what lies across the pieces in which a sheet is unpacked', async () => {
		const interesting =
			'<row a="<&lt;>" r="3"><!-- <row> -->'.replace('"<&', '"&') +
			'<c r="A3" t="inlineStr"><is><t>é😀&amp;<![CDATA[<]]></t></is></c>' +
			`<c r="B3"><v>12.5</v></c><c r="C3" t="inlineStr"><is><t>${IBAN}</t></is></c></row>`;
		const start = change((sheet) => sheet);
		expect(await rowsOf(start)).toEqual(READ);
		for (let part = 0; part < interesting.length + 80; part += 3) {
			const bytes = change((sheet) => {
				const before = sheet.indexOf('</sheetData>');
				const padding = 16_384 - before - 7 - part;
				return sheet.replace(
					'</sheetData>',
					`<!--${'-'.repeat(padding).replaceAll('--', '- ')}-->${interesting}</sheetData>`,
				);
			});
			expect(await rowsOf(bytes)).toEqual([
				...READ,
				{ row: 3, reference: 'é😀&<', amount: 12.5, iban: IBAN, remark: '' },
			]);
		}
	});

	test('reads a sheet of many pieces whole', async () => {
		const rows = Array.from({ length: 3_000 }, (_, index): Content[] => [
			`INV-${index}`,
			index + 0.5,
			IBAN,
			'é😀王'.repeat(index % 9),
		]);
		const read = await rowsOf(packRows([HEADERS, ...rows]));
		expect(read.map((row) => HEADERS.map((header) => row[header]))).toEqual(rows);
	});

	test.each([
		['an unknown entity', (sheet: string) => sheet.replace('INV-1', '&company;')],
		['an ampersand alone', (sheet: string) => sheet.replace('INV-1', 'A & B')],
		['an entity beyond Unicode', (sheet: string) => sheet.replace('INV-1', '&#x110000;')],
		['an end in its middle', (sheet: string) => sheet.slice(0, sheet.length / 2)],
		['an end before its last tag', (sheet: string) => sheet.replace('</worksheet>', '')],
		['text behind its root', (sheet: string) => `${sheet}and more`],
		['a second root', (sheet: string) => `${sheet}<worksheet/>`],
		['tags that overlap', (sheet: string) => sheet.replace('</t></is>', '</is></t>')],
		['an attribute without quotes', (sheet: string) => sheet.replace('r="1"', 'r=1')],
		['a tag in a tag', (sheet: string) => sheet.replace('<row r="1"', '<row <row r="1"')],
		['a tag that swallows another', (sheet: string) => sheet.replace('<row ', '<<row ')],
		['rows that are not in order', (sheet: string) => sheet.replace('r="2"', 'r="1"')],
		[
			'a row beyond the last one of Excel',
			(sheet: string) => sheet.replace('r="2"', 'r="1048577"'),
		],
		[
			'more rows than Excel has, which could be many',
			(sheet: string) => sheet.replace('</sheetData>', '<row r="1048576"/><row/></sheetData>'),
		],
		['a row without a number', (sheet: string) => sheet.replace('<row r="2"', '<row r="two"')],
		['a cell that belongs to another row', (sheet: string) => sheet.replace('"B2"', '"B7"')],
		['two cells in one place', (sheet: string) => sheet.replace('"C2"', '"B2"')],
		['a number that is none', (sheet: string) => sheet.replace('<v>10.5</v>', '<v>10,5</v>')],
		['a number beyond all limits', (sheet: string) => sheet.replace('<v>10.5</v>', '<v>1e999</v>')],
		['no root', () => ''],
	])('refuses a sheet with %s', async (_what, edit) => {
		expect(await problemsOf(change(edit))).toEqual(DAMAGED);
	});

	test('refuses a DOCTYPE, whose entities could grow', async () => {
		const laughs = Array.from(
			{ length: 9 },
			(_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
		);
		const doctype = `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs.join('')}]>`;
		const bytes = change((sheet) =>
			sheet.replace('<worksheet', `${doctype}<worksheet`).replace('INV-1', '&l9;'),
		);
		expect(await problemsOf(bytes)).toEqual(DAMAGED);
		expect(await problemsOf(packRows(ROWS, { prolog: '<!DOCTYPE x>' }))).toEqual(DAMAGED);
	});

	test('refuses a shared text that does not exist', async () => {
		const text = typed('s', '<v>1</v>');
		expect(await problemsOf(sheetOf([text, 10, IBAN], { shared: ['<t>a</t>'] }))).toEqual(DAMAGED);
		expect(await problemsOf(sheetOf([typed('s', '<v>0</v>'), 10, IBAN]))).toEqual(DAMAGED);
	});
});

describe('values', () => {
	test('reads shared, inline and rich texts without how they are pronounced', async () => {
		const shared = [
			'<t>plain</t>',
			'<r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">text</t></r>',
			'<t>課きく</t><rPh sb="0" eb="1"><t>カ</t></rPh>',
			'<t/>',
		];
		const read = shared.map(
			async (_, index) => await remarkOf(typed('s', `<v>${index}</v>`), { shared }),
		);
		expect(await Promise.all(read)).toEqual(['plain', 'rich text', '課きく', '']);
		expect(await remarkOf(typed('inlineStr', '<is><r><t>a</t></r><r><t>b</t></r></is>'))).toBe(
			'ab',
		);
	});

	test('never adds the text of one cell to that of another', async () => {
		const both = typed('s', '<v>0</v><is><t>EVIL</t></is>');
		expect(await rowsOf(sheetOf([both, 10, IBAN, 'x'], { shared: ['<t>INV-1</t>'] }))).toEqual([
			{ row: 2, reference: 'INV-1', amount: 10, iban: IBAN, remark: 'x' },
		]);
	});

	test('reads formulas by their results', async () => {
		const row = [
			typed('str', '<f>"INV-"&amp;1</f><v>INV-1</v>'),
			typed('n', '<f>5+5</f><v>10</v>'),
			typed('str', '<f t="shared" si="0"/><v>BE68539007547034</v>'),
			typed('str', '<f>""</f><v></v>'),
		];
		expect(await rowsOf(sheetOf(row))).toEqual([
			{ row: 2, reference: 'INV-1', amount: 10, iban: IBAN, remark: '' },
		]);
	});

	test.each([
		[
			'an error',
			typed('e', '<v>#DIV/0!</v>'),
			/B2 \(amount\) contains #DIV\/0!.*Correct its formula/,
		],
		['TRUE', typed('b', '<v>1</v>'), /B2 \(amount\) holds TRUE/],
		['a date', typed('d', '<v>2026-05-12</v>'), /B2 \(amount\) holds a date \(2026-05-12\)/],
		['a formula that was never calculated', typed('n', '<f>A1</f>'), /B2 .*not been calculated/],
		['the same with an empty result', typed('n', '<f>A1</f><v/>'), /B2 .*not been calculated/],
		['the same as text', typed('str', '<f>A1</f>'), /B2 .*not been calculated/],
		['too long a number', 1234567890123456, /B2 .*more than 15 digits/],
	])('refuses %s in a column that is read, and hands it on in another', async (_, odd, problem) => {
		expect(await problemsOf(sheetOf(['INV-1', odd, IBAN]))).toEqual([
			expect.stringMatching(problem),
		]);
		expect(await rowsOf(sheetOf(['INV-1', 10, IBAN, odd]))).toMatchObject([
			{ reference: 'INV-1', amount: 10 },
		]);
	});

	test('takes numbers of 15 digits as they are, and what a program calculated as it is shown', async () => {
		const amountOf = async (value: string) =>
			(await rowsOf(sheetOf(['INV-1', typed('n', `<v>${value}</v>`), IBAN])))[0]?.amount;
		expect(await amountOf('123456789012345')).toBe(123456789012345);
		expect(await amountOf('0.30000000000000004')).toBe(0.3);
		expect(await amountOf('1.0049999999999999')).toBe(1.005);
		expect(await amountOf('1.05E2')).toBe(105);
		expect(await amountOf('-0')).toBe(0);
	});

	test.each([
		['PAY_x005F_x0041_', 'PAY_x0041_'],
		['a_x000D_\nb', 'a\r\nb'],
		['snake_xylophone_', 'snake_xylophone_'],
		['_x12_', '_x12_'],
	])('reads the escapes of %j', async (written, text) => {
		expect(await rowsOf(sheetOf([written, 10, IBAN]))).toMatchObject([{ reference: text }]);
	});

	test.each(['PAY_x0041_07', 'PAY_x2024_07', '_xD83D_', '_x005F_x0041__x0041_'])(
		'refuses %j as a reference, and hands it on as a remark',
		async (written) => {
			expect(await problemsOf(sheetOf([written, 10, IBAN]))).toEqual([
				expect.stringMatching(/^Cell A2 \(reference\) contains _x.*Write it without underscores/),
			]);
			expect(await remarkOf(written)).toContain('_x');
		},
	);
});

describe('places', () => {
	test('counts rows and cells that have no address', async () => {
		const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
		const rows = [HEADERS, ['INV-1', '10', IBAN]]
			.map((values) => `<row>${values.map(text).join('')}</row>`)
			.join('');
		expect(await rowsOf(packRows([], { rows }))).toEqual([
			{ row: 2, reference: 'INV-1', amount: '10', iban: IBAN, remark: '' },
		]);
	});

	test('counts on from the last cell that has an address', async () => {
		const rows = `${rowXml(1, HEADERS)}<row r="5"><c r="A5" t="inlineStr"><is><t>INV-1</t></is></c><c><v>10</v></c><c t="inlineStr"><is><t>${IBAN}</t></is></c></row>`;
		expect(await rowsOf(packRows([], { rows }))).toEqual([
			{ row: 5, reference: 'INV-1', amount: 10, iban: IBAN, remark: '' },
		]);
	});

	test('keeps the numbers that Excel shows where rows are missing', async () => {
		const { rows, summary } = await readFile(
			packRows([HEADERS, [], [], ['INV-1', 1, IBAN], [], ['INV-2', 2, IBAN]]),
		);
		expect(rows.map(({ row }) => row)).toEqual([4, 6]);
		expect(summary.empty_rows).toBe(3);
	});

	test('refuses a cell beyond the last column', async () => {
		const rows = `${rowXml(1, HEADERS)}<row r="2"><c r="XFE2"><v>1</v></c></row>`;
		expect(await problemsOf(packRows([], { rows }))).toEqual([
			expect.stringContaining('too many columns'),
		]);
	});
});

describe('numbers as they are shown', () => {
	const amountOf = async (format: string, value: number) =>
		await rowsOf(sheetOf(['INV-1', formatted(value), IBAN], { formats: [format] }));
	const referenceOf = async (format: string, value: number) =>
		(await rowsOf(sheetOf([formatted(value), 10, IBAN], { formats: [format] })))[0]?.reference;

	test.each([
		['General', 99.5],
		['0.00', 99.5],
		['#,##0.00', 1250.5],
		['0.00 "EUR"', 99.5],
		['#,##0.00\\ "€"', 99.5],
		['[$€-2]\\ #,##0.00', 99.5],
		['[$EUR]\\ #,##0.00;[Red]\\-[$EUR]\\ #,##0.00', 99.5],
		['#,##0', 1250],
		['#,##0\\ "kr"', 1250],
		['_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', 99.5],
		['_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', 99.5],
		['0.###', 99.5],
		['@', 99.5],
		['', 99.5],
	])('reads an amount with the format %j', async (format, value) => {
		expect(await amountOf(format, value)).toMatchObject([{ amount: value }]);
	});

	test.each([
		['#,##0', 99.5, /B2 \(amount\) shows 100, but holds 99\.5\..*ROUND/],
		['0.00', 100.004, /B2 \(amount\) shows 100\.00, but holds 100\.004/],
		['0', 0.4, /shows 0, but holds 0\.4/],
		['0%', 0.15, /B2 \(amount\) holds a percentage \(15%\)/],
		['0.0%', 0.155, /percentage \(15\.5%\)/],
		['#,##0,', 12500, /B2 \(amount\) has a format that/],
		['0.0,,"M"', 2_500_000, /B2 \(amount\) has a format that/],
		['[>=1000000]0.0,,"M";0', 2_500_000, /B2 \(amount\) has a format that/],
		['[<1000]0;0,"k"', 12_500, /B2 \(amount\) has a format that/],
		[';;;', 100, /B2 \(amount\) has a format that/],
		[';;;@', 100, /B2 \(amount\) has a format that/],
		['0.0"k"', 12.5, /B2 \(amount\)/],
		['0.00\\ "Mio"', 2.5, /B2 \(amount\)/],
		['"approx. "0.00', 2.5, /B2 \(amount\)/],
		['"paid"', 100, /B2 \(amount\)/],
		['[=100]"paid";0', 100, /B2 \(amount\)/],
		['[h]:mm', 1.5, /B2 \(amount\) holds a/],
		['hh:mm', 0.5, /holds a time \(12:00:00\)/],
		['[$-407]dd.mm.yyyy', 46154, /holds a date \(2026-05-12\)/],
		['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 46154, /holds a date/],
		['mmm-yy', 46154, /holds a date/],
		['d/m/yyyy;@', 46154, /holds a date/],
		['yyyy"年"m"月"', 46154, /holds a date/],
	])('refuses an amount with the format %j', async (format, value, problem) => {
		const bytes = sheetOf(['INV-1', formatted(value), IBAN], { formats: [format] });
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(problem)]);
	});

	test.each([
		['00000', 123, '00123'],
		['"INV-"000', 7, 'INV-007'],
		['"INV-"000', 12345, 'INV-12345'],
		['\\I\\N\\V0', 7, 'INV7'],
		['000"/26"', 7, '007/26'],
		['"2000-"000', 7, '2000-007'],
		['"INV-2026-0"00', 7, 'INV-2026-007'],
		['0', 123, 123],
		['General', 123, 123],
		['@', 123, 123],
	])('reads a reference with the format %j as it is shown', async (format, value, shown) => {
		expect(await referenceOf(format, value)).toBe(shown);
	});

	test.each([
		['00\\-00\\-00', 123456, '12-34-56'],
		['0000\\ 0000', 12345678, '1234 5678'],
		['000-000', 12345, '012-345'],
	])(
		'reads digits in groups (%j) as they are shown, or refuses them',
		async (format, value, shown) => {
			const bytes = sheetOf([formatted(value), 10, IBAN], { formats: [format] });
			const read = await referenceOf(format, value).catch(async () => await problemsOf(bytes));
			expect([shown, [expect.stringMatching(/^Cell A2 \(reference\)/)]]).toContainEqual(read);
		},
	);

	test.each([
		[14, 'date'],
		[15, 'date'],
		[17, 'date'],
		[21, 'time'],
		[22, 'date'],
		[45, 'time'],
		[57, 'date'],
	])('knows the built-in format %i as a date or a time', async (id, kind) => {
		const sheets = [{ rows: rowsXml([HEADERS, ['INV-1', formatted(0.5 + 46154), IBAN]]) }];
		const bytes = packChanged({ sheets, formats: ['0'] }, 'xl/styles.xml', (styles) =>
			styles.replace('<xf numFmtId="170"/>', `<xf numFmtId="${id}"/>`),
		);
		expect(kind).toMatch(/date|time/);
		expect(await problemsOf(bytes)).toEqual([
			expect.stringMatching(/B2 \(amount\) holds a (?:date|time)/),
		]);
	});

	test('does not let a format of thousands of digits fill the memory', async () => {
		const zeros = '0'.repeat(100_000);
		const bytes = sheetOf(['INV-1', 10, IBAN, formatted(1)], { formats: [zeros] });
		const read = await rowsOf(bytes).catch(async () => await problemsOf(bytes));
		expect(JSON.stringify(read).length).toBeLessThan(1_000);
	});

	test('reads a number that is smaller than any format shows, or refuses it', async () => {
		const bytes = sheetOf(['INV-1', formatted('1e-200'), IBAN], {
			formats: [`0.${'0'.repeat(101)}`],
		});
		expect(await problemsOf(bytes)).toEqual([expect.any(String)]);
	});
});

describe('what a person does not see', () => {
	const hidden = (attributes: string) =>
		rowXml(1, HEADERS) +
		rowXml(2, ['INV-1', 10, IBAN]) +
		rowXml(3, ['INV-2', 20, IBAN], attributes);

	test.each(['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"'])(
		'refuses, reads or skips a row with %s',
		async (attributes) => {
			const bytes = packRows([], { rows: hidden(attributes), name: 'July' });
			expect(await problemsOf(bytes)).toEqual([
				expect.stringMatching(/sheet 'July'.* hidden: 3 .*20/),
			]);
			const included = await readFile(bytes, { hiddenRows: 'include' });
			expect(included.rows.map(({ row }) => row)).toEqual([2, 3]);
			expect(included.summary).toMatchObject({ hidden_rows: 1 });
			const skipped = await readFile(bytes, { hiddenRows: 'skip' });
			expect(skipped.rows.map(({ row }) => row)).toEqual([2]);
		},
	);

	test('has nothing against hidden rows that are empty, or above the headers', async () => {
		const rows =
			rowXml(1, ['a note'], 'hidden="1"') +
			rowXml(2, HEADERS) +
			rowXml(3, [' '], 'hidden="1"') +
			rowXml(4, ['INV-1', 10, IBAN]);
		expect(await rowsOf(packRows([], { rows }))).toMatchObject([{ row: 4 }]);
	});

	test('says nothing of an odd value in a hidden row that is skipped', async () => {
		const odd = rowXml(3, ['INV-2', typed('e', '<v>#N/A</v>'), IBAN], 'hidden="1"');
		const rows = rowsXml(ROWS) + odd;
		expect(await rowsOf(packRows([], { rows }), { hiddenRows: 'skip' })).toEqual(READ);
	});

	test.each(['<col min="2" max="3" hidden="1"/>', '<col min="2" max="3" width="0"/>'])(
		'refuses hidden columns that are read: %s',
		async (column) => {
			const bytes = packRows(ROWS, { before: `<cols>${column}</cols>` });
			expect(await problemsOf(bytes)).toEqual([
				expect.stringMatching(/columns are hidden: B \(amount\), C \(iban\)/),
			]);
			expect(await rowsOf(bytes, { hiddenRows: 'include' })).toEqual(READ);
		},
	);

	test('has nothing against a hidden column that is not read', async () => {
		const before = '<cols><col min="4" max="16384" hidden="1"/></cols>';
		expect(await rowsOf(packRows(ROWS, { before }))).toEqual(READ);
	});

	test.each([
		['A2:A3', true],
		['B2:C2', true],
		['A2:D9', true],
		['D2:D3', false],
		['C2:D2', false],
		['A1:D1', false],
	])('merged cells %s are refused: %s', async (range, isRefused) => {
		const rows: Content[][] = [HEADERS, ['INV-1', 10, IBAN, 'x'], ['INV-2', 20, IBAN, 'y']];
		const after = `<mergeCells count="1"><mergeCell ref="${range}"/></mergeCells>`;
		const read = rowsOf(packRows(rows, { after }));
		if (isRefused) {
			await expect(read).rejects.toMatchObject({
				problems: [expect.stringMatching(new RegExp(`merged.* ${range}\\.`))],
			});
		} else {
			expect(await read).toHaveLength(2);
		}
	});

	test('reads a sheet with merged cells in its title and in its note', async () => {
		const rows: Content[][] = [['Payouts July 2026'], [], ...ROWS, ['Approved by: Zoé Maes']];
		const after = '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A5:D5"/></mergeCells>';
		expect(await rowsOf(packRows(rows, { after }))).toEqual([{ ...READ[0], row: 4 }]);
	});
});

describe('sheets', () => {
	const rows = rowsXml(ROWS);
	const june = { name: 'June', rows: rowsXml([HEADERS, ['JUN-1', 1, IBAN]]) };
	const july = { name: 'July', rows: rowsXml([HEADERS, ['JUL-1', 1, IBAN]]) };
	const notes = { name: 'Notes', rows: rowsXml([['Ask Zoé before paying'], ['or Ann']]) };

	test('refuses two sheets with payouts, and reads the one that is named or numbered', async () => {
		const bytes = packWorkbook({ sheets: [june, july] });
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/'June', 'July'/)]);
		const referencesOf = async (sheet: string) =>
			(await rowsOf(bytes, { sheet })).map(({ reference }) => reference);
		expect(await referencesOf('July')).toEqual(['JUL-1']);
		expect(await referencesOf('1')).toEqual(['JUN-1']);
		expect(await referencesOf('2')).toEqual(['JUL-1']);
	});

	test('counts all tabs, as a person does, when a sheet is chosen by its number', async () => {
		const chart = {
			rows: '',
			name: 'Chart',
			kind: 'chartsheet',
			path: 'xl/chartsheets/sheet1.xml',
			target: 'chartsheets/sheet1.xml',
		};
		expect(
			await rowsOf(packWorkbook({ sheets: [chart, june, july] }), { sheet: '2' }),
		).toMatchObject([{ reference: 'JUN-1' }]);
	});

	test('does not read a hidden sheet by a number that a person counts otherwise', async () => {
		const bytes = packWorkbook({ sheets: [{ ...june, state: 'hidden' }, july] });
		const read = await rowsOf(bytes, { sheet: '1' }).catch(() => []);
		expect(read).not.toMatchObject([{ reference: 'JUN-1' }]);
		expect(await rowsOf(bytes, { sheet: 'June' })).toMatchObject([{ reference: 'JUN-1' }]);
	});

	test.each(['August', '0', '3', '-1', '1.5'])('says which sheets there are: %s', async (sheet) => {
		expect(await problemsOf(packWorkbook({ sheets: [june, july] }), { sheet })).toEqual([
			`There is no sheet '${sheet}'. The workbook has 'June', 'July'.`,
		]);
	});

	test('takes the name of a sheet before its number', async () => {
		const bytes = packWorkbook({ sheets: [{ ...june, name: '2' }, july] });
		expect(await rowsOf(bytes, { sheet: '2' })).toMatchObject([{ reference: 'JUN-1' }]);
	});

	test('finds the payouts behind a sheet of notes, and names that sheet', async () => {
		const { summary } = await readFile(packWorkbook({ sheets: [notes, july] }));
		expect(summary).toMatchObject({ sheet: 'July', other_sheets: ['Notes'] });
		expect(summary.summary).toContain('other sheets: Notes');
	});

	test.each(['hidden', 'veryHidden'])(
		'refuses payouts that are only on a %s sheet',
		async (state) => {
			const bytes = packWorkbook({ sheets: [{ ...june, state }, notes] });
			expect(await problemsOf(bytes)).toEqual([
				expect.stringMatching(/^Only hidden sheets have payouts: 'June'/),
			]);
		},
	);

	test('does not take a sheet with nothing but headers for one with payouts', async () => {
		const template = { name: 'Template', rows: rowsXml([HEADERS]) };
		expect(await rowsOf(packWorkbook({ sheets: [template, july] }))).toMatchObject([
			{ reference: 'JUL-1' },
		]);
		expect(await problemsOf(packWorkbook({ sheets: [template] }))).toHaveLength(1);
	});

	test.each([
		['has no rows', [{ rows: '' }]],
		['has rows that are empty', [{ rows: '<row r="1"/><row r="2"><c r="A2"/></row>' }]],
	])('says that a workbook %s', async (_what, sheets) => {
		expect(await problemsOf(packWorkbook({ sheets }))).toEqual([
			expect.stringContaining('has no rows'),
		]);
	});

	test('says that a workbook without any sheet is damaged', async () => {
		expect(await problemsOf(packWorkbook({ sheets: [] }))).toEqual(DAMAGED);
	});

	test('shows names of sheets as they are', async () => {
		const { summary } = await readFile(
			packWorkbook({ sheets: [{ name: `Zoé & "Co" <1>`, rows }] }),
		);
		expect(summary.sheet).toBe(`Zoé & "Co" <1>`);
	});
});

describe('sheets that would take long', () => {
	test('reads past empty rows that a person has only coloured', async () => {
		const empty = '<row/>'.repeat(50_000);
		const rows = rowsXml(ROWS) + empty;
		expect(await rowsOf(packRows([], { rows }))).toEqual(READ);
	});

	test('refuses more rows with values than it reads', async () => {
		const rows = rowXml(1, HEADERS) + '<row><c><v>1</v></c></row>'.repeat(100_002);
		expect(await problemsOf(packRows([], { rows }))).toEqual([
			expect.stringContaining('has more than 100,000 rows'),
		]);
	});

	test('reads the payouts beside a sheet with more rows than it reads', async () => {
		const rows = '<row><c><v>1</v></c></row>'.repeat(100_150);
		const sheets = [{ rows: rowsXml(ROWS) }, { name: 'Transactions', rows }];
		expect(await rowsOf(packWorkbook({ sheets }))).toEqual(READ);
	});

	test('takes no more time and memory for a value in the last column than for one beside', async () => {
		const packWith = (column: string) => {
			const body = Array.from({ length: 1_000 }, (_, index) => {
				const row = rowXml(index + 2, [`INV-${index}`, 1, IBAN]);
				return row.replace('</row>', `<c r="${column}${index + 2}"><v>1</v></c></row>`);
			});
			return packRows([], { rows: rowXml(1, HEADERS) + body.join('') });
		};
		const last = packWith('XFD');
		expect(await rowsOf(last)).toHaveLength(1_000);
		// As lists of 16,384 values, 100,000 rows take more memory than there is.
		expect(await compareTimes(rowsOf, last, packWith('Z'))).toBeLessThan(4);
	});

	test('reads 10,000 merged ranges over 5,000 rows', async () => {
		const sheet = Array.from({ length: 5_000 }, (_, index) => rowXml(index + 2, [`R-${index}`, 1]));
		const ranges = Array.from(
			{ length: 10_000 },
			(_, index) => `<mergeCell ref="D${(index % 5_000) + 2}:D${(index % 5_000) + 3}"/>`,
		);
		const rows = rowXml(1, HEADERS) + sheet.join('');
		const bytes = packRows([], { rows, after: `<mergeCells>${ranges.join('')}</mergeCells>` });
		expect(await rowsOf(bytes)).toHaveLength(5_000);
	});

	test.each<[string, (size: number) => string]>([
		['opening signs', (size) => '<'.repeat(size)],
		['opening signs with an end', (size) => `${'<'.repeat(size)}>`],
		['attributes without values', (size) => `<row ${'a '.repeat(size / 2)}`],
		['attributes', (size) => `<row ${'a="" '.repeat(size / 5)}`],
		[
			'attributes with many spaces',
			(size) => `<row ${`a = ''${' '.repeat(1_000)}`.repeat(size / 1_006)}`,
		],
		['spaces in a tag', (size) => `<row${' '.repeat(size)}`],
		['a name', (size) => `<${'r'.repeat(size)}`],
		['quotation marks', (size) => `<row a=${'"'.repeat(size)}`],
		['a comment without an end', (size) => `<!--${'-'.repeat(size)}`],
		['ampersands', (size) => `<row><c><v>${'&'.repeat(size)}</v></c></row>`],
		['tags in tags', (size) => '<row>'.repeat(size / 5)],
		['sections', (size) => '<![CDATA['.repeat(size / 9)],
	])('refuses a megabyte of %s in a time that grows with it', async (_what, makeJunk) => {
		// Packed, it comes in pieces, each of which could be looked at again and again.
		const bytes = inputsOf((size) => {
			const sheet = `<worksheet>${makeJunk(size)}`;
			return packChanged({ sheets: [{ rows: '' }] }, SHEET, () => sheet);
		});
		expect(await problemsOf(bytes.large)).toEqual(DAMAGED);
		expect(await findSlowGrowth(problemsOf, bytes)).toBeUndefined();
	});

	test.each([
		['packed', false],
		['not packed', true],
	])('lets others work while it reads a sheet that is %s', async (_how, isStored) => {
		const sheet = Array.from({ length: 5_000 }, (_, index) => rowXml(index + 2, [`R-${index}`, 1]));
		const parts = { sheets: [{ rows: rowXml(1, HEADERS) + sheet.join('') }] };
		// Its end is missing, so that nothing but the sheet is read.
		const bytes = packChanged(parts, SHEET, (xml) => xml.replace('</worksheet>', ''), { isStored });
		let turns = 0;
		const giveTurn = async () => {
			turns++;
			await Promise.resolve();
		};
		await expect(readFile(bytes, {}, giveTurn)).rejects.toMatchObject({ problems: DAMAGED });
		// The other parts of the workbook take a turn each.
		expect(turns).toBeGreaterThan(10);
	});
});
