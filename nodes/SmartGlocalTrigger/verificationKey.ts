import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';
import { BoundedCache } from '../../credentials/boundedCache';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { parseWebhookKey } from './webhookKey';

/**
 * How long a reading of the credential counts, whether it gave a key or not. Each makes n8n start an
 * isolated VM, which holds it up for tens of ms (n8n 2.41); webhooks come in bursts, and so do
 * deliveries that anybody can make up.
 */
const MAX_AGE_MS = 5_000;
const MAX_READINGS = 100;

interface Reading {
	key: Promise<KeyObject>;
	/** On the clock of `performance`, which nobody can set back. */
	startedAtMs: number;
}

const readings = new BoundedCache<Reading>(MAX_READINGS);

/**
 * The key that verifies the webhooks of a trigger. Deliveries that arrive within five seconds share one
 * reading of the credential, also one that failed; so a change of the credential counts after five
 * seconds at the latest.
 *
 * @returns Smart Glocal's public key, from the credential of the trigger
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

/**
 * Reads Smart Glocal's public key from the credential.
 *
 * @throws a sentence when the credential cannot be read or has no usable key
 */
export async function readKeyNow(context: IHookFunctions | IWebhookFunctions): Promise<KeyObject> {
	const { webhookPublicKey } = await context.getCredentials(CREDENTIAL_TYPE);
	return parseWebhookKey(typeof webhookPublicKey === 'string' ? webhookPublicKey : '');
}
