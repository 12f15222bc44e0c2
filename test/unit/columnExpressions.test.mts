import { readColumn } from '../../nodes/SmartGlocal/batch/read/columnExpressions';

const ROW = { a: ' x-1 ', 'My IBAN': 'tr33 (0006)', net: 12.5, '#': 'y', toString: 'z' };

test.each([
	['={{ $json.a }}', ' x-1 '],
	['={{ $json.a.toString().trim() }}', 'x-1'],
	[`={{ $json['My IBAN'].toUpperCase() }}`, 'TR33 (0006)'],
	['={{\n\t$json.a\n\t\t.trim( )\n}}', 'x-1'],
	['={{ $json["#"].toUpperCase().toLowerCase() }}', 'y'],
	['={{ $json.net.toString() }}', '12.5'],
])('reads %s without n8n', (expression, value) => {
	expect(readColumn(expression, ROW)).toBe(value);
});

test.each([
	// What gives another value each time, or for another place.
	'$now',
	'$itemIndex + $json.a',
	'Date.now()',
	'$runIndex',
	'$input.item.json.a',
	'$("Rows").item.json.a',
	'$json',
	// What can change something, or does so.
	'$json.a = 1',
	'$json.a++',
	'delete $json.a',
	'[$json.a].map((x) => x)',
	'(() => 1)()',
	// What is more than calls, or n8n has its own meaning for.
	'$json.a + "b"',
	'$json.a, $json.a',
	'($json.a)',
	'$json.a[0]',
	'$json.a.at($json.net)',
	'$json.a.split("-")[0]',
	'$json.a.isEmpty()',
	'$json.a.replace(/[()\\s.-]+/g, "")',
	'$json.a.padStart(3, "0")',
	'$json.a.slice(1)',
	'$json.net.toFixed(2)',
	'$json.net.trim()',
	'$json?.a',
	'$json.a?.trim()',
	'$json.a.round()',
	'$json.a.length',
	'$json.a.trim',
	'$json.constructor',
	'$json["constructor"]',
	'$json.a.concat("constructor")',
	'$json.a.concat(".isEmpty(")',
	'$json.a.concat("$if")',
	'$json.a.replace("x", "$&")',
	'$json.__proto__.at(0)',
	'$json["toString"]',
	'$json.toString.at(0)',
	// What the methods refuse, or give no plain value for.
	'$json.a.toFixed(2)',
	'$json.a.at(99)',
	'$json.a.replaceAll(/x/, "y")',
	'$json.a.replace(/[z-a]/g, "")',
	'$json.a.replace(/x/gg, "")',
	'$json.a.normalize("x")',
	'$json.missing.trim()',
	// What could take long, or need much room.
	'$json.a.replace(/(\\w+)+x/g, "")',
	'$json.a.padEnd(1000000)',
	// What could end somewhere else than it seems.
	'$json.a.trim() // x',
	'$json.a.trim() /*x*/',
	'$json.a.trim(',
	'$json.a.trim())',
	'$json.a.at(01)',
	'$json.a.trim();',
	'$json.a.concat("x\\")',
	'',
])('leaves {{ %s }} to n8n', (code) => {
	expect(readColumn(`={{ ${code} }}`, ROW)).toBeUndefined();
});

test.each([
	'=INV-{{ $json.a.trim() }}',
	'={{ $json.a.trim() }} ',
	'={{ $json.a.trim() }}{{ $json.a }}',
	'={{ $json.a',
	'={{{ $json.a.trim() }}}',
	'{{ $json.a.trim() }}',
])('leaves %s to n8n', (expression) => {
	expect(readColumn(expression, ROW)).toBeUndefined();
});

test('takes no longer for many calls with spaces', () => {
	const calls = '.trim(                    )'.repeat(36);
	expect(readColumn(`={{ $json.a${calls} + 1 }}`, ROW)).toBeUndefined();
	expect(readColumn(`={{ $json.a${calls} }}`, ROW)).toBe('x-1');
});
