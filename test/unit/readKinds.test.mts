import { deflateRawSync, gzipSync } from 'node:zlib';
import { utils, write } from 'xlsx';
import type { BookType } from 'xlsx';
import { problemsOf, reported, rowsOf } from '../support/payoutFiles.mts';
import { packZip } from '../support/zip.mts';

const ROWS = [
	['reference', 'amount', 'iban'],
	['INV-1', 10, 'BE68539007547034'],
];
const TABLE = `<table>${ROWS.map((row) => `<tr>${row.map((value) => `<td>${value}</td>`).join('')}</tr>`).join('')}</table>`;

function writeAs(bookType: BookType): Buffer {
	const workbook = utils.book_new();
	utils.book_append_sheet(workbook, utils.aoa_to_sheet(ROWS), 'Payouts');
	return write(workbook, { type: 'buffer', bookType }) as Buffer;
}

function archiveOf(...paths: string[]): Buffer {
	return packZip(paths.map((path) => ({ path, content: '<x/>' })));
}

/** The beginning of a compound file, in which Excel keeps old workbooks and encrypted ones. */
function compoundFile(stream: string): Buffer {
	const bytes = Buffer.alloc(2_048);
	bytes.write('d0cf11e0a1b11ae1', 'hex');
	bytes.write(stream, 1_024, 'utf16le');
	return bytes;
}

describe('what is no sheet that can be read', () => {
	const XLSX = /save it as an Excel workbook \(\.xlsx\)/;

	test.each<[string, Uint8Array | string, RegExp, RegExp]>([
		['XLS', writeAs('biff8'), /old format of Excel/, XLSX],
		['XLS of Excel 95', writeAs('biff5'), /old format of Excel/, XLSX],
		['XLS of Excel 4', writeAs('biff4' as BookType), /./, XLSX],
		['ODS', writeAs('ods'), /OpenDocument/, XLSX],
		['flat ODS', writeAs('fods'), /XML|OpenDocument/, XLSX],
		['XLSB', writeAs('xlsb'), /\.xlsb/, XLSX],
		['SYLK', writeAs('sylk'), /SYLK/, XLSX],
		['XML of Excel 2003', writeAs('xlml'), /XML Spreadsheet 2003/, XLSX],
		['a web page', writeAs('html'), /web page/, XLSX],
		['a web page called .xls', reported('11-really-html.xls'), /web page/, XLSX],
		['a web page with a DOCTYPE', `\ufeff\n<!DOCTYPE html><html>${TABLE}</html>`, /web page/, XLSX],
		['a table alone', TABLE, /web page/, XLSX],
		['XHTML', `<?xml version="1.0"?>\n<html>${TABLE}</html>`, /web page/, XLSX],
		['other XML', '<?xml version="1.0"?><Document/>', /XML/, XLSX],
		['Numbers', archiveOf('Index/Document.iwa', 'Metadata/Properties.plist'), /Numbers/, /Export/],
		['older Numbers', archiveOf('Index.zip', 'preview.jpg'), /Numbers/, /Export/],
		[
			'DOCX',
			archiveOf('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
			/Word/,
			/Copy its table/,
		],
		[
			'PPTX',
			archiveOf('[Content_Types].xml', '_rels/.rels', 'ppt/presentation.xml'),
			/presentation/,
			/sheet/,
		],
		['ZIP', archiveOf('payouts.csv'), /packed/, /Unpack it/],
		['an empty ZIP', packZip([]), /packed|damaged/, /Unpack|save it/],
		['PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', /PDF/, /Ask for the sheet/],
		['PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /picture/, /Ask for the sheet/],
		['JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), /picture/, /Ask for the sheet/],
		['RTF', '{\\rtf1\\ansi reference', /text document/, /Copy its table/],
		['JSON', JSON.stringify([{ reference: 'INV-1' }], null, 2), /JSON/, /Extract from File/],
		['a JSON object', JSON.stringify({ rows: ROWS }), /JSON/, /Extract from File/],
		['JSON of lists', JSON.stringify(ROWS), /JSON/, /Extract from File/],
		['gzip', gzipSync('reference,amount'), /packed/, /Unpack it/],
		['7z', Buffer.from('377abcaf271c0004', 'hex'), /packed/, /Unpack it/],
		['RAR', Buffer.from('526172211a0700', 'hex'), /packed/, /Unpack it/],
		['a password', compoundFile('EncryptedPackage'), /password/, /without one/],
		['an old workbook', compoundFile('Workbook'), /old format of Excel/, XLSX],
		['nothing', '', /empty/, /Save it again/],
		['a mark alone', '\ufeff', /no rows|empty/, /./],
		['spaces', ' \r\n \r\n', /no rows|empty/, /./],
		['junk with zeros', Buffer.from([1, 2, 3, 0, 0, 0, 4, 5, 0, 9]), /neither/, XLSX],
		['junk', deflateRawSync(Buffer.from('a'.repeat(50) + 'bcdefg')), /./, /save|Save|header/],
		['other text', 'Dear Zoé,\n\nplease pay.\n', /No row has the headers/, /header/],
	])('says what %s is, and what to do', async (_kind, bytes, what, advice) => {
		const problems = await problemsOf(bytes);
		expect(problems).toEqual([expect.stringMatching(what)]);
		expect(problems).toEqual([expect.stringMatching(advice)]);
	});

	test('says what a web page in UTF-16 is', async () => {
		const bytes = Buffer.from(`\ufeff<html>${TABLE}</html>`, 'utf16le');
		expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/web page/)]);
	});

	test('says that a file is too large', async () => {
		expect(await problemsOf(new Uint8Array(50 * 1024 * 1024 + 1))).toEqual([
			expect.stringMatching(/more than 50 MB/),
		]);
	});

	test('gives each file one sentence, or a few, that end', async () => {
		for (const bytes of [writeAs('biff8'), writeAs('ods'), archiveOf('a'), '', '%PDF', '{"a":1}']) {
			const [problem] = await problemsOf(bytes);
			expect(problem).toMatch(/^(?:The file|No row) .*\.$/);
		}
	});
});

describe('what looks like another kind, but is a sheet', () => {
	test.each([
		['begins with ID;P, as SYLK does', 'ID;Payee;amount;iban\nINV-1;Ann;10;BE68539007547034\n'],
		['is named after a PDF', 'PDF;reference;amount;iban\nx;INV-1;10;BE68539007547034\n'],
		['begins with PK', 'PK;reference;amount;iban\nx;INV-1;10;BE68539007547034\n'],
		['begins with a bracket', '[1] July\nreference;amount;iban\nINV-1;10;BE68539007547034\n'],
		['begins with a brace', '{July}\nreference;amount;iban\nINV-1;10;BE68539007547034\n'],
		['begins with a sign', '<- July ->\nreference;amount;iban\nINV-1;10;BE68539007547034\n'],
		['begins with empty lines', '\n\n\nreference;amount;iban\nINV-1;10;BE68539007547034\n'],
		['is UTF-16 without a mark', Buffer.from('reference;amount;iban\nINV-1;10;B\n', 'utf16le')],
	])('reads a file that %s', async (_how, bytes) => {
		expect(await rowsOf(bytes)).toMatchObject([{ amount: '10' }]);
	});

	test.each(['xlsx', 'xlsm'] as const)('reads %s', async (bookType) => {
		expect(await rowsOf(writeAs(bookType))).toEqual([
			{ row: 2, reference: 'INV-1', amount: 10, iban: 'BE68539007547034' },
		]);
	});
});
