import fc from 'fast-check';
import { FileError } from '../../nodes/file/fileError';
import type { ReadSettings } from '../../nodes/file/sheet';
import { readFile, reported } from '../support/payoutFiles.mts';
import type { PayoutFile } from '../support/payoutFiles.mts';
import { formatted, listParts, rowsXml, typed } from '../support/workbooks.mts';
import { packZip } from '../support/zip.mts';

const IBAN = 'BE68539007547034';
const PARTS = listParts({
	formats: ['"INV-"000', 'dd.mm.yyyy', '0.00'],
	shared: ['<t>INV-1</t>', '<r><t>rich</t></r><r><t> text</t></r>'],
	sheets: [
		{
			name: 'July',
			rows: rowsXml([
				['Payouts'],
				['reference', 'amount', 'iban', 'remark'],
				[typed('s', '<v>0</v>'), 10.5, IBAN, typed('s', '<v>1</v>')],
				[formatted(2), formatted(20, 3), IBAN, formatted(46_154, 2)],
				['INV-3', typed('n', '<f>1+2</f><v>3</v>'), IBAN, typed('b', '<v>1</v>')],
			]),
			before: '<cols><col min="9" max="9" hidden="1"/></cols>',
			after: '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>',
		},
		{ name: 'Notes', rows: rowsXml([['nothing'], ['to pay']]) },
	],
});
const WHOLE = packZip(PARTS);

/** Rows, or undefined for a file that is refused; every other error fails the test. */
async function read(
	bytes: Uint8Array,
	settings: Partial<ReadSettings> = {},
): Promise<PayoutFile['rows'] | undefined> {
	try {
		const { rows, summary } = await readFile(bytes, { hiddenRows: 'include', ...settings });
		expect(summary.rows).toBe(rows.length);
		return rows;
	} catch (failure) {
		if (!(failure instanceof FileError)) throw failure;
		for (const problem of failure.problems) expect(problem).toMatch(/\.$/);
		expect(failure.problems).not.toHaveLength(0);
		return undefined;
	}
}

interface Change {
	kind: string;
	/** From 0 to 1. */
	at: number;
	length: number;
	byte: number;
}

/** A change of some bytes: others, none, or twice. */
const change: fc.Arbitrary<Change> = fc.record({
	kind: fc.constantFrom('set', 'cut', 'double', 'end', 'insert'),
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	length: fc.integer({ min: 1, max: 40 }),
	byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0x22, 0x26, 0x3c, 0x3e, 0xff)),
});
const changes = fc.array(change, { minLength: 1, maxLength: 3 });

function applyChanges(bytes: Uint8Array, list: readonly Change[]): Buffer {
	return list.reduce((before, { kind, at, length, byte }) => {
		const start = Math.floor(at * before.length);
		const [head, tail] = [before.subarray(0, start), before.subarray(start)];
		const more = tail.subarray(0, length);
		switch (kind) {
			case 'set':
				return Buffer.concat([head, Buffer.of(byte), tail.subarray(1)]);
			case 'insert':
				return Buffer.concat([head, Buffer.of(byte), tail]);
			case 'cut':
				return Buffer.concat([head, tail.subarray(length)]);
			case 'double':
				return Buffer.concat([head, more, tail]);
			default:
				return head;
		}
	}, Buffer.from(bytes));
}

test('random bytes are refused', async () => {
	const starts = [
		'',
		'PK\x03\x04',
		'\xd0\xcf\x11\xe0',
		'\xef\xbb\xbf',
		'\xff\xfe',
		'\x1f\x8b',
		'<',
		'ID;P',
	];
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...starts),
			fc.uint8Array({ maxLength: 300 }),
			async (start, bytes) => {
				expect(await read(Buffer.concat([Buffer.from(start, 'latin1'), bytes]))).toBeUndefined();
			},
		),
		{ numRuns: 60 },
	);
});

test('a damaged archive gives the rows that were in it, or none', async () => {
	const whole = await read(WHOLE);
	expect(whole).toHaveLength(3);
	await fc.assert(
		fc.asyncProperty(changes, async (list) => {
			const rows = await read(applyChanges(WHOLE, list));
			expect([whole, undefined]).toContainEqual(rows);
		}),
		{ numRuns: 50 },
	);
});

test('an archive with any single byte of its directory changed gives its rows, or none', async () => {
	const whole = await read(WHOLE);
	const start = WHOLE.readUInt32LE(WHOLE.length - 6);
	for (let at = start; at < WHOLE.length; at++) {
		if ((at - start) % 2 === 1) continue;
		const bytes = Buffer.from(WHOLE);
		bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
		expect([whole, undefined]).toContainEqual(await read(bytes));
	}
});

test('a workbook with damaged parts is read or refused', async () => {
	let readCount = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.nat(PARTS.length - 1),
			changes,
			fc.boolean(),
			async (damaged, list, isStored) => {
				const parts = PARTS.map((part, index) => {
					const content = Buffer.from(part.content);
					return {
						...part,
						isStored,
						content: index === damaged ? applyChanges(content, list) : content,
					};
				});
				if ((await read(packZip(parts))) !== undefined) readCount++;
			},
		),
		{ numRuns: 50 },
	);
	expect(readCount).toBeGreaterThan(0);
});

test('a workbook with tags and values of another is read or refused', async () => {
	const pieces = [
		'<row>',
		'</row>',
		'<row r="3" hidden="1"/>',
		'<c r="B4" s="2">',
		'<c t="s"><v>',
		'</c>',
		'<v>1e308</v>',
		'<v>-1</v>',
		'<f>',
		'<is><t>',
		'&#xD800;',
		'&amp;',
		']]>',
		'<![CDATA[',
		'<!--',
		' r="A999999999999999999999"',
		' s="-1"',
		' s="1e9"',
		' t="z"',
		'<mergeCell ref="A1:XFD1048576"/>',
		'<col min="-5" max="1e99" hidden="1"/>',
		'xmlns:x="x"',
	];
	const insertion = fc.tuple(
		fc.double({ min: 0, max: 1, noNaN: true }),
		fc.constantFrom(...pieces),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(insertion, { minLength: 1, maxLength: 4 }), async (list) => {
			const parts = PARTS.map((part) => {
				if (!part.path.endsWith('sheet1.xml')) return part;
				const content = list.reduce((xml, [at, piece]) => {
					const near = Math.floor(at * xml.length);
					const place = xml.indexOf('<', near);
					return place < 0 ? xml : xml.slice(0, place) + piece + xml.slice(place);
				}, String(part.content));
				return { ...part, content };
			});
			const rows = await read(packZip(parts));
			for (const row of rows ?? []) {
				for (const value of Object.values(row)) expect(value).not.toBe(Infinity);
			}
		}),
		{ numRuns: 50 },
	);
});

const junk = fc.string({
	unit: fc.constantFrom(...'",;\n\r\t=\' a1é\0', '""', '\r\n', '";"', 'sep=', IBAN),
	maxLength: 80,
});

test('random text under headers is read or refused, and every row is there', async () => {
	await fc.assert(
		fc.asyncProperty(
			junk,
			fc.constantFrom(',', ';', '\t'),
			junk,
			async (body, delimiter, above) => {
				const headers = ['reference', 'amount', 'iban', 'remark'].join(delimiter);
				const rows = await read(Buffer.from(`${headers}\n${body}`));
				const lineCount = body.split(/\r\n|\r|\n/).length;
				expect(rows?.length ?? 0).toBeLessThanOrEqual(lineCount);
				for (const row of rows ?? []) {
					expect(Object.keys(row)).toEqual(expect.arrayContaining(['row', 'reference', 'iban']));
					for (const value of Object.values(row)) {
						const pieces = String(value).split(/[\d\n\r"]/);
						for (const piece of pieces) expect(body + row.row).toContain(piece);
					}
				}
				await read(Buffer.from(`${above}\n${headers}\n${body}`));
				await read(Buffer.from(body), { headerRow: 'none' });
				await read(Buffer.from(body), { headerRow: 1, delimiter });
				await read(Buffer.from(body, 'utf16le'));
			},
		),
		{ numRuns: 50 },
	);
});

test('reported files with changed bytes are read or refused', async () => {
	const files = ['04-two-amounts.xlsx', '08-trailing-delimiters.csv', '05-swallowed-row.csv'].map(
		reported,
	);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...files),
			changes,
			fc.constantFrom('', 'windows-1252', 'windows-1251'),
			async (file, list, encoding) => {
				const rows = await read(applyChanges(file, list), { encoding });
				expect(rows?.length ?? 0).toBeLessThan(10);
			},
		),
		{ numRuns: 60 },
	);
});
