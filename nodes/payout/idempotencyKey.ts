import { createHash } from 'node:crypto';

const SAFE = /^[A-Za-z0-9._:-]{1,64}$/;
const LIKE_HASH = /^[0-9A-Fa-f]{64}$/;

/**
 * Derives the idempotency key of a clean reference: itself where it is safe in any header, else its
 * SHA-256 in hex, also where it looks like one, so that no reference has the key of another. Final:
 * another rule would pay again what was paid (a table in the tests pins the keys).
 */
export function toIdempotencyKey(reference: string): string {
	if (SAFE.test(reference) && !LIKE_HASH.test(reference)) return reference;
	return createHash('sha256').update(reference, 'utf8').digest('hex');
}
