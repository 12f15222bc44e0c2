import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { cachedKey } from './keyCache';
import { parsePem } from './pem';

/** A key that cannot verify. The message is a complete sentence for the person who pasted it. */
export class WebhookKeyError extends Error {
	override name = 'WebhookKeyError';
}

const READABLE = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];

/**
 * Reads Smart Glocal's public key as a person pasted it.
 *
 * @param pasted the PEM text: SPKI, PKCS#1 or a certificate, on one line or many
 * @returns the parsed key; the same object for the same input
 * @throws {WebhookKeyError} with a sentence that says what is wrong and where the key comes from.
 *   Nothing of the pasted text is in the message.
 */
export function loadWebhookKey(pasted: string): KeyObject {
	return cachedKey(['webhook', pasted], () => parseWebhookKey(pasted));
}

/** Longest signature in base64, of a key of 16,384 bits, the largest that OpenSSL verifies with. */
const MOST_CHARACTERS = 2_732;

/**
 * Reads the header X-PARTNER-SIGN.
 *
 * @returns the signature's bytes; undefined for everything but base64 in its one canonical form
 */
export function decodeSignature(header: unknown): Buffer | undefined {
	if (typeof header !== 'string' || header === '' || header.length > MOST_CHARACTERS) {
		return undefined;
	}
	const bytes = Buffer.from(header, 'base64');
	return bytes.toString('base64') === header ? bytes : undefined;
}

/**
 * Verifies a signature: RSA (PKCS#1 v1.5) with SHA-256 over the exact bytes (API reference, section
 * 2), in the thread pool.
 *
 * @param signature the header X-PARTNER-SIGN
 * @returns false for everything that is not the signature of these bytes by this key
 */
export async function verifyBody(
	body: Buffer,
	signature: unknown,
	key: KeyObject,
): Promise<boolean> {
	const bytes = decodeSignature(signature);
	const modulusLength = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (bytes?.length !== Math.ceil(modulusLength / 8)) return false;
	return await new Promise((resolve) => {
		verify('RSA-SHA256', body, key, bytes, (failure, isValid) => resolve(!failure && isValid));
	});
}

function parseWebhookKey(pasted: string): KeyObject {
	const where =
		"Ask your account manager at Smart Glocal for the public key of this environment, and paste it into the field 'Webhook Public Key' of the credential, from the line BEGIN PUBLIC KEY to the line END PUBLIC KEY.";
	if (pasted.trim() === '') {
		throw new WebhookKeyError(`The credential has no public key to verify webhooks with. ${where}`);
	}
	const pem = parsePem(pasted);
	if (pem?.label.endsWith('PRIVATE KEY')) {
		throw new WebhookKeyError(
			`A private key was pasted into 'Webhook Public Key'. Remove it there: a private key is never needed to verify webhooks. ${where}`,
		);
	}
	const key = pem && READABLE.includes(pem.label) ? readKey(pem.text) : undefined;
	if (!key) {
		throw new WebhookKeyError(
			`The text in 'Webhook Public Key' is not a public key in PEM format, or was not copied whole. ${where}`,
		);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw new WebhookKeyError(
			`The public key in 'Webhook Public Key' is of the type ${key.asymmetricKeyType ?? 'secret'}, but Smart Glocal signs with RSA. ${where}`,
		);
	}
	return key;
}

function readKey(pem: string): KeyObject | undefined {
	try {
		return createPublicKey(pem);
	} catch {
		return undefined;
	}
}
