import fc from 'fast-check';
import { cleanText } from '../../nodes/payout/text/characters';
import { readText } from '../../nodes/payout/text/readText';
import type { TextKind } from '../../nodes/payout/text/suspectText';

const KINDS: readonly TextKind[] = ['amount', 'identifier', 'name', 'reference', 'text'];

/** Characters that have no width, which copying from web pages, PDFs and chats leaves behind. */
const INVISIBLE: ReadonlyArray<[name: string, character: string]> = [
	['a soft hyphen', '\u00ad'],
	['a zero-width space', '\u200b'],
	['a zero-width non-joiner', '\u200c'],
	['a zero-width joiner', '\u200d'],
	['a word joiner', '\u2060'],
	['a byte order mark', '\ufeff'],
];

test.each(INVISIBLE)('reads account numbers and references without %s', (_name, character) => {
	const noisy = `${character}12${character}34${character}`;
	expect(readText(noisy, 'identifier', 'The account')).toEqual({ value: '1234' });
	expect(readText(noisy, 'reference', 'The reference')).toEqual({ value: '1234' });
});

const TURNING = ['\u061c', '\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u206a'];
const WORDS_IN_ORDER: readonly TextKind[] = KINDS.filter((kind) => kind !== 'text');

test.each(WORDS_IN_ORDER)('refuses a %s with a mark in it that changes its direction', (kind) => {
	for (const mark of [...TURNING, '\u200e', '\u200f']) {
		expect(readText(`10${mark}05`, kind, 'The field')).toEqual({
			problem: expect.stringContaining('changes the direction of reading'),
		});
	}
	expect(readText('\u202e5001\u202c', kind, 'The field')).toHaveProperty('problem');
});

test('refuses an account number that begins with a right-to-left mark, which moves its parts', () => {
	expect(readText('\u200f12 34 56', 'identifier', 'The account')).toHaveProperty('problem');
});

test.each<[kind: TextKind, written: string, read: string]>([
	['identifier', '\u200e1234\u200e', '1234'],
	['amount', '\ufeff10.50\u200e', '10.50'],
	['name', '\u200fשלום\u200f', 'שלום'],
	['name', '\ufeffJohn\u200e', 'John'],
	['text', 'רחוב 1\u200f, חיפה', 'רחוב 1, חיפה'],
])('reads a %s without the marks around it that change nothing: %j', (kind, written, read) => {
	expect(readText(written, kind, 'The field')).toEqual({ value: read });
});

test.each<[script: string, name: string]>([
	['Persian', 'علی\u200cرضا'],
	['Hindi', 'क्\u200dष'],
	['Malayalam', 'ന്\u200dറ'],
	['Sinhala', 'ශ්\u200dරී'],
])('keeps the joiner that a %s name is written with', (_script, name) => {
	expect(readText(name, 'name', 'The name')).toEqual({ value: name });
	expect(readText(`${name}\u200d`, 'name', 'The name')).toEqual({ value: name });
});

test.each(KINDS)('refuses a %s with damaged characters or control characters', (kind) => {
	for (const text of [
		'M\ufffdller',
		'A\ud800',
		'A\u0000B',
		'A\u0085B',
		`a${'\u0301'.repeat(40)}`,
	]) {
		expect(readText(text, kind, 'The field')).toEqual({
			problem: expect.stringMatching(
				/wrong encoding|damaged character|control character|cannot be seen/,
			),
		});
	}
});

test.each<[kind: TextKind, refused: string[], taken: string[]]>([
	['name', ['undefined', 'null', 'NaN', '[object Object]'], ['Null', 'NULL', 'Nan', 'Infinity']],
	['text', ['undefined', 'null', 'NULL', 'NaN', '[object Object]'], ['Nan', 'null and void']],
	['identifier', ['undefined', 'null', 'NULL', 'nan', 'Infinity', '[object Object]'], ['NULL-1']],
])('refuses a %s that stands for a missing value', (kind, refused, taken) => {
	for (const text of refused) {
		expect(readText(` ${text} `, kind, 'The field')).toEqual({
			problem: `The field is '${text}', which stands for a missing value. Map the right column, or fill in the value.`,
		});
	}
	for (const text of taken) expect(readText(text, kind, 'The field')).toEqual({ value: text });
});

test.each<[kind: TextKind, limit: number]>([
	['amount', 100],
	['identifier', 1_000],
	['name', 1_000],
	['reference', 1_000],
	['secret', 1_000],
	['text', 10_000],
])('refuses a %s of more than %i characters without repeating it', (kind, limit) => {
	expect(readText('7'.repeat(limit), kind, 'The field')).toEqual({ value: '7'.repeat(limit) });
	expect(readText('7'.repeat(limit + 1), kind, 'The field')).toEqual({
		problem: `The field has ${limit + 1} characters, but at most ${limit} can be read. Check that the columns are not mixed up.`,
	});
});

test('refuses digits of other scripts where digits count, and keeps them in words', () => {
	for (const kind of ['amount', 'identifier', 'reference', 'secret'] as const) {
		expect(readText('\u0661\u0662', kind, 'The field')).toEqual({
			problem: 'The field has digits of another script. Write it with 0 to 9.',
		});
	}
	expect(readText('شارع \u0661', 'text', 'The field')).toEqual({ value: 'شارع \u0661' });
});

test('never shows the number of a card, whatever is wrong with it', () => {
	for (const text of ['4.24242E+15', '[array 4242424242424242]', '=4242424242424242']) {
		const read = readText(text, 'secret', 'The card number');
		expect('problem' in read && read.problem).not.toMatch(/4\D?2/);
	}
	expect('problem' in readText(4242424242424242, 'secret', 'It')).toBe(true);
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
		problem:
			value instanceof Date && ['identifier', 'reference'].includes(kind)
				? expect.stringMatching(/is a date.*Excel.*Format Cells → Text.*Google Sheets/)
				: `The field is not text but ${said}. Map a column that holds text.`,
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
