import iconv from 'iconv-lite';
import { FileError } from '../../nodes/file/fileError';
import { CODE_PAGES } from '../../nodes/payout/text/codePages';
import { readText } from '../../nodes/payout/text/readText';
import { findSlowGrowth, inputsOf } from '../support/growth.mts';
import { problemsOf, readFile, reported, rowsOf } from '../support/payoutFiles.mts';

const IBAN = 'BE68539007547034';
const HEADERS = 'reference,amount,iban,remark';
const READ = [{ row: 2, reference: 'INV-1', amount: '10.50', iban: IBAN, remark: 'x' }];

/** Lines of a file, the last one with its end, too. */
function linesOf(...lines: string[]): string {
	return `${lines.join('\n')}\n`;
}

/** What is read of a value, as the file writes it. */
async function remarkOf(written: string): Promise<unknown> {
	const rows = await rowsOf(linesOf(HEADERS, `INV-1,10,${IBAN},${written}`));
	expect(rows).toMatchObject([{ row: 2, reference: 'INV-1', amount: '10', iban: IBAN }]);
	return rows[0]?.remark;
}

describe('reported files', () => {
	test.each([
		['04-two-amounts.csv', /^Two columns are called 'amount': columns C and D/],
		['05-swallowed-row.csv', /quotation mark in line 3 makes one cell of a whole row/],
		['09-one-bad-line.csv', /^Line 3 has 10 values for 9 columns.*thousands/],
		['09-one-bad-line.txt', /^Line 3 has 10 values for 9 columns.*thousands/],
	])('refuses %s and names the place: %s', async (name, problem) => {
		expect(await problemsOf(reported(name))).toEqual([expect.stringMatching(problem)]);
	});

	test('no name of 06-localised-errors.csv can be paid', async () => {
		const rows = await rowsOf(reported('06-localised-errors.csv'));
		expect(rows).toHaveLength(9);
		for (const { recipient_last_name: name } of rows) {
			expect([name, readText(name, 'name', 'The name')]).toEqual([
				name,
				{ problem: expect.any(String) },
			]);
		}
	});

	test('reads the rows of 08-trailing-delimiters.csv', async () => {
		expect(await rowsOf(reported('08-trailing-delimiters.csv'))).toMatchObject([
			{ row: 2, reference: 'INV-1', amount: '10.00', recipient_last_name: 'Maes' },
			{ row: 3, reference: 'INV-2', amount: '20.00', recipient_last_name: 'Maes' },
		]);
	});

	test('skips the empty rows of 14-empty-rows.csv', async () => {
		const { rows, summary } = await readFile(reported('14-empty-rows.csv'));
		expect(rows.map(({ row, reference }) => [row, reference])).toEqual([[2, 'INV-1']]);
		expect(summary.empty_rows).toBe(30);
	});

	test('reads the reference of 15-x-escape.csv as it is written', async () => {
		expect(await rowsOf(reported('15-x-escape.csv'))).toMatchObject([
			{ reference: 'PAY_x2024_07' },
		]);
	});

	test('finds the headers of 16-title-above.csv', async () => {
		const { rows, summary } = await readFile(reported('16-title-above.csv'));
		expect(rows).toMatchObject([{ row: 4, reference: 'INV-1', amount: '10.00' }]);
		expect(summary.header_row).toBe(3);
	});
});

describe('values', () => {
	test.each([
		['plain', 'plain'],
		['"in quotes"', 'in quotes'],
		['"with a, comma"', 'with a, comma'],
		['"with ""quotes"""', 'with "quotes"'],
		['""', ''],
		['""""', '"'],
		['a "nick" name', 'a "nick" name'],
		['5" pipe', '5" pipe'],
		['  spaces  ', '  spaces  '],
		['="00123"', '00123'],
		['"=""00123"""', '00123'],
		['="a""b"', '="a""b"'],
		["'=1+1", '=1+1'],
		["'+3212345678", '+3212345678'],
		["'-5", '-5'],
		["'@zoe", '@zoe'],
		["'t Hart", "'t Hart"],
		["'s-Gravenhage", "'s-Gravenhage"],
		["O'Brien", "O'Brien"],
		['00123', '00123'],
		['1e5', '1e5'],
		['ÄÖ 王小明 😀', 'ÄÖ 王小明 😀'],
		['#1 of 2', '#1 of 2'],
	])('reads %s as %j', async (written, value) => {
		expect(await remarkOf(written)).toBe(value);
	});

	test('reads a description of two lines, and counts rows as Excel and lines as an editor', async () => {
		const bytes = linesOf(
			HEADERS,
			`INV-1,10,${IBAN},"Invoice 1`,
			'of July, second part"',
			`INV-2,20,${IBAN},y`,
		);
		expect(await rowsOf(bytes)).toMatchObject([
			{ row: 2, remark: 'Invoice 1\nof July, second part' },
			{ row: 3, remark: 'y' },
		]);
		expect(await problemsOf(`${bytes}INV-3,1,250.00,${IBAN},z\n`)).toEqual([
			expect.stringMatching(/^Line 5 has 5 values for 4 columns/),
		]);
	});

	test('reads an address with commas in a file of three columns', async () => {
		const one = linesOf('reference,amount,address', 'INV-1,10,"Rue de la Loi 1, Box 2, Brussels"');
		expect(await rowsOf(one)).toMatchObject([{ address: 'Rue de la Loi 1, Box 2, Brussels' }]);
		const two = linesOf(
			'reference,amount,address',
			'INV-1,10,"Rue de la Loi 1, Box 2\nB-1000 Brussels, Belgium"',
		);
		expect(await rowsOf(two)).toHaveLength(1);
	});

	test('reads an address of two lines with as many commas as the file has', async () => {
		const bytes = linesOf(
			'reference,amount,address',
			'INV-1,10,"Rue de la Loi 1, Box 2\nB-1000 Brussels, Brabant, Belgium"',
		);
		expect(await rowsOf(bytes)).toHaveLength(1);
	});

	test.each([
		['\n', 'Unix'],
		['\r\n', 'Windows'],
		['\r', 'old Macs'],
	])('reads lines that end with %j, as on %s', async (end) => {
		const lines = [HEADERS, `INV-1,10.50,${IBAN},x`];
		expect(await rowsOf(lines.join(end))).toEqual(READ);
		expect(await rowsOf(lines.join(end) + end)).toEqual(READ);
		expect(await rowsOf(lines.join(end) + end + end)).toEqual(READ);
	});

	test('reads rows with fewer values than columns', async () => {
		expect(await rowsOf(linesOf(HEADERS, `INV-1,10,${IBAN}`))).toEqual([
			{ row: 2, reference: 'INV-1', amount: '10', iban: IBAN, remark: '' },
		]);
	});

	test('reads empty values behind the last column, and refuses others', async () => {
		expect(await rowsOf(linesOf(HEADERS, `INV-1,10.50,${IBAN},x,, ,`))).toEqual(READ);
		expect(await problemsOf(linesOf(HEADERS, `INV-1,10.50,${IBAN},x,,y`))).toEqual([
			expect.stringMatching(/^Line 2 has 6 values for 4 columns.*comma.*quotation marks/),
		]);
	});

	test('keeps a name in quotes with spaces around it in one piece, or refuses it', async () => {
		expect(await problemsOf(linesOf(HEADERS, `INV-1, 10, ${IBAN}, "Maes, Zoé"`))).toEqual([
			expect.stringMatching(/^Line 2 /),
		]);
		expect(await remarkOf('"Maes, Zoé" ')).toBe('Maes, Zoé');
	});
});

describe('quotation marks that are not where they belong', () => {
	const ROW = `INV-1,10,${IBAN},x`;

	test.each([
		['is never closed', [`INV-2,20,${IBAN},"y`, `INV-3,30,${IBAN},z`], /line 3 is not closed/],
		[
			'is closed in the next row',
			[`INV-2,20,${IBAN},"y`, `INV-3,30,${IBAN},z"`],
			/line 3 makes one/,
		],
		['begins a reference', [`"INV-2,20,${IBAN},y`, `INV-3",30,${IBAN},z`], /line 3 makes one/],
		[
			'is closed many rows later',
			[`INV-2,20,${IBAN},"y`, ...Array<string>(9).fill(ROW), `INV-3,30,${IBAN},"z"`],
			/line 3|line 13/,
		],
		['is followed by a letter', [`INV-2,20,${IBAN},"y"z`], /line 3, text follows/],
		['stands inside of quotes', [`INV-2,20,${IBAN},"a "b" c"`], /line 3, text follows/],
		['swallows a row that ends early', [`INV-2,20,${IBAN},"y`, `INV-3,30,${IBAN}"`], /line 3/],
	])('refuses one that %s', async (_what, lines, problem) => {
		expect(await problemsOf(linesOf(HEADERS, ROW, ...lines))).toContainEqual(
			expect.stringMatching(problem),
		);
	});

	test('refuses one in the headers that swallows the first row', async () => {
		const bytes = linesOf('reference,amount,iban,"remark', `${ROW}"`, `INV-2,20,${IBAN},y`);
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/line 1/)]);
	});

	test('refuses one in the first row of a file without headers', async () => {
		const bytes = linesOf(`INV-1,10,${IBAN},"x`, `INV-2,20,${IBAN},y"`, `INV-3,30,${IBAN},z`);
		expect(await problemsOf(bytes, { headerRow: 'none' })).toEqual([
			expect.stringMatching(/line 1/),
		]);
	});

	test.each(['', ',', ',,,'])(
		'refuses a whole row in quotes, with %j behind it',
		async (behind) => {
			const bytes = linesOf(HEADERS, ROW, `"INV-2,20,${IBAN},"${behind}`, ROW);
			expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/line 3/i)]);
		},
	);

	test('does not lose a note of a row in quotes with some commas', async () => {
		expect(await rowsOf(linesOf(HEADERS, `INV-1,10,${IBAN},"a, b, c, d, e"`))).toHaveLength(1);
	});

	test('says in which line one stands above the headers that swallows them', async () => {
		const bytes = linesOf('"Payouts of July', HEADERS, ROW);
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/line 1 is not closed/)]);
	});

	test('lists many, and does not go on for ever', async () => {
		const lines = Array.from({ length: 500 }, (_, index) => `INV-${index},1,${IBAN},"y"z`);
		const problems = await problemsOf(linesOf(HEADERS, ...lines));
		expect(problems.length).toBeGreaterThan(5);
		expect(problems.length).toBeLessThan(50);
	});

	test('names the lines of a file whose first line names the delimiter', async () => {
		const bytes = linesOf('sep=,', HEADERS, ROW, `INV-2,20,${IBAN},"y"z`);
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/line 4/)]);
	});
});

describe('delimiters', () => {
	const lines = [HEADERS, `INV-1,10.50,${IBAN},x`];

	test.each([',', ';', '\t', '|', '^', '~', ':'])('finds %j', async (delimiter) => {
		expect(await rowsOf(lines.join('\n').replaceAll(',', delimiter))).toEqual(READ);
	});

	test.each(['|', '\\', ']', '^', '-', '.', '*', 'x', ' '])(
		'takes %j where it is set',
		async (delimiter) => {
			const bytes = ['reference,amount,iban', `INV-1,10,${IBAN}`]
				.join('\n')
				.replaceAll(',', delimiter);
			const expected = { row: 2, reference: 'INV-1', amount: '10', iban: IBAN };
			if (delimiter === '-') {
				expect(await problemsOf(bytes, { delimiter })).toEqual([expect.stringMatching(/^Line 2/)]);
			} else {
				expect(await rowsOf(bytes, { delimiter })).toEqual([expected]);
			}
		},
	);

	test('takes the one that the file names, which the setting goes before', async () => {
		const bytes = `sep=/\r\n${lines.join('\r\n').replaceAll(',', '/')}`;
		expect(await rowsOf(bytes)).toEqual(READ);
		expect(await rowsOf(`\ufeff${bytes}`)).toEqual(READ);
		expect(await rowsOf(bytes.replace('sep=/', 'SEP=;'), { delimiter: '/' })).toEqual(READ);
	});

	test('is not misled by other signs in texts', async () => {
		const bytes = linesOf(
			'Payouts; of July; for: Ann | Bob',
			HEADERS,
			`INV-1,10.50,${IBAN},a;b;c;d;e;f`,
		);
		expect(await rowsOf(bytes)).toMatchObject([{ row: 3, remark: 'a;b;c;d;e;f' }]);
	});

	test('reads amounts with a decimal comma between semicolons', async () => {
		const bytes = linesOf('reference;amount;iban', `INV-1;100,50;${IBAN}`, `INV-2;7,25;${IBAN}`);
		const { rows, summary } = await readFile(bytes);
		expect(rows.map(({ amount }) => amount)).toEqual(['100.50', '7.25']);
		expect(summary).toMatchObject({ decimal_separator: ',' });
		expect(summary.summary).toContain('separated by a semicolon');
	});

	test('refuses amounts with a decimal comma between commas', async () => {
		expect(await problemsOf(linesOf('reference,amount,iban', `INV-1,100,50,${IBAN}`))).toEqual([
			expect.stringMatching(/^Line 2 has 4 values for 3 columns/),
		]);
	});
});

describe('encodings', () => {
	const TEXT = `${HEADERS}\nINV-1,10.50,${IBAN},Zoé Łęcka 王\n`;
	const bytesOf = (text: string, encoding: 'utf8' | 'utf16le') => Buffer.from(text, encoding);
	const remark = async (bytes: Uint8Array, encoding = '') =>
		(await rowsOf(bytes, { encoding }))[0]?.remark;

	test.each([
		['UTF-8', bytesOf(TEXT, 'utf8')],
		['UTF-8 with a mark', bytesOf(`\ufeff${TEXT}`, 'utf8')],
		['UTF-16 LE', bytesOf(TEXT, 'utf16le')],
		['UTF-16 LE with a mark', bytesOf(`\ufeff${TEXT}`, 'utf16le')],
		['UTF-16 BE', bytesOf(TEXT, 'utf16le').swap16()],
		['UTF-16 BE with a mark', bytesOf(`\ufeff${TEXT}`, 'utf16le').swap16()],
	])('reads %s', async (_name, bytes) => {
		expect(await remark(bytes)).toBe('Zoé Łęcka 王');
	});

	test('reads the first column after a mark as it is called', async () => {
		const [row] = await rowsOf(bytesOf(`\ufeff${TEXT}`, 'utf8'));
		expect(Object.keys(row ?? {})).toEqual(['row', 'reference', 'amount', 'iban', 'remark']);
	});

	test.each(Object.keys(CODE_PAGES))('reads every letter of %s', async (encoding) => {
		const bytes = Uint8Array.from({ length: 128 }, (_, index) => 128 + index);
		const letters = iconv.decode(Buffer.from(bytes), encoding);
		const certain = [...bytes].filter(
			(_, index) => !/[\u0080-\u009f\ufffd]/.test(letters[index] ?? ''),
		);
		const file = Buffer.concat([
			Buffer.from(`${HEADERS}\nINV-1,10.50,${IBAN},`),
			Uint8Array.from(certain),
			Buffer.from('\n'),
		]);
		const shown = iconv.decode(Buffer.from(certain), encoding);
		expect(certain.length).toBeGreaterThan(100);
		expect(await remark(file, encoding)).toBe(shown);
		expect(await problemsOf(file)).toEqual([
			expect.stringContaining('an older encoding of Windows'),
		]);
	});

	test.each(Object.keys(CODE_PAGES).filter((page) => page !== 'windows-1256'))(
		'refuses every byte that %s does not have',
		async (encoding) => {
			const unknown = Array.from({ length: 128 }, (_, index) => 128 + index).filter((byte) =>
				/[\u0080-\u009f\ufffd]/.test(iconv.decode(Buffer.of(byte), encoding)),
			);
			expect(unknown.length).toBeGreaterThan(0);
			const start = Buffer.from(`${HEADERS}\nINV-1,10.50,${IBAN},`);
			const readBytes: number[] = [];
			for (const byte of unknown) {
				const bytes = Buffer.concat([start, Buffer.of(byte)]);
				await rowsOf(bytes, { encoding }).then(
					() => readBytes.push(byte),
					(failure) => expect(failure).toBeInstanceOf(FileError),
				);
			}
			expect(readBytes).toEqual([]);
		},
	);

	test('reads Unicode with a mark as that, whatever code page is set', async () => {
		const encoding = 'windows-1252';
		expect(await remark(bytesOf(`\ufeff${TEXT}`, 'utf8'), encoding)).toBe('Zoé Łęcka 王');
		expect(await remark(bytesOf(`\ufeff${TEXT}`, 'utf16le'), encoding)).toBe('Zoé Łęcka 王');
	});

	test('refuses UTF-16 that ends within a letter', async () => {
		const bytes = bytesOf(`\ufeff${TEXT}`, 'utf16le');
		expect(await problemsOf(bytes.subarray(0, -1))).toHaveLength(1);
	});

	test('refuses UTF-8 that was cut within a letter', async () => {
		const bytes = bytesOf(`${HEADERS}\nINV-1,10.50,${IBAN},Zoé`, 'utf8');
		expect(await problemsOf(bytes.subarray(0, -1))).toHaveLength(1);
	});

	test.each(['Ћирилица', 'ыы', 'Ëmri', 'ŋ'])('reads a file that begins with %s', async (first) => {
		expect(await rowsOf(linesOf(first, HEADERS, `INV-1,10.50,${IBAN},x`))).toEqual([
			{ ...READ[0], row: 3 },
		]);
	});
});

describe('files that would take long', () => {
	const MEGABYTE = 1_048_576;

	test.each<[string, (size: number) => string]>([
		['one quotation mark and much text', (size) => `"${'a'.repeat(size)}`],
		['an even number of quotation marks', (size) => '"'.repeat(2 * Math.ceil(size / 2))],
		['an odd number of quotation marks', (size) => '"'.repeat(2 * Math.ceil(size / 2) + 1)],
		['one line without delimiters', (size) => 'a'.repeat(size)],
		['delimiters in a line', (size) => ','.repeat(size / 10)],
		['values in a line', (size) => 'a,'.repeat(size / 10)],
		['a long header', (size) => `reference,amount,iban,${'é '.repeat(size / 3)}`],
		['accents in a header', (size) => `reference,amount,iban,${'e\u0301\u0301'.repeat(size / 5)}`],
		['line breaks', (size) => '\n'.repeat(size / 4)],
		['spaces', (size) => ' '.repeat(size)],
		['quotes and line breaks', (size) => '"\n'.repeat(size / 2)],
		['quotes and delimiters', (size) => '",'.repeat(size / 2)],
		['columns', (size) => Array.from({ length: size / 64 }, (_, index) => `a${index}`).join(',')],
		[
			'rows that a quotation mark swallows',
			(size) => `${HEADERS}\nI,1,${IBAN},"x\n${`I,1,${IBAN},x\n`.repeat(size / 24)}"`,
		],
	])('refuses %s in a time that grows with them', async (_what, make) => {
		const texts = inputsOf(make, MEGABYTE / 2);
		expect((await problemsOf(texts.large)).join(' ').length).toBeLessThan(20_000);
		expect(await findSlowGrowth(problemsOf, texts)).toBeUndefined();
	});

	test('reads a header of a megabyte beside others, and a value of a megabyte', async () => {
		const long = 'a b '.repeat(MEGABYTE / 4);
		const bytes = `reference,amount,iban,${long}\nINV-1,10,${IBAN},${long}\n`;
		expect(await rowsOf(bytes)).toMatchObject([{ reference: 'INV-1' }]);
	});

	test('reads 16,000 columns whose headers could mean a field', async () => {
		const texts = inputsOf((size) => {
			const more = Array.from({ length: size }, (_, index) => `invoice date ${index}`);
			return linesOf(`reference,amount,iban,${more.join(',')}`, `INV-1,10,${IBAN}`);
		}, 16_000);
		expect(await rowsOf(texts.large)).toMatchObject([{ reference: 'INV-1' }]);
		expect(await findSlowGrowth(rowsOf, texts)).toBeUndefined();
	});

	test('refuses more rows than it reads', async () => {
		const bytes = `${HEADERS}\n${`I,1,${IBAN},x\n`.repeat(100_001)}`;
		expect(await problemsOf(bytes)).toEqual([expect.stringContaining('more than 100,000 rows')]);
	});
});
