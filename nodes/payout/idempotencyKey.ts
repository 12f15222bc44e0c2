import { createHash } from 'node:crypto';

const SAFE = /^[A-Za-z0-9._:-]{1,64}$/;
const LIKE_HASH = /^[0-9A-Fa-f]{64}$/;

/**
 * Derives the idempotency key from the user's clean reference, the same in every run, so that sending a
 * payout again cannot pay it again: the reference itself where it is safe in any header, as Smart Glocal
 * does not document which characters it accepts; else the SHA-256 of its UTF-8 bytes in hex. A reference
 * that looks like such a hash is hashed, too, so that it cannot have the key of another one.
 *
 * Another rule would pay again what was paid before: its keys are pinned by a table in the tests.
 */
export function toIdempotencyKey(reference: string): string {
	if (SAFE.test(reference) && !LIKE_HASH.test(reference)) return reference;
	return createHash('sha256').update(reference, 'utf8').digest('hex');
}
