import { verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Characters of the longest signature: in base64, of a key of 16,384 bits, OpenSSL's largest. */
const MAX_SIGNATURE_CHARACTERS = 2_732;

/** The bytes of the header X-PARTNER-SIGN; undefined for all but base64 in its one canonical form. */
export function decodeSignature(header: unknown): Buffer | undefined {
	if (typeof header !== 'string' || header === '') return undefined;
	if (header.length > MAX_SIGNATURE_CHARACTERS) return undefined;
	const bytes = Buffer.from(header, 'base64');
	return bytes.toString('base64') === header ? bytes : undefined;
}

/** Whether X-PARTNER-SIGN is this key's signature of these bytes (RSA-SHA256, PKCS#1 v1.5). */
export async function verifySignature(body: Buffer, header: unknown, key: KeyObject) {
	const signature = decodeSignature(header);
	const modulusLength = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (signature?.length !== Math.ceil(modulusLength / 8)) return false;
	return await new Promise<boolean>((resolve) => {
		verify('RSA-SHA256', body, key, signature, (failure, isValid) => resolve(!failure && isValid));
	});
}
