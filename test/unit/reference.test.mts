import fc from 'fast-check';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import { readReference } from '../../nodes/payout/formats/reference';

/** The reference as it is read, or the sentence that refuses it. */
function read(value: unknown): { reference: string } | { refusal: string } {
	const refusals: string[] = [];
	const reference = readReference(value, (_field, message) => refusals.push(message));
	return refusals.length > 0 ? { refusal: refusals.join(' ') } : { reference };
}

function refusalOf(value: unknown): string {
	const result = read(value);
	return 'refusal' in result ? result.refusal : `It was read as '${result.reference}'.`;
}

describe('a number', () => {
	test.each([0, 1, 7, 2024, 20240001, -5, 999_999_999_999_999])('%p is its digits', (number) => {
		expect(read(number)).toEqual({ reference: String(number) });
	});

	// 1234567890123456 is 1234567890123450 in Excel, and another one may be, too.
	test.each([2024.1, 0.5, 1e-7, -0, 1e15, 1234567890123450, 2 ** 53, 1e21, NaN, Infinity])(
		'%p is refused, because another number may have become it',
		(number) => {
			expect(refusalOf(number)).toMatch(
				/arrived as a number.*column as text.*Excel.*Format Cells.*Google Sheets.*Plain text/,
			);
		},
	);

	test('is never the reference of a text that a spreadsheet would turn into it', () => {
		const typed = fc.stringMatching(/^[1-9]\d{0,20}(\.\d{0,3}[1-9]0?)?$/);
		fc.assert(
			fc.property(typed, (text) => {
				const asNumber = read(Number(text));
				if ('reference' in asNumber) expect(read(text)).toEqual(asNumber);
			}),
			{ numRuns: 1_000, examples: [['2024.10'], ['2024.1'], ['1234567890123456']] },
		);
	});

	test('with a fraction is refused, whatever it is', () => {
		fc.assert(
			fc.property(fc.double(), (number) => {
				const isWhole = Number.isSafeInteger(number) && Math.abs(number) < 1e15;
				const accepted = 'reference' in read(number);
				expect(accepted).toBe(isWhole && !Object.is(number, -0));
			}),
			{ numRuns: 2_000 },
		);
	});
});

test.each([true, false, new Date(0), ['INV-1'], { id: 1 }, () => 'INV-1', Symbol('INV-1'), 10n])(
	'%p is refused, because it is no text',
	(value) => {
		expect(refusalOf(value)).toMatch(/^The reference is (?:not text but |a date, )/);
	},
);

test.each([
	'undefined',
	' undefined ',
	'null',
	' null\n',
	'Null',
	'NaN',
	'Infinity',
	'-Infinity',
	'[object Object]',
	'[object Array]',
	'[undefined]',
	'[null]',
	'[Object: null prototype] { }]',
	'[object Object],[object Object]',
	'[Array: [1, 2]]',
	'[Object: {"id": 1}]',
	'Invalid Date',
	'Invalid DateTime',
	'\ufeffundefined',
	"'undefined",
	'INV-undefined',
	'undefined-7',
	'INVundefined',
	'INV-[object Object]',
	'INV-NaN',
	'null/7',
	'INV-Invalid Date',
	'ｎｕｌｌ',
])('%p is refused, because it stands for a missing value', (text) => {
	expect(refusalOf(text)).toMatch(/stands for a missing value\. Map the right column/);
});

test.each([
	'12345e67',
	'1e5',
	'2024E15',
	'0x10',
	'Nullmeridian 7',
	'NANCY-1',
	'nullify',
	'Infinity Ltd 7',
	'INV-nan',
	'An object',
	'2024.10',
	'2024.1',
	'007',
	'7',
	'-0',
	'1,5',
	'{7}',
	'a=b',
	'#1',
	'Rechnung 5 / März',
	'Счёт А-1',
	'Рахунок #7',
	'Τιμολόγιο 12',
	'"A" and "B"',
	"O'Neill 1",
	'発注書 7',
	'せいきゅう-12',
	'חשבון 7',
	'فاتورة',
	'ใบแจ้งหนี้ 3',
	'청구서-3',
	'Quyết toán 5',
	'Łódź-7',
	'Þórður 1',
	'Szőlő 3',
	'#INV',
	'#A/P-1',
	'Накладная 5',
	'X_x20_1',
])('%p is a reference as it is', (text) => {
	expect(read(text)).toEqual({ reference: text });
});

test.each([
	['1.23457E+11', /last digits.*column as text/],
	['1001.0', /arrived as a number.*column as text/],
	['1001,00', /arrived as a number.*column as text/],
	['-7.000', /arrived as a number.*column as text/],
])('%p is refused, because a program has made a number of it', (text, sentence) => {
	expect(refusalOf(text)).toMatch(sentence);
});

// Excel and openpyxl write a tab as _x0009_, and read PAY_x2024_07 as another text; CSV keeps it.
test.each(['PAY_x2024_07', 'a_xABCD_', '_x000D_1', 'INV_X00e9_7'])(
	'%p is refused, because spreadsheet programs read it in different ways',
	(text) => {
		expect(refusalOf(text)).toMatch(
			/_x\w{4}_', which spreadsheet programs read in different ways/i,
		);
	},
);

test.each(['-', '.', '#', '/ /', '***', '()', '--'])('%p is refused: nothing is in it', (text) => {
	expect(refusalOf(text)).toMatch(/no letter and no digit/);
});

test.each([
	['Nº 12', 'No 12'],
	['N°12', 'No12'],
	['№ 12', 'No 12'],
	['Счёт № 12', 'Счёт # 12'],
	['Рахунок №7', 'Рахунок #7'],
	['Plată-Ștefan', 'Plată-Ştefan'],
	['ＩＮＶ－１２', 'INV-12'],
	['oﬃce…1', 'office...1'],
	['Ⅷ/2024', 'VIII/2024'],
	['ﾃｽﾄ 1', 'テスト 1'],
	['ﻻﻣ 1', 'لام 1'],
	['ĳzer 1', 'ijzer 1'],
])('%p is read as %p, which looks the same', (text, reference) => {
	expect(read(text)).toEqual({ reference });
});

test.each([
	['10²', '102'],
	['①', '1'],
	['½', '1/2'],
	['INV™', 'INVTM'],
	['Ⓐ-1', 'A-1'],
	['㈱ 7', '(株) 7'],
	['xᵃ', 'xa'],
	['1⁵', '15'],
	['𝟙₂', '12'],
])('%p is not read as %p, which a reader can tell from it', (text, other) => {
	expect(refusalOf(text)).toMatch(/can be taken for another one/);
	expect(read(text)).not.toEqual({ reference: other });
});

test.each([
	'Счёт INV-1',
	'Invoice Счёт-1',
	'発注書 PO-7',
	'ΤΙΜ-Счёт',
	'INV😀',
	'❤ 1',
	'€ 5',
	'§ 5',
	'12 ٣',
	'АКТ-5',
	'ФА-1',
	'口-1',
	'i\u0307nv-1',
	'INVɑ',
	'ǀ-1',
	'کد 1',
])('%p is refused: letters of two alphabets, or signs that look like others', (text) => {
	expect(refusalOf(text)).toMatch(/letters of one alphabet, the digits 0 to 9 and plain signs/);
});

test.each(['=A1', '="00123"', '{{ $json.reference }}', 'INV-{{ $json.id }}'])(
	'%p is refused, because it was not evaluated',
	(text) => {
		expect(refusalOf(text)).toMatch(/formula|expression that was not evaluated/);
	},
);

test.each(['x'.repeat(1_001), '9'.repeat(30_000), ' x'.repeat(40_000)])(
	'is refused when it is longer than any reference, without being repeated',
	(text) => {
		expect(refusalOf(text)).toMatch(/has \d+ characters, but at most 1000/);
		expect(refusalOf(text).length).toBeLessThan(200);
	},
);

test('may have a thousand characters', () => {
	expect(read('x'.repeat(1_000))).toEqual({ reference: 'x'.repeat(1_000) });
});

/** Reads two texts that look the same: as one reference, or not at all. */
function isOneOrRefused(one: string, other: string): boolean {
	const [first, second] = [read(one), read(other)];
	if ('refusal' in first || 'refusal' in second) return true;
	return toIdempotencyKey(first.reference) === toIdempotencyKey(second.reference);
}

test.each<[name: string, text: string, alike: string]>([
	['outer spaces', 'INV 1', ' INV 1  '],
	['two inner spaces', 'INV 1', 'INV  1'],
	['a tab', 'INV 1', 'INV\t1'],
	['a line end', 'INV 1', 'INV\r\n1'],
	['a vertical tab', 'INV 1', 'INV\v1'],
	['a non-breaking space', 'INV 1', 'INV\u00a01'],
	['an ideographic space', 'INV 1', 'INV\u30001'],
	['a blank Braille pattern', 'INV 1', 'INV\u28001'],
	['a Hangul filler', 'INV 1', 'INV\u31641'],
	['a zero-width space', 'INV1', 'INV\u200b1'],
	['a zero-width joiner', 'INV1', 'INV\u200d1'],
	['a soft hyphen', 'INV1', 'INV\u00ad1'],
	['a word joiner', 'INV1', 'INV\u20601'],
	['a grapheme joiner', 'INV1', 'INV\u034f1'],
	['a variation selector', '❤', '❤\ufe0f'],
	['a tag', 'INV1', 'INV1\u{e0041}'],
	['a control character', 'INV1', 'INV\u00001'],
	['a C1 control character', 'INV1', 'INV\u00851'],
	['full-width digits', 'INV1', 'ＩＮＶ１'],
	['a full-width letter with an accent', 'Á1', 'Ａ\u03011'],
	['the apostrophe of Excel', '00123', "'00123"],
	['a full-width apostrophe', '00123', '＇00123'],
	['a typographic apostrophe', "O'Neill 1", 'O’Neill 1'],
	['the apostrophe of Ukrainian keyboards', "Мар'яна-1", 'Марʼяна-1'],
	['a modifier letter that is a low line', 'INV_1', 'INVˍ1'],
	['typographic quotes', '"A" 1', '“A” 1'],
	['a non-breaking hyphen', 'INV-1', 'INV\u20111'],
	['an en dash', 'INV-1', 'INV–1'],
	['a minus sign', 'INV-1', 'INV\u22121'],
	['a fraction slash', 'INV/1', 'INV\u20441'],
	['a one dot leader', 'INV.1', 'INV\u20241'],
	['a Roman numeral', 'INV-VIII', 'INV-Ⅷ'],
	['a ligature', 'office 1', 'oﬃce 1'],
	['decomposed letters', 'Žofie', 'Z\u030cofie'],
	['a Kelvin sign', 'K1', '\u212a1'],
	['accents in another order', 'a\u0316\u0301', 'a\u0301\u0316'],
	['a Cyrillic letter', 'INV-A1', 'INV-А1'],
	['Cyrillic letters only', 'ABC-1', 'АВС-1'],
	['a Greek letter', 'A1', 'Α1'],
	['a Cyrillic letter like a 3', 'INV-3', 'INV-З'],
	['a Cyrillic palochka', 'INV-l', 'INV-ӏ'],
	['an Armenian letter', 'O-1', 'Օ-1'],
	['a Latin letter in a Cyrillic word', 'Счёт-1', 'Cчёт-1'],
	['a Latin letter at the end of a Cyrillic word', 'Зарплата-Май', 'Зарплата-Мaй'],
	['a Latin letter in a Greek word', 'ΤΙΜΟΛΟΓΙΟ-1', 'TΙΜΟΛΟΓΙΟ-1'],
	['a Latin word beside a Cyrillic one', 'Счёт А-1', 'Счёт A-1'],
	['a Cyrillic letter in a Latin word', 'Invoice-1', 'Invоice-1'],
	['a low comma', 'INV,1', 'INV‚1'],
	['an acute accent for an apostrophe', "INV'1", 'INV´1'],
	['an ellipsis', 'INV...1', 'INV…1'],
	['a two dot leader', 'INV..1', 'INV‥1'],
	['a small full stop', 'INV.1', 'INV﹒1'],
	['a hyphen bullet', 'INV-1', 'INV⁃1'],
	['a modifier minus', 'INV-1', 'INV˗1'],
	['a line for boxes', 'INV-1', 'INV─1'],
	['a big solidus', 'INV/1', 'INV⧸1'],
	['a dental click', 'INV|1', 'INVǀ1'],
	['quotes around it', 'INV-1', '"INV-1"'],
	['typographic quotes around it', 'INV-1', '“INV-1”'],
	['single quotes around it', 'INV-1', "'INV-1'"],
	['an apostrophe before quotes around it', 'INV-1', `'"INV-1" `],
	['angle quotes around it', 'INV-1', '«INV-1»'],
	['Arabic digits of Persian', '\u0661', '\u06f1'],
	['bold digits', '123', '𝟏𝟐𝟑'],
	['a dot above that cannot be seen', 'inv-1', 'i\u0307nv-1'],
	['a degree sign', 'Nº12', 'N°12'],
	['a numero sign', 'No12', '№12'],
	['a micro sign', 'µ1', 'μ1'],
	['a Dutch ligature', 'ĳ1', 'ij1'],
	['an Arabic ligature', 'ﻻ1', 'لا1'],
	['a number that became text', '1001', '1001.0'],
	['a Cyrillic letter like a Greek one', 'ФА-1', 'ΦΑ-1'],
	['a Katakana letter like a Chinese one', 'ロ-1', '口-1'],
	['a Hiragana letter like a Katakana one', 'へ-1', 'ヘ-1'],
	['Romanian letters of two code pages', 'Plată-Ștefan', 'Plată-Ştefan'],
	['a Romanian t', 'Țară 1', 'Ţară 1'],
	['a Croatian letter of Latin-1', 'Đuro-1', 'Ðuro-1'],
	['a dot and a cedilla below', 'ņ1', 'ṇ1'],
	['a breve and a caron', 'ĕ1', 'ě1'],
	['a Thai vowel in two parts', 'ใบแจ้งหนี้ 3', 'ใบเเจ้งหนี้ 3'],
	['a Thai tone before its vowel', 'หนี้ 3', 'หน้ี 3'],
	['a Thai tone twice', 'หนี้ 3', 'หนี้้ 3'],
	['a Russian letter with dots', 'Ё-1', 'Ë-1'],
	['Greek letters with accents', 'Ά-1', 'Á-1'],
	['small Greek letters', 'ρα-1', 'pa-1'],
	['Greek theta and Cyrillic fita', 'Θ-1', 'Ө-1'],
	['Armenian letters', 'Տ-1', 'S-1'],
	['Japanese letters like Chinese ones', 'オ-1', '才-1'],
	['two apostrophes for a quote', "Monitor 27''", 'Monitor 27"'],
	['letters that nobody can show', '\ue000', '\ue001'],
	['replacement characters', 'M\ufffdller 1', 'M\ufffd\ufffdller 1'],
])('is one reference, or none, where it differs in %s', (_name, text, alike) => {
	expect(isOneOrRefused(text, alike)).toBe(true);
});

// A reader sees 5001 where the text has 1005.
test.each(['\u202e', '\u202d', '\u2066', '\u2067', '\u061c', '\u200f', '\u206a'])(
	'is refused with the direction mark %j inside',
	(mark) => {
		for (const text of [`INV ${mark}1005`, `${mark}1005\u202c 1`, `1${mark}005`]) {
			expect(refusalOf(text)).toMatch(/direction of reading/);
		}
	},
);

test.each(['\u200eINV-1', 'INV-1\u200e', '\ufeffINV-1\u200b'])(
	'%j is the reference without the marks around it, which change nothing',
	(text) => {
		expect(read(text)).toEqual({ reference: 'INV-1' });
	},
);

const keyboard = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });

test('stays apart from every reference that a reader can tell from it', () => {
	const unquote = (text: string): string => {
		const inner = text
			.replace(/^"([^"]*)"$|^'([^']*)'$/, '$1$2')
			.replace(/^[' ]+/, '')
			.trim();
		return inner === text ? text : unquote(inner);
	};
	const seen = (text: string) => unquote(text.trim()).replace(/ +/g, ' ');
	const similar = fc.tuple(keyboard, fc.nat(), keyboard).map(([text, at, letter]) => {
		const place = at % text.length;
		return text.slice(0, place) + letter.charAt(0) + text.slice(place + 1);
	});
	fc.assert(
		fc.property(keyboard, fc.oneof(keyboard, similar), (one, other) => {
			fc.pre(seen(one) !== seen(other));
			const [first, second] = [read(one), read(other)];
			if ('refusal' in first || 'refusal' in second) return;
			expect(toIdempotencyKey(first.reference)).not.toBe(toIdempotencyKey(second.reference));
		}),
		{ numRuns: 3_000 },
	);
});

test('stays one reference with anything invisible added to it, or is refused', () => {
	const unseen = fc.constantFrom(
		'\u00ad',
		'\u034f',
		'\u061c',
		'\u115f',
		'\u180e',
		'\u200b',
		'\u200c',
		'\u200d',
		'\u200e',
		'\u200f',
		'\u202a',
		'\u202e',
		'\u2060',
		'\u2063',
		'\u2066',
		'\u206f',
		'\u3164',
		'\ufe00',
		'\ufeff',
		'\uffa0',
		'\u{e0001}',
		'\u{e0100}',
	);
	fc.assert(
		fc.property(keyboard, fc.nat(), unseen, (text, at, mark) => {
			const place = at % (text.length + 1);
			const noisy = text.slice(0, place) + mark + text.slice(place);
			expect({ noisy, isOne: isOneOrRefused(text, noisy) }).toEqual({ noisy, isOne: true });
		}),
		{ numRuns: 2_000 },
	);
});

test('read once more is the same', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
			const once = read(text);
			if ('reference' in once) expect(read(once.reference)).toEqual(once);
		}),
		{ numRuns: 2_000 },
	);
});

test('a number with a date is no card number, whatever its digits are', () => {
	const date = fc.constantFrom('20260115', '20251231', '19991001');
	const number = fc.integer({ min: 10_000_000, max: 9_999_999_999 }).map(String);
	const between = fc.constantFrom('-', '/', ' ', '.', '_');
	fc.assert(
		fc.property(number, date, between, fc.boolean(), (digits, day, sign, isFirst) => {
			const text = (isFirst ? [day, digits] : [digits, day]).join(sign);
			expect(read(text)).toEqual({ reference: text });
		}),
		{ numRuns: 2_000 },
	);
});

test('refuses a long reference with a sign that no reference has, at once', () => {
	const problems: string[] = [];
	readReference(`${'x'.repeat(200)}¿`, (_field, message) => problems.push(message));
	expect(problems).toEqual([expect.stringContaining('can be taken for another one')]);
});
