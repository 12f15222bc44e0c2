import { listTemplateTexts, matchesTemplate } from '../../nodes/payout/json/jsonTemplate';
import { findSlowGrowth, textsOf } from '../support/growth.mts';

test.each<[string, unknown, unknown]>([
	['text without expressions', '{"a":1}', { b: 2 }],
	['an object', { a: 1 }, { b: 2 }],
	['one expression for everything', '={{ $json.body }}', { a: { b: [1] } }],
	['one expression with spaces around it', '= {{ $json.body }}\n', { a: 1 }],
	[
		'expressions in texts',
		'={"a":"{{ $json.a }} {{ $json.b }}","b":["x"]}',
		{ a: 'A "B"', b: ['x'] },
	],
	[
		'expressions for values',
		'={"a":{{ JSON.stringify($json.a) }},"b":{{ $json.b }}}',
		{ a: [1], b: { c: 2 } },
	],
	['digits after an expression', '={"a":{{ $json.a }}00}', { a: 1200 }],
	['quotes and braces in an expression', '={"a":"{{ $json["x"] ?? { y: "}" }.y }}"}', { a: '}' }],
	['an escaped end in an expression', '={"a":{{ {b:{c:1\\}} }}}', { a: { b: { c: 1 } } }],
	['names in another order', '={"a":"{{ $json.a }}","b":null}', { b: null, a: 'x' }],
])('takes what has the form of its template: %s', (_case, template, value) => {
	expect(matchesTemplate(template, value)).toBe(true);
});

test.each<[string, unknown, unknown]>([
	['a name more', '={"a":"{{ $json.a }}"}', { a: 'x', b: 'y' }],
	['a name less', '={"a":"{{ $json.a }}","b":1}', { a: 'x' }],
	['a name moved', '={"x":{"a":"{{ $json.a }}"},"y":{"b":1}}', { x: { a: '', b: 1 }, y: {} }],
	['another fixed value', '={"a":"{{ $json.a }}","b":1}', { a: 'x', b: 2 }],
	['an object for a text', '={"a":"{{ $json.a }}"}', { a: {} }],
	['a list that is longer', '={"a":["{{ $json.a }}"]}', { a: ['x', 'y'] }],
	['a list for an object', '={"a":{"0":"{{ $json.a }}"}}', { a: ['x'] }],
	['an object for a list', '={"a":["{{ $json.a }}"]}', { a: { 0: 'x' } }],
	['a name that every object has', '={"toString":"{{ $json.a }}"}', { a: 'x' }],
	['names from an expression', '={"{{ $json.a }}":1}', { b: 1 }],
	['fields from an expression', '={"a":1 {{ $json.more }}}', { a: 1, b: 2 }],
])('refuses what has not: %s', (_case, template, value) => {
	expect(matchesTemplate(template, value)).toBe(false);
});

test('lists the texts that hold expressions, with the places of those', () => {
	const template =
		'={"a":["{{ $json.a }}","x"],"b":{{ $json.b }},"c":{"d":"A {{ "}" }}-{{ $json.d }}"},"{{ 1 }}":"y"}';
	expect(listTemplateTexts(template)).toEqual([
		{ path: ['a', '0'], expressions: ['{{ $json.a }}'], isWhole: true },
		{ path: ['c', 'd'], expressions: ['{{ "}" }}', '{{ $json.d }}'], isWhole: false },
	]);
	expect(listTemplateTexts('={{ $json.body }}')).toEqual([]);
	expect(listTemplateTexts({ a: '{{ $json.a }}' })).toEqual([]);
});

test.each(['{{', '{{ ', '{{\\\\', '{{a}} {{'])(
	'takes a time that grows as the template, made of %j',
	async (unit) => {
		const slowness = await findSlowGrowth((text) => {
			const template = `={"a":"${text}x","b":1}`;
			expect(matchesTemplate(template, { a: 'x', b: 1 })).toBe(true);
			expect(matchesTemplate(template, { a: 'x', b: 2 })).toBe(false);
		}, textsOf(unit));
		expect(slowness).toBeUndefined();
	},
);
