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
	'0'.repeat(64),
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
		{ numRuns: 2_000 },
	);
});

function keyOf(reference: unknown): string {
	const payout = buildRow(OTHER_ROW, { reference });
	return 'problems' in payout ? 'refused' : payout.idempotencyKey;
}

// Half of a surrogate pair has no UTF-8, so hashing would make different references the same.
test('does not give one key to two references with broken characters', () => {
	const [one, other] = [keyOf('INV-\ud800'), keyOf('INV-\ud801')];
	expect(one === 'refused' || one !== other).toBe(true);
});
