import fc from 'fast-check';
import { parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { readJson } from '../../nodes/payout/json/readJson';
import { findSlowGrowth, inputsOf } from '../support/growth.mts';
import { drawSeed } from '../support/seed.mts';

const MAX_CHARACTERS = 262_144;

const read = (given: unknown) =>
	readJson(given, { label: "The 'Text'", notJson: 'It is not JSON.' });

function problemOf(given: unknown): string {
	const result = read(given);
	if ('value' in result) throw new Error(`It was taken: ${JSON.stringify(result.value)}`);
	return result.problem;
}

/** What jsonc-parser finds in JSON that must be refused. */
function isRefusedByTree(node: Node, text: string): boolean {
	const { type, children = [], offset, length } = node;
	if (type === 'number' && !isExact(text.slice(offset, offset + length))) return true;
	if (type === 'object') {
		const names = children.map(({ children: [name] = [] }) => name?.value as string);
		if (new Set(names).size < names.length || names.includes('__proto__')) return true;
	}
	return children.some((child) => isRefusedByTree(child, text));
}

/** Whether a number is written as JavaScript would write it, but for zeros at the end of a fraction. */
function isExact(written: string): boolean {
	const value = Number(written);
	const [whole = '', fraction] = written.split('.');
	const digits = fraction?.match(/^\d*[1-9](?=0*$)/)?.[0];
	const isShort = fraction !== undefined && /^\d+$/.test(fraction);
	const short = isShort ? whole + (digits ? `.${digits}` : '') : written;
	return Math.abs(value) <= Number.MAX_SAFE_INTEGER && String(value) === short;
}

const name = fc.constantFrom(
	'a',
	'\\u0061',
	'b',
	'\\"',
	'\\u0022',
	'',
	'a\\u0000',
	'é',
	'e\\u0301',
);
const number = fc.oneof(
	fc.integer().map(String),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
	fc
		.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }))
		.map(([digits, exponent]) => `${digits}e${exponent}`),
	fc.constantFrom('-0', '100.0', '1e2', '0.1', '10.50', '1e400', '1e-400', '9007199254740993'),
);

/** JSON as anybody may write it: names twice or escaped, numbers of any length, spaces anywhere. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
	json: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		fc.oneof(number, fc.constantFrom('true', 'null', '"{\\"a\\":1,\\"a\\":2}"', '"\\\\"')),
		fc.array(tie('json'), { maxLength: 3 }).map((parts) => `[${parts.join(' , ')}]`),
		fc
			.array(fc.tuple(name, tie('json')), { maxLength: 4 })
			.map((parts) => `{${parts.map(([key, value]) => `"${key}" :${value}`).join(',\n')}}`),
	),
}));

test('finds what a tree of jsonc-parser shows: names that occur twice and numbers that lose digits', () => {
	const counts = { taken: 0, refused: 0 };
	const seed = drawSeed();
	fc.assert(
		fc.property(json, (text) => {
			const result = read(text);
			const isRefused = isRefusedByTree(parseTree(text) as Node, text);
			counts[isRefused ? 'refused' : 'taken']++;
			if (isRefused) expect(result).toHaveProperty('problem');
			else expect(result).toEqual({ value: JSON.parse(text) });
		}),
		{ numRuns: 3_000, seed },
	);
	const areEnough = counts.taken > 300 && counts.refused > 300;
	expect({ seed, counts, areEnough }).toEqual({ seed, counts, areEnough: true });
});

test('takes any text for what JSON.parse takes it for, and never throws', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
			let value: unknown;
			try {
				value = JSON.parse(text);
			} catch {
				value = undefined;
			}
			const result = read(text);
			if ('value' in result) expect(result.value).toEqual(value);
		}),
	);
});

test.each([
	['{"a":1,"a":2}', "'a' twice"],
	['{"a":1,"\\u0061":2}', "'a' twice"],
	['{"x":[{"y":1},{"z":{"q":1,"q":1}}]}', "'x.z.q' twice"],
	['{"__proto__":{"a":1}}', "the name '__proto__'"],
	['[{"a":{"__pro\\u0074o__":1}}]', "the name 'a.__proto__'"],
	['{"invoice":12345678901}', undefined],
	[
		'{"invoice":1234567890123456789}',
		'the number 1234567890123456789, of which digits would be lost',
	],
	['{"4242424242424242":1,"4242424242424242":2}', "'****4242' twice"],
	['[1,2,9007199254740993]', 'the number 9007199254740993, of which digits would be lost'],
	['9007199254740993', 'has the number'],
	['{"a":"1","b":["a","a"],"c":{"a":1}}', undefined],
	['{"a":0.30000000000000004,"b":-0.0000012345678901234567,"c":10.00}', undefined],
])('reads %s', (text, problem) => {
	if (problem === undefined) expect(read(text)).toEqual({ value: JSON.parse(text) });
	else expect(problemOf(text)).toContain(problem);
});

test.each<[string, unknown]>([
	['a number that is none', { a: [NaN] }],
	['an infinite number', Infinity],
	['a number too large for its digits', { a: 2 ** 60 }],
	['a BigInt', { a: 1n }],
	['a name of a prototype', JSON.parse('{"a":{"__proto__":1}}')],
	['nothing', undefined],
	['a function', () => 1],
])('refuses a value that JSON would change: %s', (_case, value) => {
	expect(problemOf(value)).toMatch(/^The 'Text' .*\.$/);
});

test('refuses what contains itself, and reads a date as it would be sent', () => {
	const ring: Record<string, unknown> = {};
	ring.ring = ring;
	expect(problemOf(ring)).toContain('contains itself');
	expect(read({ on: new Date(0) })).toEqual({ value: { on: '1970-01-01T00:00:00.000Z' } });
});

test('wants digits only where a whole number must be', () => {
	const amount = (text: string) =>
		readJson(text, {
			label: "The 'Text'",
			notJson: 'It is not JSON.',
			wholeNumber: ['amount_details', 'amount'],
		});
	for (const written of ['1e2', '100.0', '1E+2', '9007199254740993', '0.5', '1e400']) {
		expect(amount(`{"amount_details":{"amount":${written}}}`)).toEqual({
			path: ['amount_details', 'amount'],
			problem: expect.stringContaining('whole number') as string,
		});
		if (written === '100.0') {
			expect(amount(`{"amount":${written},"x":{"amount_details":{"amount":${written}}}}`)).toEqual({
				value: expect.anything() as unknown,
			});
		}
	}
	expect(amount('{"amount_details":{"amount":100}}')).toHaveProperty('value');
	expect(amount('{"amount_details":[{"amount":100.0}]}')).toHaveProperty('value');
});

test('takes what is within its limits, and refuses what is not', () => {
	const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
	const long = (length: number) => `"${'x'.repeat(length - 2)}"`;
	expect(read(nested(64))).toHaveProperty('value');
	expect(problemOf(nested(65))).toContain('in each other');
	expect(read(long(MAX_CHARACTERS))).toHaveProperty('value');
	expect(problemOf(long(MAX_CHARACTERS + 1))).toContain('Shorten it');
	expect(problemOf(JSON.parse(nested(20_000)))).toMatch(/^The 'Text' .*\.$/);
});

const NAME = 'n'.repeat(2_000);

test.each<[name: string, make: (size: number) => string]>([
	['brackets', (size) => '['.repeat(size)],
	['brackets and one that closes', (size) => `${'['.repeat(size)}]`],
	['numbers', (size) => `[${'0,'.repeat(size / 2)}0]`],
	['fractions', (size) => `[${'1.0,'.repeat(size / 4)}0]`],
	['a long number', (size) => `[1${'0'.repeat(size)}1]`],
	['a long fraction', (size) => `[1.${'0'.repeat(size)}1]`],
	['backslashes', (size) => `"${'\\\\'.repeat(size / 2)}"`],
	['quotes in a text that does not end', (size) => `"${'\\"'.repeat(size / 2)}`],
	['quotes', (size) => '"'.repeat(size)],
	['one name, repeated', (size) => `{${'"":0,'.repeat(size / 5)}"a":0}`],
	[
		'many names',
		(size) => `{${Array.from({ length: size / 12 }, (_, index) => `"${index}":0`).join(',')}}`,
	],
	[
		'numbers below long names',
		(size) => `${`{"${NAME}":`.repeat(60)}[${'1e2,'.repeat(size / 8)}0]${'}'.repeat(60)}`,
	],
])('reads text in a time that grows as its length: %s', async (_name, make) => {
	const texts = inputsOf(make, MAX_CHARACTERS - 1_000);
	expect(texts.large.length).toBeLessThanOrEqual(MAX_CHARACTERS);
	expect(await findSlowGrowth(read, texts)).toBeUndefined();
});
