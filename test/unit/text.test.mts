import fc from 'fast-check';
import { cleanText, isEmpty } from '../../nodes/payout/text/characters';
import { readText } from '../../nodes/payout/text/readText';
import type { TextKind } from '../../nodes/payout/text/readText';

const KINDS: readonly TextKind[] = ['amount', 'identifier', 'name', 'reference', 'secret', 'text'];

/** Texts that are read, by the kind of text and what is read. */
const READ: ReadonlyArray<[kind: TextKind, read: string, written: readonly unknown[]]> = [
	[
		'identifier',
		'1234',
		['1234', '\u00ad12\u200b34', '1\u200c2\u200d34', '\u206012\ufeff34\ufeff'],
	],
	['identifier', '1234', ['\u200e1234\u200e', '12\u200e34']],
	[
		'identifier',
		'GB29 NWBK',
		['GB29 NWBK', 'GB29\u00a0NWBK', 'GB29\r\nNWBK', 'ＧＢ２９\u3000ＮＷＢＫ'],
	],
	['identifier', '00123', ["'00123", '"00123"', '‘00123’', '“00123”', '＂00123＂', '" 00123 "']],
	['identifier', '12-34-56', ['12-34-56', '12–34–56', '12\u201134\u221256']],
	['identifier', '', [undefined, null, '', '\u00a0', '\u200b', '""']],
	['identifier', 'NULL-1', ['NULL-1']],
	['reference', '1234', ['\u00ad12\u200b34', '1\u200c2\u200d34', '\u206012\ufeff34\ufeff', 1234]],
	[
		'amount',
		'100.5',
		[100.5, '100.5', '\u00a0100.5\u00a0', '１００．５', "'100.5", '\ufeff100.5\u200e'],
	],
	['amount', '1,000.50', ['1,000.50']],
	['amount', '1e3', ['1e3']],
	['amount', '-5', [-5]],
	['name', 'שלום', ['\u200fשלום\u200f']],
	['name', 'John', ['John', '  John  ', '\tJohn\t', '\u00a0John\u00a0', '\ufeffJohn\u200e']],
	['name', 'John Smith', ['John\u00a0Smith', 'John\u202fSmith']],
	['name', '山田 太郎', ['山田\u3000太郎']],
	// A joiner changes how the letters of these scripts look: Persian, Hindi, Malayalam, Sinhala.
	['name', 'علی\u200cرضا', ['علی\u200cرضا', 'علی\u200cرضا\u200d']],
	['name', 'क्\u200dष', ['क्\u200dष']],
	['name', 'ന്\u200dറ', ['ന്\u200dറ']],
	['name', 'ශ්\u200dරී', ['ශ්\u200dරී']],
	['name', 'Иванов', ['Иван\u200dов']],
	['text', 'Main Street 1 London', ['Main Street 1\r\nLondon', 'Main Street\t1 \n  London']],
	['text', '', ['\r\n\r\n']],
	['text', 'Zofi\u011b', ['Zofie\u030c']],
	['text', 'רחוב 1, חיפה', ['רחוב 1\u200f, חיפה']],
	['text', 'شارع \u0661', ['شارع \u0661']],
	['text', '1234567890', [1234567890]],
];

test.each(READ)('reads the %s %j', (kind, read, written) => {
	for (const value of written) {
		expect([value, readText(value, kind, 'The field')]).toEqual([value, { value: read }]);
	}
});

test.each<[kind: TextKind, texts: readonly string[]]>([
	['text', ['“Ann’s” Bakery', 'Αθήνα Київ 東京', 'A  B', '#1', '#', '#12 Main Street', '# A']],
	['text', ['#inv-1', 'Nan', 'null and void']],
	['name', ['Null', 'NULL', 'Nan', 'Infinity', 'Müller', '田中', 'Ивáнов']],
])('takes the %s as it is: %j', (kind, texts) => {
	for (const text of texts) expect(readText(text, kind, 'The field')).toEqual({ value: text });
});

test.each(KINDS)('refuses a %s with a mark in it that changes its direction', (kind) => {
	const turning = '\u202a \u202b \u202d \u202e \u2066 \u2067 \u206a'.split(' ');
	const isProse = kind === 'name' || kind === 'text';
	for (const mark of isProse ? turning : [...turning, '\u061c', '\u200f']) {
		for (const text of [`10${mark}05`, `${mark}12 34 56`]) {
			expect(readText(text, kind, 'The field')).toEqual({
				problem: expect.stringContaining('changes the direction of reading'),
			});
		}
	}
});

test.each(['identifier', 'secret'] as const)('takes only plain characters in a %s', (kind) => {
	// A Cyrillic and a Greek letter, an umlaut, digits of other scripts, signs, and what is not seen.
	for (const character of 'А Ο ü \u0661 ² 𝟏 № € · \u0301 \u034f \u2800 \u3164 \ufe0f \ue000 \u0000 \u0085 \ufffd \ud800'.split(
		' ',
	)) {
		for (const text of [`12${character}34`, `${character}1234`]) {
			expect(readText(text, kind, 'The IBAN')).toEqual({
				problem:
					'The IBAN contains a character that is not a plain letter (A to Z), digit or sign, although it may look like one. Type it again with an English keyboard.',
			});
		}
	}
});

test.each(['name', 'reference', 'text'] as const)('refuses a damaged %s', (kind) => {
	for (const [text, problem] of [
		['M\ufffdller', /wrong encoding/],
		['A\ud800', /damaged character/],
		[`a${'\u0301'.repeat(40)}`, /damaged character/],
		['A\u0000B', /damaged character, or one that cannot be seen/],
		['A\u0085B', /damaged character, or one that cannot be seen/],
	] as const) {
		expect(readText(text, kind, 'It')).toEqual({ problem: expect.stringMatching(problem) });
	}
});

test.each<[kind: TextKind, texts: string[]]>([
	['name', ['undefined', 'null', 'NaN', '[object Object]']],
	['text', ['undefined', 'null', 'NULL', 'NaN', '[object Object]']],
	['identifier', ['undefined', 'null', 'NULL', 'nan', 'Infinity', '[object Object]']],
])('refuses a %s that stands for a missing value', (kind, texts) => {
	for (const text of texts) {
		expect(readText(` ${text} `, kind, 'The field')).toEqual({
			problem: `The field is '${text}', which stands for a missing value. Map the right column, or fill in the value.`,
		});
	}
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

test('never shows the number of a card, whatever is wrong with it', () => {
	for (const text of ['4.24242E+15', '[array 4242424242424242]', '=4242424242424242']) {
		const read = readText(text, 'secret', 'The card number');
		expect('problem' in read && read.problem).not.toMatch(/4\D?2/);
	}
	expect('problem' in readText(4242424242424242, 'secret', 'It')).toBe(true);
});

test.each<[kind: TextKind, values: readonly unknown[]]>([
	['identifier', [12345678, 0, '1.23E+11', '1,23E+11', '1.23e11', "'1.23E+11", '"1.23E+11"']],
	['identifier', ['“1,23E+11”', '１.２３Ｅ＋１１', '12345678.0']],
	['reference', ['1.23E+11']],
	['text', [1e21, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1]],
	['amount', [Number.MAX_SAFE_INTEGER + 1]],
])('refuses a %s that may have lost digits on its way: %j', (kind, values) => {
	for (const value of values) {
		expect(readText(value, kind, 'The field')).toEqual({
			problem: expect.stringMatching(/^The field '.*lost leading zeros.*column as text/),
		});
	}
});

test.each(['12/05/2024', '2024-05-12', '2024-05-12T00:00:00.000Z', '1/5/24', '5-May', 'Jan-24'])(
	'refuses the identifier %s, which is a date',
	(text) => {
		expect(readText(text, 'identifier', 'The field')).toEqual({
			problem: expect.stringContaining(`'${text}' is a date`),
		});
	},
);

test.each([0.1 + 0.2, 1.1 * 3, 33.333333333333336, 4.35 * 100])(
	'advises =ROUND for the amount %p that arrives as a number',
	(amount) => {
		expect(readText(amount, 'amount', 'The amount')).toEqual({
			problem: expect.stringContaining('=ROUND('),
		});
	},
);

const BROKEN_FORMULAS = '#N/A|#REF!|#VALUE!|#NAME?|#DIV/0!|#NULL!|#NUM!| #N/A '.split('|');

test.each(KINDS)('refuses a broken formula as a %s', (kind) => {
	const quoted = kind === 'identifier' ? ["'#N/A", '"#REF!"', '＃Ｎ／Ａ'] : [];
	for (const value of [...BROKEN_FORMULAS, ...quoted]) {
		expect(readText(value, kind, 'The field')).toEqual({
			problem: expect.stringContaining('instead of a value: a formula is broken'),
		});
	}
});

/** As spreadsheet programs write them in their languages. */
const RESULTS_ABROAD = [
	'#NV|#BEZUG!|#WERT!|#ZAHL!|#ÜBERLAUF!|#VALEUR!|#NOM?|#NOMBRE!|#¡REF!|#¿NOMBRE?|#¡DESBORDAMIENTO!',
	'#N/D|#RIF!|#NOME?|#N/B|#WAARDE!|#VERW!|#DEEL/0!|#N/D!|#ARG!|#DZIEL/0!|#HODNOTA!|#DĚLENÍ_NULOU!',
	'#NENÍ_K_DISPOZICI|#YOK|#DEĞER!|#BAŞV!|#SAYI/0!|#HIÁNYZIK|#ÉRTÉK!|#ZÉRÓOSZTÓ!|#I/T|#VÆRDI!|#SAKNAS!',
	'#PUUTTUU!|#Н/Д|#ЗНАЧ!|#ССЫЛКА!|#ИМЯ?|#ДЕЛ/0!|#Δ/Υ|#ΤΙΜΗ!|#GETTING_DATA|#SPILL!|#BUSY!|#BLOCKED!',
	'Err:502|Err:508|err:520|Fehler:502|Chyba:504|Błąd:502|Hiba:502|Ошибка:502|Erreur : 502|Hata:511',
	'Loading...|Loading…|Wird geladen...|Chargement...|Cargando...|Caricamento...|Carregando...',
	'Yükleniyor...|Загрузка...|Laden...|Ładowanie...|読み込んでいます...',
].flatMap((line) => line.split('|'));

test.each(KINDS)('refuses the result of a broken formula in any language as a %s', (kind) => {
	for (const value of RESULTS_ABROAD) {
		const read = readText(value, kind, 'The field');
		expect({ value, ...read }).toEqual({ value, problem: expect.any(String) });
	}
	const [first = ''] = RESULTS_ABROAD;
	expect(readText(first, 'text', 'The field')).toEqual({
		problem: `The field contains ${first}, which a spreadsheet shows instead of a value: a formula is broken, or a column too narrow. Correct that in the spreadsheet.`,
	});
});

test.each([
	['text', '#1 in sales'],
	['text', '#payroll'],
	['text', 'Invoice:502'],
	['text', 'Loading dock 5'],
	['text', 'Loading'],
	['text', 'Rechnung Err'],
	['text', 'Thanks...'],
	['text', 'Err:1502'],
	['name', 'Laden'],
	['name', 'Err Fehler'],
	['reference', '#INV1001'],
	['reference', '#7'],
	['reference', 'Err-502'],
	['identifier', '#7'],
] as const)('takes %s %p, which is no formula', (kind, value) => {
	expect(readText(value, kind, 'The field')).toEqual({ value });
});

const NOT_TEXT: ReadonlyArray<[value: unknown, said: string]> = [
	[true, 'true or false'],
	[false, 'true or false'],
	[['GB29', 'GB30'], 'a list'],
	[{ iban: 'GB29' }, 'an object'],
	[Object.create(null), 'an object'],
	[{ toString: 1, valueOf: 1 }, 'an object'],
];

test.each(KINDS)('refuses what is not text as a %s', (kind) => {
	for (const [value, said] of NOT_TEXT) {
		expect(readText(value, kind, 'The field')).toEqual({
			problem: `The field is not text but ${said}. Map a column that holds text.`,
		});
	}
	expect(readText(new Date(0), kind, 'The field')).toEqual({
		problem: ['identifier', 'reference', 'secret'].includes(kind)
			? expect.stringMatching(/is a date.*Excel.*Format Cells → Text.*Google Sheets/)
			: 'The field is not text but a date. Map a column that holds text.',
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

test('leaves clean text unchanged, and reads composed and decomposed letters as the same', () => {
	fc.assert(
		fc.property(noisyText, (text) => {
			expect(cleanText(cleanText(text))).toBe(cleanText(text));
			expect(cleanText(text.normalize('NFD'))).toBe(cleanText(text.normalize('NFC')));
		}),
		{ numRuns: 2_000, examples: [['e\u200b\u0301'], ['\u200b \n x']] },
	);
});

test('an identifier that is read is printable ASCII', () => {
	fc.assert(
		fc.property(noisyText, (text) => {
			const read = readText(text, 'identifier', 'It');
			if ('value' in read) expect(read.value).toMatch(/^[\x20-\x7e]*$/);
		}),
		{ numRuns: 2_000 },
	);
});

test.each([undefined, null, '', ' ', '\t\n', '\u00a0', '\u200b', '\ufeff\u200e'])(
	'%j is empty',
	(value) => {
		expect(isEmpty(value)).toBe(true);
	},
);

test.each([0, false, NaN, '0', '-', '\u0301', [], {}])('%j is not empty', (value) => {
	expect(isEmpty(value)).toBe(false);
});
