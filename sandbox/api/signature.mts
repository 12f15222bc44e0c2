import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads the public key of a project.
 *
 * @param pem a public key in PEM, as `openssl rsa -pubout` writes it
 * @returns the key, parsed once so that each request only verifies
 * @throws Error when the text is not the PEM of an RSA public key
 */
export function readPublicKey(pem: string): KeyObject {
	const expected = 'an RSA public key in PEM, as "openssl rsa -pubout" writes it';
	if (pem.includes('PRIVATE KEY')) {
		throw new Error(`This is a private key. The sandbox needs ${expected}.`);
	}
	let key: KeyObject;
	try {
		key = createPublicKey(pem);
	} catch {
		throw new Error(`The public key could not be read. It must be ${expected}.`);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw new Error(`The public key is of the type ${key.asymmetricKeyType}, not ${expected}.`);
	}
	return key;
}

/**
 * Checks `X-PARTNER-SIGN`: RSA with SHA-256, PKCS#1 v1.5 padding, over the body exactly as it came
 * in, in standard base64 on one line (/docs/reference/format).
 *
 * @param key the project's public key
 * @param body the bytes received
 * @param signature the header's value, if there was one
 * @returns whether the signature belongs to these bytes
 */
export function signatureMatches(
	key: KeyObject,
	body: Buffer,
	signature: string | undefined,
): boolean {
	if (signature === undefined || signature.length % 4 !== 0 || !base64.test(signature)) {
		return false;
	}
	return verify('RSA-SHA256', body, key, Buffer.from(signature, 'base64'));
}
