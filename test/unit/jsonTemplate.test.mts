import { readJsonPayout } from '../../nodes/payout/json/jsonBody';
import { belgianPayout } from '../support/belgianPayout.mts';
import { findSlowGrowth, textsOf } from '../support/growth.mts';

/** Reads a body whose expressions name the values, as in `{{ a }}`. */
function read(body: string, values: Readonly<Record<string, unknown>> = {}) {
	const evaluate = (expression: string) => values[expression.slice(2, -2).trim()];
	return readJsonPayout({ reference: 'INV-1', body, evaluate }, 'start');
}

/** What is sent as `x`, a field that this package does not know. */
function filled(template: string, values?: Readonly<Record<string, unknown>>): unknown {
	const payout = read(`={"x":${template}}`, values);
	return 'problems' in payout ? payout.problems : payout.body.x;
}

const A_LIST = { b: [1, { c: 'x' }] };

test.each<[template: string, value: unknown, sent: unknown]>([
	['"{{ a }}"', 'O"Neil \\ {"b":1}', 'O"Neil \\ {"b":1}'],
	['"A {{ a }}-{{ a }}"', 'x"', 'A x"-x"'],
	['" {{ a }}"', 7, ' 7'],
	['"{{ a }}"', 10.5, '10.5'],
	['"{{ a }}"', false, 'false'],
	['"{{ a }}"', undefined, ''],
	['"A {{ a }}"', null, 'A '],
	['["{{ a }}", "y"]', 'x', ['x', 'y']],
	['"\\\\{{ a }}"', 'x', '\\x'],
	['{{ a }}', '"x"', 'x'],
	['{{ a }}', ' {"b":[1]} ', { b: [1] }],
	['{{ a }}', A_LIST, A_LIST],
	['{{ a }}', null, null],
	['[{{ a }}, 2]', 1, [1, 2]],
	['{{ a }}00', 12, 1200],
	['-{{ a }}.5', '3', -3.5],
	['"{{ "}" }}{{ {b:{c:1\\}} }}"', 'x', ''],
])('puts a value in its place: %s with %p', (template, a, sent) => {
	expect(filled(template, { a })).toEqual(sent);
});

test.each<[template: string, value: unknown, message: string]>([
	['{{ a }}', 'x', "The expression in 'x' gives text that is not JSON."],
	['{{ a }}', '', 'not JSON'],
	['{{ a }}', '1,"y":2', 'not JSON'],
	['{{ a }}', '1}', 'not JSON'],
	['{{ a }}', undefined, 'a value that JSON does not have'],
	['{{ a }}', '{"b":1,"b":2}', "'b' twice"],
	['{{ a }}', { b: 2 ** 60 }, 'digits would be lost'],
	['"{{ a }}"', 2 ** 60, 'lost leading zeros or last digits'],
	['"{{ a }}"', ['x'], "The field 'x' is not text but a list."],
	['"A {{ a }}"', { b: 1 }, 'is not text but an object'],
	['"A {{ a }}"', new Date(0), 'is not text but a date'],
])('refuses a value that does not fit there: %s with %p', (template, a, message) => {
	expect(filled(template, { a })).toEqual([
		{ field: 'x', message: expect.stringContaining(message) },
	]);
});

test.each([
	'={"x":"{{ a }}}',
	'={"{{ a }}":1}',
	'={"y":[{"{{ a }}y":1}]}',
	'={"y":1 {{ a }}}',
	'={{ a }}{{ a }}',
	'={"x":"{{ a }',
	'={"x":"\\{{ a }}"}',
	'=x {{ a }}',
])('refuses a template that is not JSON, and says how to write it: %s', (template) => {
	expect(read(template, { a: 'x' })).toEqual({
		problems: [
			{ field: 'body', message: expect.stringContaining('expressions stand for values only') },
		],
	});
});

test('refuses what JSON itself would change in a template', () => {
	expect(read('={"x":"{{ a }}","x":1}')).toMatchObject({ problems: [{ field: 'x' }] });
	expect(read('={"x":{"__proto__":{{ a }}}}')).toMatchObject({
		problems: [{ field: 'x.__proto__' }],
	});
});

test('takes the value of a template that is one expression for the whole body', () => {
	const body = belgianPayout();
	for (const whole of [body, JSON.stringify(body)]) {
		expect(read('= {{ whole }}\n', { whole })).toMatchObject({ amount: 1000 });
	}
	expect(read('={{ none }}')).toMatchObject({
		problems: [{ message: expect.stringContaining('not a JSON object') }],
	});
});

test('evaluates nothing in a text without an equals sign in front', () => {
	expect(read('{"x":"{{ a }}"}', { a: 1 })).toMatchObject({ body: { x: '{{ a }}' } });
	expect(read('{"metadata":{{ a }}}', { a: 1 })).toHaveProperty('problems');
});

test.each<[path: string, value: unknown, sent: unknown]>([
	['bank_account_number', '00123', '00123'],
	['bank_account_number', 123, undefined],
	['bank_account_number', 'CH-{{ part }}', 'CH-7'],
	['bank_account_number', 'CH-{{ half }}', undefined],
	['sort_code', 123456, '12-34-56'],
	['iban', 'be68 5390 0754 7034', 'BE68539007547034'],
])(
	'checks a value in quotation marks by its type, as in a column: %s with %p',
	(name, value, sent) => {
		const text = typeof value === 'string' && value.includes('{{') ? value : '{{ value }}';
		const account = `{"${name}":"${text}"${/iban|code/.test(name) ? '' : ',"swift_bic_code":"BARCGB22"'}${name === 'sort_code' ? ',"account_number":"1"' : ''}}`;
		const payout = read(
			`={"payout_details":{"type":"bank_account","bank_account":{"system_type":"global","global":${account}}}}`,
			{ value, part: 7, half: 7.5 },
		);
		if (sent === undefined) {
			expect(payout).toMatchObject({
				problems: [{ message: expect.stringMatching(/lost leading/) }],
			});
		} else {
			expect(payout).toHaveProperty(`body.payment_method.bank_account.global.${name}`, sent);
		}
	},
);

test.each(['{{', '{{ ', '{{\\\\', '{{a}} {{', '{{a}}'])(
	'takes a time that grows as the template, made of %j',
	async (unit) => {
		const slowness = await findSlowGrowth(
			(text) => expect(read(`={"a":"${text}x","b":1}`)).toBeDefined(),
			textsOf(unit),
		);
		expect(slowness).toBeUndefined();
	},
);
