import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { BoundedCache } from '../../credentials/boundedCache';
import { parsePem } from '../../credentials/pem';

/** Characters of the longest signature: in base64, of a key of 16,384 bits, OpenSSL's largest. */
const MAX_CHARACTERS = 2_732;

/** The bytes of the header X-PARTNER-SIGN; undefined for all but base64 in its one canonical form. */
export function decodeSignature(header: unknown): Buffer | undefined {
	if (typeof header !== 'string' || header === '' || header.length > MAX_CHARACTERS) {
		return undefined;
	}
	const bytes = Buffer.from(header, 'base64');
	return bytes.toString('base64') === header ? bytes : undefined;
}

/**
 * Whether the header X-PARTNER-SIGN is the signature of these bytes by this key: RSA (PKCS#1 v1.5)
 * with SHA-256 (API reference, section 2). Works in the thread pool.
 */
export async function verifySignature(
	body: Buffer,
	header: unknown,
	key: KeyObject,
): Promise<boolean> {
	const signature = decodeSignature(header);
	const modulusLength = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (signature?.length !== Math.ceil(modulusLength / 8)) return false;
	return await new Promise((resolve) => {
		verify('RSA-SHA256', body, key, signature, (failure, isValid) => resolve(!failure && isValid));
	});
}

/**
 * How long a reading of the credential counts, whether it gave a key or not. Each makes n8n start an
 * isolated VM, which holds it up for tens of ms (n8n 2.41); webhooks come in bursts, and so do
 * deliveries that anybody can make up.
 */
const MAX_AGE_MS = 5_000;
const MAX_READINGS = 100;

/** The time is on the clock of `performance`, which nobody can set back. */
const readings = new BoundedCache<{ key: Promise<KeyObject>; startedAtMs: number }>(MAX_READINGS);

/**
 * The key that verifies the webhooks of a trigger. Deliveries that arrive within five seconds share one
 * reading of the credential, also one that failed.
 *
 * @throws a sentence when the credential cannot be read or has no usable key
 */
export async function readVerificationKey(context: IWebhookFunctions): Promise<KeyObject> {
	const node = context.getNode();
	const { id } = node.credentials?.[CREDENTIAL_TYPE] ?? {};
	const name = JSON.stringify([context.getWorkflow().id, node.id, id]);
	const now = performance.now();
	const known = readings.get(name);
	if (known && now - known.startedAtMs < MAX_AGE_MS) return await known.key;

	const key = readKeyNow(context);
	readings.set(name, { key, startedAtMs: now });
	return await key;
}

/** Reads the key from the credential of the trigger. Throws like `readVerificationKey`. */
export async function readKeyNow(context: IHookFunctions | IWebhookFunctions): Promise<KeyObject> {
	const { webhookPublicKey } = await context.getCredentials(CREDENTIAL_TYPE);
	return parseVerificationKey(typeof webhookPublicKey === 'string' ? webhookPublicKey : '');
}

const READABLE_KINDS = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];
const WHERE =
	"Ask your account manager at Smart Glocal for the public key of this environment, and paste it into the field 'Webhook Public Key' of the credential, from the line BEGIN PUBLIC KEY to the line END PUBLIC KEY.";

/**
 * Reads Smart Glocal's public key as a person pasted it: SPKI, PKCS#1 or a certificate.
 *
 * @throws {Error} with a sentence that says what is wrong and where the key comes from, and holds
 *   nothing of the pasted text
 */
export function parseVerificationKey(pasted: string): KeyObject {
	if (pasted.trim() === '') {
		throw new Error(`The credential has no public key to verify webhooks with. ${WHERE}`);
	}
	const pem = parsePem(pasted);
	if (pem?.label.endsWith('PRIVATE KEY')) {
		throw new Error(
			`A private key was pasted into 'Webhook Public Key'. Remove it there: a private key is never needed to verify webhooks. ${WHERE}`,
		);
	}
	const key = pem && READABLE_KINDS.includes(pem.label) ? openKey(pem.text) : undefined;
	if (!key) {
		throw new Error(
			`The text in 'Webhook Public Key' is not a public key in PEM format, or was not copied whole. ${WHERE}`,
		);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw new Error(
			`The public key in 'Webhook Public Key' is of the type ${key.asymmetricKeyType}, but Smart Glocal signs with RSA. ${WHERE}`,
		);
	}
	return key;
}

function openKey(pem: string): KeyObject | undefined {
	try {
		return createPublicKey(pem);
	} catch {
		return undefined;
	}
}
