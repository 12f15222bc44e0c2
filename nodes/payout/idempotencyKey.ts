import { createHash } from 'node:crypto';

/**
 * Derives the idempotency key from the user's clean reference, the same in every run, so that sending a
 * payout again cannot pay it again: the reference itself where it is safe in any header, as Smart Glocal
 * does not document which characters it accepts; else the SHA-256 of its UTF-8 bytes in hex.
 */
export function toIdempotencyKey(reference: string): string {
	if (/^[A-Za-z0-9._:-]{1,64}$/.test(reference)) return reference;
	return createHash('sha256').update(reference, 'utf8').digest('hex');
}
