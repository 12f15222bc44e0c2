import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';
import { BoundedCache } from '../../credentials/boundedCache';
import { CREDENTIAL_TYPE } from '../../credentials/credentialType';
import { parseWebhookKey } from './webhookKey';

/**
 * How long a key is used before the credential is read again. Each reading makes n8n start an
 * isolated VM, which holds it up for tens of ms (n8n 2.41), and webhooks come in bursts.
 */
const MAX_AGE_MS = 5_000;
const MAX_KEYS = 100;

interface CachedKey {
	key: Promise<KeyObject>;
	/** In ms since 1970. */
	expiresAt: number;
}

const cachedKeys = new BoundedCache<CachedKey>(MAX_KEYS);

/**
 * The key that verifies the webhooks of a trigger. Webhooks that arrive together share one reading of
 * the credential; a change of the credential counts after five seconds at the latest.
 *
 * @returns Smart Glocal's public key, from the credential of the trigger
 * @throws a sentence when the credential cannot be read or has no usable key; that is not cached
 */
export async function readVerificationKey(context: IWebhookFunctions): Promise<KeyObject> {
	const node = context.getNode();
	const { id } = node.credentials?.[CREDENTIAL_TYPE] ?? {};
	const name = JSON.stringify([context.getWorkflow().id, node.id, id]);
	const now = Date.now();
	const cached = cachedKeys.get(name);
	if (cached && now < cached.expiresAt) return await cached.key;

	const key = readKeyNow(context);
	cachedKeys.set(name, { key, expiresAt: now + MAX_AGE_MS });
	void key.catch(() => {
		if (cachedKeys.get(name)?.key === key) cachedKeys.delete(name);
	});
	return await key;
}

/**
 * Reads Smart Glocal's public key from the credential.
 *
 * @throws a sentence when the credential cannot be read or has no usable key
 */
export async function readKeyNow(context: IHookFunctions | IWebhookFunctions): Promise<KeyObject> {
	const { webhookPublicKey } = await context.getCredentials(CREDENTIAL_TYPE);
	return parseWebhookKey(typeof webhookPublicKey === 'string' ? webhookPublicKey : '');
}
