import { readNativeCode } from '../../nodes/SmartGlocal/batch/read/columnExpressions';

test.each([
	['={{ $json.iban.toString().trim() }}', ['iban']],
	["={{ $json['My IBAN'].replace(/[()\\s.-]+/g, '').toUpperCase() }}", ['My IBAN']],
	['={{ $json.first + " " + $json["Last Name (legal)"] }}', ['first', 'Last Name (legal)']],
	['={{ (Number($json.net) * 1.2).toFixed(2) }}', ['net']],
	['={{ $json.kind === "x" ? $json.a : ($json.b || "-").slice(0, -2) }}', ['kind', 'a', 'b']],
	['={{ $json.name.split(" ")[0] }}', ['name']],
	['={{\n\t$json.a\n\t\t.trim( )\n}}', ['a']],
	['={{ parseFloat( $json["#"] ) - 1 / 2 }}', ['#']],
	['={{ ($json.a.replace( /[^\\w/]/g, "#" )) }}', ['a']],
])('can evaluate %s with others', (expression, columns) => {
	expect(readNativeCode(expression)?.columns).toEqual(columns);
});

test.each([
	// What gives another value each time, or for another place.
	'$now',
	'$itemIndex + $json.a',
	'Date.now()',
	'$json.a + Math.random()',
	'$runIndex',
	'$input.item.json.a',
	'$("Rows").item.json.a',
	'$json',
	'$json.a + $now.day',
	// What can change something, or does so.
	'$json.a = 1',
	'$json.a++',
	'--$json.a',
	'delete $json.a',
	'[$json.a].map((x) => x)',
	'$json.a.sort()',
	'(() => 1)()',
	'new String($json.a)',
	'eval($json.a)',
	'$json.a, $json.b',
	// What n8n has its own meaning for, or rewrites together with what is next to it.
	'$json.a.isEmpty()',
	'$json?.a',
	'$json.a?.trim()',
	'$if($json.a, 1, 2)',
	'$json.a.round()',
	'$json.a + ".isEmpty("',
	'$json.a + "$if("',
	'`${$json.a}`',
	'$json.a.length',
	'$json.constructor',
	'$json["constructor"]',
	'$json.a + " .constructor"',
	'$json.__proto__ + $json.a',
	'$json["toString"] + $json.a',
	'typeof($json.a)',
	'$json.a["x"]',
	'$json.a(1)',
	'"a"[0] + $json.a',
	'# + $json.a',
	'$json.# + $json.a',
	'$json.a#',
	'void $json.a',
	'!$json.a',
	// What could reach over the end of its own code.
	'$json.a // x',
	'$json.a /* x',
	'$json.a //x/',
	'$json.a <!-- x',
	'$json.a--1',
	'$json.a - -1',
	'$json.a /*x*/',
	'$json.a)',
	'($json.a',
	'($json.a))(',
	'$json.a.at(1',
	'$json.a ? 1',
	'$json.a ? 1, 2 : 3',
	'$json.a "x"',
	'$json.a "',
	"$json.a + 'x\\",
	'',
	'"use strict"',
	'1',
	'$json.a 1',
	'010 + $json.a',
	'$json.a}',
])('leaves {{ %s }} to be evaluated alone', (code) => {
	expect(readNativeCode(`={{ ${code} }}`)).toBeUndefined();
});

test.each([
	'=INV-{{ $json.a.trim() }}',
	'={{ $json.a.trim() }} ',
	'={{ $json.a.trim() }}{{ $json.b }}',
	'={{ $json.a',
	'={{{ $json.a.trim() }}}',
	'={{ $json.a }}',
	'{{ $json.a.trim() }}',
	'$json.a.trim()',
	`={{ $json.a + "${'x'.repeat(1_000)}" }}`,
])('leaves %s to be evaluated alone', (expression) => {
	expect(readNativeCode(expression)).toBeUndefined();
});
