import { createHash } from 'node:crypto';

/**
 * Derives the idempotency key from the user's own reference. The same reference gives the same key
 * in every run, so that sending it again cannot pay again.
 *
 * @param reference the user's reference, already cleaned (see `cleanText`)
 * @returns the reference itself when it is 1 to 64 characters of `A-Z a-z 0-9 . _ : -`, else the
 *   SHA-256 of its UTF-8 bytes in hex: the alphabet and length that Smart Glocal allows for
 *   X-PARTNER-IDEMPOTENCY-KEY are not documented, and these are safe in any header
 */
export function toIdempotencyKey(reference: string): string {
	if (/^[A-Za-z0-9._:-]{1,64}$/.test(reference)) return reference;
	return createHash('sha256').update(reference, 'utf8').digest('hex');
}
