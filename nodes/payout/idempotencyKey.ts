import { createHash } from 'node:crypto';

/**
 * Derives the idempotency key from the user's reference. The same reference gives the same key in
 * every run, so sending a payout again cannot pay it again.
 *
 * @param reference clean text (see `cleanText`)
 * @returns the reference itself when it has 1 to 64 characters of `A-Z a-z 0-9 . _ : -`, else the
 *   SHA-256 of its UTF-8 bytes in hex. Smart Glocal does not document which characters and lengths
 *   it accepts; these are safe in any header.
 */
export function toIdempotencyKey(reference: string): string {
	if (/^[A-Za-z0-9._:-]{1,64}$/.test(reference)) return reference;
	return createHash('sha256').update(reference, 'utf8').digest('hex');
}
