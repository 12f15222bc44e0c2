import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';
import { loadWebhookKey } from '../../credentials/webhookKey';

const CREDENTIAL_TYPE = 'smartGlocalApi';

/**
 * How long a key is used before the credential is read again, in ms. Each reading makes n8n start an
 * isolated VM, which holds it up for tens of ms (n8n 2.41), and webhooks come in bursts.
 */
const KEPT_MS = 5_000;
const MOST_KEPT = 100;

interface KeptKey {
	key: Promise<KeyObject>;
	until: number;
}

const keptKeys = new Map<string, KeptKey>();

/**
 * The key that the webhooks of a trigger are verified with. Webhooks that arrive together share one
 * reading of the credential; a change of the credential counts after five seconds at the latest.
 *
 * @returns Smart Glocal's public key, from the credential of the trigger
 * @throws a sentence when the credential cannot be read or has no usable key; that is not kept
 */
export async function readVerificationKey(context: IWebhookFunctions): Promise<KeyObject> {
	const node = context.getNode();
	const { id } = node.credentials?.[CREDENTIAL_TYPE] ?? {};
	const name = JSON.stringify([context.getWorkflow().id, node.id, id]);
	const now = Date.now();
	const kept = keptKeys.get(name);
	if (kept && now < kept.until) return await kept.key;

	const key = readKey(context);
	keptKeys.delete(name);
	keptKeys.set(name, { key, until: now + KEPT_MS });
	const [oldest] = keptKeys.keys();
	if (keptKeys.size > MOST_KEPT && oldest !== undefined) keptKeys.delete(oldest);
	void key.catch(() => {
		if (keptKeys.get(name)?.key === key) keptKeys.delete(name);
	});
	return await key;
}

/**
 * Reads Smart Glocal's public key from the credential, now.
 *
 * @throws a sentence when the credential cannot be read or has no usable key
 */
export async function readKey(context: IHookFunctions | IWebhookFunctions): Promise<KeyObject> {
	const { webhookPublicKey } = await context.getCredentials(CREDENTIAL_TYPE);
	return loadWebhookKey(typeof webhookPublicKey === 'string' ? webhookPublicKey : '');
}
