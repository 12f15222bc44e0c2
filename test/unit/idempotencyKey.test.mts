import fc from 'fast-check';
import { toIdempotencyKey } from '../../nodes/payout/idempotencyKey';
import { cleanText } from '../../nodes/payout/text/characters';
import { buildRow, OTHER_ROW } from '../support/payoutRows.mts';
import { openssl } from '../support/openssl.mts';

const SAFE = [...'ABCXYZabcxyz0189._:-'];

test.each([
	'1',
	'INV-2024_001',
	'a.b:c-d_e',
	'2024-05-27T02:03:00',
	'x'.repeat(64),
	'0'.repeat(63),
])('sends %s as its own key', (reference) => {
	expect(toIdempotencyKey(reference)).toBe(reference);
});

test.each([
	'INV 1',
	'INV/1',
	'Rechnung Nr. 7 für Žofie',
	'発注書 😀',
	'x'.repeat(65),
	'#1',
	'a,b',
	'a\u0000b',
])('sends the SHA-256 of %p, as OpenSSL makes it', (reference) => {
	const [sha256] = openssl(['dgst', '-sha256', '-r'], reference).toString().split(' ');
	expect(toIdempotencyKey(reference)).toBe(sha256);
});

test('makes keys that are safe in a header', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (reference) => {
			expect(toIdempotencyKey(reference)).toMatch(/^[A-Za-z0-9._:-]{1,64}$/);
		}),
	);
});

const references = fc.oneof(
	fc.string({ unit: fc.constantFrom(...SAFE), minLength: 1, maxLength: 70 }),
	fc.string({ unit: 'grapheme', minLength: 1 }),
	fc.string({ unit: 'binary', minLength: 1 }),
);

test('always gives the same reference the same key, and no other reference', () => {
	fc.assert(
		fc.property(references, references, (one, other) => {
			const keys = [one, one, other].map((reference) => toIdempotencyKey(cleanText(reference)));
			expect(keys[0]).toBe(keys[1]);
			expect(keys[0] === keys[2]).toBe(cleanText(one) === cleanText(other));
		}),
		{ numRuns: 2_000, examples: [['Müller 1', toIdempotencyKey('Müller 1')]] },
	);
});

function keyOf(reference: unknown): string {
	const payout = buildRow(OTHER_ROW, { reference });
	return 'problems' in payout ? 'refused' : payout.idempotencyKey;
}

/**
 * Final: what was paid under one of these keys would be paid again under another. Made with another
 * program, from the UTF-8 of the reference.
 */
test.each([
	['1', '1'],
	['1001', '1001'],
	['INV-2024_001', 'INV-2024_001'],
	['a.b:c-d_e', 'a.b:c-d_e'],
	['2024-05-27T02:03:00', '2024-05-27T02:03:00'],
	[
		'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
		'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
	],
	[
		'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
		'9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9',
	],
	['INV 1', '46ed23c798738d424b7cef00ae396483eb01d18c1b52b139058119ff3aade12b'],
	['Müller 1', 'd929628e581a32459e2adecf465452563f25d961c5b4920b8ab2da44d2784d2e'],
	['No 12', '8d945420720166934d64d96b39317505481e894d74084266eb87a389ad3fcf45'],
	['#1', '0b0fa0b2280a09639e2059e56c8fa9328f4d76ab48e081dfdc80da7f0984f94e'],
	["O'Neill 1", '3f7f207044b491f9b7115354418c40aef3461d83a03fa8abb881eba152308f80'],
	['Счёт А-1', 'dffb7948427aa6958f75ea96a0a70e14b746f2b5e102df08145784dee8a79fa5'],
	['発注書 7', 'c097e4f842b40a5ec24e2b98195854fe78ae43bf1af55a55bb776f8fe2eb7b2b'],
	[
		'0000000000000000000000000000000000000000000000000000000000000000',
		'60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55',
	],
	[
		'ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789',
		'876fa0a9970996e2252a3df6ceea19fdcdec4f1004e4d67f5a6806e3094150c2',
	],
	[
		'd929628e581a32459e2adecf465452563f25d961c5b4920b8ab2da44d2784d2e',
		'3ec205e8e920c0085a0fd02e96de4ffab1cd066d31223ef06da8376c8685cab4',
	],
	['a,b', '1eb7c54d52831bbfe8942af0b1c56b7409523a59ed6ca99c1174fef7eb32c1b5'],
	['invoice (7) / März', '1ebe24c450ce205218d65e00afe9de670a5c623dd36994277d2c53112f17707f'],
])('%p has this key, for good', (reference, key) => {
	expect(keyOf(reference)).toBe(key);
});

test('the key of one reference is no reference that keeps its own key', () => {
	const key = keyOf('Müller 1');
	expect(keyOf(key)).not.toBe(key);
	expect(keyOf(key.toUpperCase())).not.toBe(key.toUpperCase());
});

test('a number and the text of a program that writes it with a point never have two keys', () => {
	expect(keyOf(1001)).toBe('1001');
	expect(keyOf('1001')).toBe('1001');
	expect(keyOf('1001.0')).toBe('refused');
});

// Half of a surrogate pair has no UTF-8, so hashing would make different references the same.
test('does not give one key to two references with broken characters', () => {
	const [one, other] = [keyOf('INV-\ud800'), keyOf('INV-\ud801')];
	expect(one === 'refused' || one !== other).toBe(true);
});
