import { readText } from '../../nodes/payout/text/readText';
import { isMisread } from '../../nodes/payout/text/wrongEncoding';

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
	'MALMÖ',
	'Ștefan – Müller',
];

/** The bytes 0x80 to 0x9F of Windows-1252, which Node.js 20 decodes as ISO-8859-1. */
const WESTERN_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** As a program reads UTF-8 that it takes for another encoding. */
function damage(text: string, page: string): string {
	const bytes = Buffer.from(text, 'utf8');
	if (page !== 'windows-1252') return new TextDecoder(page).decode(bytes);
	return bytes
		.toString('latin1')
		.replace(/[\x80-\x9f]/g, (byte) => WESTERN_SIGNS.charAt(byte.charCodeAt(0) - 0x80));
}

test.each(['windows-1252', 'windows-1250', 'windows-1251'])(
	'refuses names that were read as %s',
	(page) => {
		for (const name of NAMES) {
			const damaged = damage(name, page);
			expect(readText(damaged, 'name', 'The name')).toEqual({
				problem: expect.stringMatching(/damaged by a wrong encoding.*Save as CSV UTF-8/),
			});
			expect([damaged, isMisread(damaged)]).toEqual([damaged, true]);
		}
	},
);

test.each(['name', 'text', 'reference'] as const)('refuses a damaged %s', (kind) => {
	expect(readText('JÃ¼rgen', kind, 'The field')).toEqual({
		problem: expect.stringContaining("'JÃ¼rgen', which was damaged by a wrong encoding."),
	});
});

test.each([
	'JÃƒÂ¼rgen',
	'JÃ¼rgen Łukasz',
	'CittÃ\u00a0',
	'CittÃ',
	'M\ufffdller',
	'Mï¿½ller',
	'MÃ¯Â¿Â½ller',
	'M?ller',
	'\u00c3\u200b\u00bc',
])('refuses %j, which was damaged twice, in one word, at its end, or beyond repair', (name) => {
	expect(readText(name, 'name', 'The name')).toEqual({
		problem: expect.stringMatching(/wrong encoding.*CSV UTF-8/),
	});
});

test('takes every right name, in capitals and with the signs around it that names have', () => {
	const frames = 'X|«X»|“X”|„X“|X®|X™|© X|X’s|X–X|X, 5 €|«\u00a0X\u00a0»'.split('|');
	const names = [
		...NAMES,
		...'NESTLÉ|CAFÉ|SÃO JOÃO|IRMÃ|HEINÄ|PĚŠINA|ŻÓŁKIEWSKI|Strauß|L’École|Åse|РІК'.split('|'),
	];
	for (const name of names.flatMap((one) => [one, one.toUpperCase()])) {
		for (const frame of frames) {
			const text = frame.replaceAll('X', name);
			expect([text, isMisread(text)]).toEqual([text, false]);
		}
	}
});

test('takes words of Cyrillic letters in any pairs', () => {
	const letters = [...'абвгґдеєёжзиіїйклмнопрстуфхцчшщъьыэюя'].flatMap((one) => [
		one,
		one.toUpperCase(),
	]);
	const wrong = letters
		.flatMap((first) => letters.map((second) => `${first}${second}`))
		.flatMap((pair) => [pair, `К${pair}ов`, `Ма${pair}`])
		.filter(isMisread);
	expect(wrong).toEqual([]);
});
