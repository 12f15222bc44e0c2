import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parsePem } from '../../credentials/pem';

const READABLE_KINDS = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];

/**
 * Reads Smart Glocal's public key as a person pasted it.
 *
 * @param pasted the PEM text: SPKI, PKCS#1 or a certificate, on one line or many
 * @throws {Error} with a sentence that says what is wrong and where the key comes from.
 *   Nothing of the pasted text is in the message.
 */
export function parseWebhookKey(pasted: string): KeyObject {
	const where =
		"Ask your account manager at Smart Glocal for the public key of this environment, and paste it into the field 'Webhook Public Key' of the credential, from the line BEGIN PUBLIC KEY to the line END PUBLIC KEY.";
	if (pasted.trim() === '') {
		throw new Error(`The credential has no public key to verify webhooks with. ${where}`);
	}
	const pem = parsePem(pasted);
	if (pem?.label.endsWith('PRIVATE KEY')) {
		throw new Error(
			`A private key was pasted into 'Webhook Public Key'. Remove it there: a private key is never needed to verify webhooks. ${where}`,
		);
	}
	const key = pem && READABLE_KINDS.includes(pem.label) ? readKey(pem.text) : undefined;
	if (!key) {
		throw new Error(
			`The text in 'Webhook Public Key' is not a public key in PEM format, or was not copied whole. ${where}`,
		);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw new Error(
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
