import { createRequire } from 'node:module';
import { readText } from '../../nodes/payout/text/readText';
import { repairEncoding } from '../../nodes/payout/text/wrongEncoding';

interface Iconv {
	decode(bytes: Buffer, encoding: string): string;
}
const iconv = createRequire(import.meta.url)('iconv-lite') as Iconv;

const NAMES = [
	'Jürgen',
	'François',
	'Łukasz Wałęsa',
	'Dvořák',
	'Kovács Győző',
	'Conceição',
	'Yıldız Şahin',
	'Lê Thị Hồng',
	'Guðrún Þórðardóttir',
	'Різник',
	'Мария Иванова',
	'Γιώργος',
	'שלום',
	'محمد',
	'王小明',
	'山田太郎',
	'김철수',
	'สมชาย',
	'Ionuț',
	'O’Brien',
	'MÜLLER',
	'Ștefan – Müller',
];
const PAGES = ['win1252', 'latin1', 'win1250', 'win1251', 'macroman', 'cp850'];

/** As a program reads UTF-8 that it takes for another encoding. */
function damage(text: string, page: string): string {
	return iconv.decode(Buffer.from(text, 'utf8'), page);
}

test.each(PAGES)('refuses names that were read as %s, and guesses what was written', (page) => {
	for (const name of NAMES) {
		const damaged = damage(name, page);
		expect(readText(damaged, 'name', 'The name')).toEqual({
			problem: expect.stringMatching(/damaged by a wrong encoding.*Save as CSV UTF-8/),
		});
		if (!damaged.includes('\ufffd'))
			expect([damaged, repairEncoding(damaged)]).toEqual([damaged, name]);
	}
});

test.each(['name', 'text', 'reference', 'identifier'] as const)('refuses a damaged %s', (kind) => {
	expect(readText('JÃ¼rgen', kind, 'The field')).toEqual({
		problem: expect.stringContaining(
			"'JÃ¼rgen', which was damaged by a wrong encoding (perhaps 'Jürgen').",
		),
	});
});

test.each([
	'JÃƒÂ¼rgen',
	'JÃ¼rgen Łukasz',
	'CittÃ\u00a0',
	'CittÃ',
	'M\ufffdller',
	'Mï¿½ller',
	'╨Ш╨▓╨░╨╜',
	'M?ller',
])('refuses %j, which was damaged twice, in one word, at its end, or beyond repair', (name) => {
	expect(readText(name, 'name', 'The name')).toEqual({
		problem: expect.stringMatching(/wrong encoding.*CSV UTF-8/),
	});
});

test('takes every right name, in capitals and with the signs around it that names have', () => {
	const frames = [
		'X',
		'«X»',
		'“X”',
		'„X“',
		'X®',
		'X™',
		'© X',
		'X’s',
		'X–X',
		'X, 5 €',
		'«\u00a0X\u00a0»',
	];
	const names = [
		...NAMES,
		'NESTLÉ',
		'CAFÉ',
		'SÃO JOÃO',
		'PĚŠINA',
		'ŻÓŁKIEWSKI',
		'Strauß',
		'L’École',
		'Åse',
		'РІК',
	];
	for (const name of names.flatMap((one) => [one, one.toUpperCase()])) {
		for (const frame of frames) {
			const text = frame.replaceAll('X', name);
			expect([text, repairEncoding(text)]).toEqual([text, undefined]);
		}
	}
});

test('takes words of Cyrillic letters in any pairs', () => {
	const letters = [...'абвгґдеєёжзиіїйклмнопрстуфхцчшщъьыэюя'].flatMap((one) => [
		one,
		one.toUpperCase(),
	]);
	for (const first of letters) {
		for (const second of letters) {
			for (const word of [`${first}${second}`, `К${first}${second}ов`, `Ма${first}${second}`]) {
				expect([word, repairEncoding(word)]).toEqual([word, undefined]);
			}
		}
	}
});

test.each([0.1 + 0.2, 1.1 * 3, 33.333333333333336, 4.35 * 100])(
	'advises =ROUND for the sum %p that arrives as a number',
	(amount) => {
		expect(readText(amount, 'amount', 'The amount')).toEqual({
			problem: expect.stringContaining('=ROUND('),
		});
	},
);
