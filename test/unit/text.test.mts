import fc from 'fast-check';
import { cleanText, readText } from '../../nodes/SmartGlocal/payout/text';
import type { TextKind } from '../../nodes/SmartGlocal/payout/text';

const KINDS: readonly TextKind[] = ['amount', 'identifier', 'reference', 'text'];

/** Characters that have no width, which copying from web pages, PDFs and chats leaves behind. */
const INVISIBLE: ReadonlyArray<[name: string, character: string]> = [
	['a soft hyphen', '\u00ad'],
	['a zero-width space', '\u200b'],
	['a zero-width non-joiner', '\u200c'],
	['a zero-width joiner', '\u200d'],
	['a left-to-right mark', '\u200e'],
	['a right-to-left mark', '\u200f'],
	['a left-to-right embedding', '\u202a'],
	['the end of an embedding', '\u202c'],
	['a word joiner', '\u2060'],
	['a left-to-right isolate', '\u2066'],
	['the end of an isolate', '\u2069'],
	['a byte order mark', '\ufeff'],
];

test.each(INVISIBLE)('reads account numbers and references without %s', (_name, character) => {
	const noisy = `${character}12${character}34${character}`;
	expect(readText(noisy, 'identifier', 'The account')).toEqual({ value: '1234' });
	expect(readText(noisy, 'reference', 'The reference')).toEqual({ value: '1234' });
});

test.each<[name: string, value: string, text: string]>([
	['spaces around it', '  John  ', 'John'],
	['tabs around it', '\tJohn\t', 'John'],
	['non-breaking spaces around it', '\u00a0John\u00a0', 'John'],
	['a byte order mark before it', '\ufeffJohn', 'John'],
	['a non-breaking space inside', 'John\u00a0Smith', 'John Smith'],
	['a narrow non-breaking space inside', 'John\u202fSmith', 'John Smith'],
	['an ideographic space inside', '山田\u3000太郎', '山田 太郎'],
	['a Windows line end inside', 'Main Street 1\r\nLondon', 'Main Street 1 London'],
	['a line end with spaces inside', 'Main Street 1 \n  London', 'Main Street 1 London'],
	['a tab inside', 'Main Street\t1', 'Main Street 1'],
	['line ends only', '\r\n\r\n', ''],
	['a decomposed letter', 'Zofie\u030c', 'Zofi\u011b'],
	['typographic quotes inside', '“Ann’s” Bakery', '“Ann’s” Bakery'],
	['letters of other scripts', 'Αθήνα Київ 東京', 'Αθήνα Київ 東京'],
	['double spaces that belong to it', 'A  B', 'A  B'],
])('reads text with %s', (_name, value, text) => {
	expect(readText(value, 'text', 'The field')).toEqual({ value: text });
});

test.each<[value: unknown, text: string]>([
	[undefined, ''],
	[null, ''],
	['', ''],
	['\u00a0', ''],
	['\u200b', ''],
	['GB29 NWBK', 'GB29 NWBK'],
	['１２３４５６７８', '12345678'],
	['ＧＢ２９', 'GB29'],
	["'00123", '00123'],
	['"00123"', '00123'],
	['‘00123’', '00123'],
	['“00123”', '00123'],
	['＂00123＂', '00123'],
	['" 00123 "', '00123'],
	['12-34-56', '12-34-56'],
	['00123', '00123'],
	['""', ''],
])('reads the identifier %p as %p', (value, text) => {
	expect(readText(value, 'identifier', 'The account')).toEqual({ value: text });
});

test.each<[value: unknown, text: string]>([
	[100.5, '100.5'],
	[100, '100'],
	['\u00a0100.50\u00a0', '100.50'],
	['１００．５０', '100.50'],
	["'100.50", '100.50'],
	['1,000.50', '1,000.50'],
	['1e3', '1e3'],
	[-5, '-5'],
])('hands the amount %p on as %p', (value, text) => {
	expect(readText(value, 'amount', 'The amount')).toEqual({ value: text });
});

test.each([
	['identifier', 12345678],
	['identifier', 0],
	['identifier', '1.23E+11'],
	['identifier', '1,23E+11'],
	['identifier', '1.23e11'],
	['identifier', "'1.23E+11"],
	['identifier', '"1.23E+11"'],
	['identifier', '“1,23E+11”'],
	['identifier', '１.２３Ｅ＋１１'],
	['reference', '1.23E+11'],
	['reference', 1.23e21],
	['reference', NaN],
	['reference', Number.MAX_SAFE_INTEGER + 1],
	['text', 1e21],
	['text', NaN],
	['text', Infinity],
	['text', Number.MAX_SAFE_INTEGER + 1],
	['amount', Number.MAX_SAFE_INTEGER + 1],
] as ReadonlyArray<[TextKind, unknown]>)(
	'refuses the %s %p, which may have lost digits on its way',
	(kind, value) => {
		expect(readText(value, kind, 'The field')).toEqual({
			problem: expect.stringMatching(/^The field '.*lost leading zeros.*column as text/),
		});
	},
);

test.each([
	['reference', 20240001, '20240001'],
	['text', 1234567890, '1234567890'],
] as ReadonlyArray<[TextKind, number, string]>)(
	'takes a number that kept all its digits as a %s',
	(kind, value, text) => {
		expect(readText(value, kind, 'The field')).toEqual({ value: text });
	},
);

const BROKEN_FORMULAS = [
	'#N/A',
	'#REF!',
	'#VALUE!',
	'#NAME?',
	'#DIV/0!',
	'#NULL!',
	'#NUM!',
	' #N/A ',
];

test.each(KINDS.flatMap((kind) => BROKEN_FORMULAS.map((value) => ({ kind, value }))))(
	'refuses the broken formula $value as a $kind',
	({ kind, value }) => {
		expect(readText(value, kind, 'The field')).toEqual({
			problem: expect.stringContaining('Correct the formula'),
		});
	},
);

test.each(['#NV', '#BEZUG!', '#WERT!', '#ÜBERLAUF!', '#¡REF!', '#ЗНАЧ!', '#ДЕЛ/0!'])(
	'refuses %s, as spreadsheets in other languages write it',
	(value) => {
		expect(readText(value, 'text', 'The field')).toEqual({
			problem: `The field contains ${value}, the result of a broken formula. Correct the formula in the spreadsheet.`,
		});
	},
);

test.each(['#1', '#', '#12 Main Street', '# A', '#inv-1'])('takes %s for text', (value) => {
	expect(readText(value, 'text', 'The field')).toEqual({ value: value });
});

test.each(["'#N/A", '"#REF!"', '＃Ｎ／Ａ'])(
	'refuses the broken formula %s as an identifier',
	(value) => {
		expect(readText(value, 'identifier', 'The account')).toEqual({
			problem: expect.stringContaining('Correct the formula'),
		});
	},
);

const NOT_TEXT: ReadonlyArray<[name: string, value: unknown, said: string]> = [
	['true', true, 'true or false'],
	['false', false, 'true or false'],
	['a date', new Date(0), 'a date'],
	['a list', ['GB29'], 'a list'],
	['an object', { iban: 'GB29' }, 'an object'],
	['an object that has no text', Object.create(null), 'an object'],
	['an object whose text cannot be made', { toString: 1, valueOf: 1 }, 'an object'],
];

test.each(
	KINDS.flatMap((kind) => NOT_TEXT.map(([name, value, said]) => ({ kind, name, value, said }))),
)('refuses $name as a $kind', ({ kind, value, said }) => {
	expect(readText(value, kind, 'The field')).toEqual({
		problem: `The field is not text but ${said}. Map a column that holds text.`,
	});
});

test('never throws, whatever the value', () => {
	fc.assert(
		fc.property(fc.anything(), fc.constantFrom(...KINDS), (value, kind) => {
			const read = readText(value, kind, 'The field');
			expect('value' in read ? typeof read.value : typeof read.problem).toBe('string');
		}),
		{ numRuns: 1_000 },
	);
});

const noisyText = fc.string({
	unit: fc.oneof(
		fc.constantFrom(...'eE1 \n\t\r\u0301\u030c\u00a0\u00ad\u200b\u2060\ufeff\u3000'),
		fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
	),
});

test('leaves clean text unchanged', () => {
	fc.assert(
		fc.property(noisyText, (text) => {
			expect(cleanText(cleanText(text))).toBe(cleanText(text));
		}),
		{ numRuns: 2_000, examples: [['e\u200b\u0301'], ['\u200b \n x']] },
	);
});

test('reads composed and decomposed letters as the same text', () => {
	fc.assert(
		fc.property(noisyText, (text) => {
			expect(cleanText(text.normalize('NFD'))).toBe(cleanText(text.normalize('NFC')));
		}),
		{ numRuns: 2_000 },
	);
});
