import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { BoundedCache } from './boundedCache';
import { parsePem, PEM_KINDS } from './pem';

const MAX_KEYS = 20;
const parsedKeys = new BoundedCache<KeyObject>(MAX_KEYS);

/**
 * Reads an RSA private key as a person pasted it: PKCS#1 or PKCS#8, plain or encrypted. The same input
 * gives the same object, because parsing costs more than signing.
 *
 * @throws {Error} with a sentence that says what was pasted instead and what to do, and holds nothing
 *   of the pasted text
 */
export function loadSigningKey(pasted: string, passphrase: string): KeyObject {
	// The cache must not hold what was pasted.
	const name = createHash('sha256').update(`${pasted}\0${passphrase}`).digest('hex');
	const cached = parsedKeys.get(name);
	if (cached) return cached;
	const key = parseSigningKey(pasted, passphrase);
	parsedKeys.set(name, key);
	return key;
}

/**
 * Signs a request body: RSA (PKCS#1 v1.5) with SHA-256, in the thread pool, so that n8n's event
 * loop stays free.
 *
 * @param body exactly what goes over the wire
 * @returns base64 on one line (/docs/reference/format; the padding is the one of the public test vector)
 * @throws {Error} when OpenSSL cannot sign with this key, as with one that is too short
 */
export async function signBody(body: string | Buffer, key: KeyObject): Promise<string> {
	return await new Promise((resolve, reject) => {
		sign('RSA-SHA256', Buffer.from(body), key, (failure, signature) => {
			if (!failure) return resolve(signature.toString('base64'));
			reject(
				new Error(
					'The private key cannot make an RSA-SHA256 signature. Create a key of at least 2048 bits and give its public key to Smart Glocal.',
				),
			);
		});
	});
}

function parseSigningKey(pasted: string, passphrase: string): KeyObject {
	if (pasted.trim() === '') {
		throw new Error(
			"The field 'Private Key' is empty. Paste the RSA private key, from the line BEGIN to the line END.",
		);
	}
	const pem = parsePem(pasted);
	if (!pem) {
		throw new Error(
			"The text in 'Private Key' is not a key in PEM format. Paste the whole file, with its BEGIN and END lines.",
		);
	}
	const refusal = PEM_KINDS[pem.label];
	if (refusal) throw new Error(refusal);
	if (!pem.label.endsWith('PRIVATE KEY')) {
		throw new Error(
			"The text in 'Private Key' is not a private key. Paste the file that begins with BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY.",
		);
	}
	if (pem.encrypted && passphrase === '') {
		throw new Error(
			"The private key is protected by a passphrase. Enter it in the field 'Passphrase'.",
		);
	}
	const key = readKey(pem.text, pem.encrypted ? passphrase : undefined);
	if (!key) {
		throw new Error(
			pem.encrypted
				? "The private key could not be opened. The passphrase in 'Passphrase' is probably not the one of this key, or the key was not copied whole."
				: 'The private key could not be read: it is damaged or was not copied whole. Copy the file again, from the line BEGIN to the line END.',
		);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw new Error(
			`The private key is of the type ${key.asymmetricKeyType}. Smart Glocal needs an RSA key: create one with 'openssl genrsa -out private.pem 2048'.`,
		);
	}
	return key;
}

function readKey(pem: string, passphrase: string | undefined): KeyObject | undefined {
	try {
		return createPrivateKey({ key: pem, format: 'pem', passphrase });
	} catch {
		// OpenSSL's own message is no help to the reader, and may quote what it was given.
		return undefined;
	}
}
