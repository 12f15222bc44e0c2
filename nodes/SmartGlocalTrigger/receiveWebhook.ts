import type { KeyObject } from 'node:crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { CREDENTIAL_TYPE, SIGNATURE_HEADER } from '../../credentials/authenticateRequest';
import { BoundedCache, readVerificationKeys } from '../../credentials/keys';
import { parseBody, readWebhook } from '../api/sessions';
import { nameEvent, toWebhookItems } from './events';
import { gather } from './gather';
import { decodeSignature, verifySignature } from './verifySignature';

/** A webhook has a few thousand bytes. */
const MAX_BYTES = 1_000_000;

const NOT_JSON = 'The content type must be application/json.';
const NOT_SIGNED = 'The signature is missing or wrong.';
const NOT_SIGNED_WARNING =
	"The signature of a webhook is missing or wrong, so it was refused. Anybody can send such webhooks to this address. But if those of Smart Glocal do not arrive, it may have changed its key, the credential may hold the key of another environment, or a proxy changes the body: compare 'Webhook Public Key' with the key that your account manager gives you.";

/**
 * Verifies a webhook's signature over the exact bytes before anything is parsed. Only chosen events
 * start the workflow; all get HTTP 200, or they would come again (API reference, section 9).
 */
export async function receiveWebhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = this.getRequestObject();
	const body: unknown = request.rawBody;
	const refuse = (status: number, text: string): IWebhookResponseData => {
		this.getResponseObject().status(status).type('text/plain').send(`${text}\n`).end();
		return { noWebhookResponse: true };
	};

	const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
	if (!Buffer.isBuffer(body) || body.length === 0) {
		// n8n does not read every kind of body (n8n 2.41).
		return isJson ? refuse(400, 'The body is empty.') : refuse(415, NOT_JSON);
	}
	if (body.length > MAX_BYTES) return refuse(413, 'The body is too large.');
	const signature = request.headers[SIGNATURE_HEADER.toLowerCase()];
	// Before the keys are read: what nobody has signed must not cost more than this.
	const keys = decodeSignature(signature)
		? await readKeys(this).catch((failure: Error) => failure)
		: [];
	if (keys instanceof Error) {
		warn(this, `A webhook of Smart Glocal was not verified. ${keys.message}`);
		return refuse(503, 'Webhooks cannot be verified here at the moment.');
	}
	const checks = keys.map(async (key) => await verifySignature(body, signature, key));
	if (!(await Promise.all(checks)).includes(true)) {
		warn(this, NOT_SIGNED_WARNING);
		return refuse(401, NOT_SIGNED);
	}
	if (!isJson) return refuse(415, NOT_JSON);
	const parsed = parseBody(body.toString('utf8'));
	if (parsed === undefined) return refuse(400, 'The body is not JSON.');

	const webhook = readWebhook(parsed);
	const events = this.getNodeParameter('events', []) as string[];
	if (!webhook || !events.includes(nameEvent(webhook))) return { webhookResponse: 'OK' };

	const simplify = this.getNodeParameter('simplify', true) as boolean;
	const items = toWebhookItems(webhook, simplify).map((json) => ({ json }));
	// The editor waits for one webhook.
	const isTest = this.getMode() === 'manual';
	if (isTest || this.getNodeParameter('gather', false) !== true) return { workflowData: [items] };
	return await gather(this, items, () => refuse(503, 'The workflow did not start.'));
}

/**
 * How long a reading of the credential counts, whether it gave keys or not. Each makes n8n start an
 * isolated VM, which takes tens of ms (n8n 2.41), and anybody can make up deliveries.
 */
const MAX_AGE_MS = 5_000;
const MAX_READINGS = 100;

/** The times are on the clock of `performance`, which nobody can set back. */
const readings = new BoundedCache<{ keys: Promise<KeyObject[]>; readAtMs: number }>(MAX_READINGS);

async function readKeys(context: IWebhookFunctions): Promise<KeyObject[]> {
	const node = context.getNode();
	const { id } = node.credentials?.[CREDENTIAL_TYPE] ?? {};
	const name = JSON.stringify([context.getWorkflow().id, node.id, id]);
	const now = performance.now();
	const known = readings.get(name);
	if (known && now - known.readAtMs < MAX_AGE_MS) return await known.keys;

	const keys = context.getCredentials(CREDENTIAL_TYPE).then(readVerificationKeys);
	readings.set(name, { keys, readAtMs: now });
	return await keys;
}

/** Throws where a workflow that is activated could not verify its webhooks. */
export async function ensureCanVerify(context: IHookFunctions): Promise<void> {
	try {
		readVerificationKeys(await context.getCredentials(CREDENTIAL_TYPE));
	} catch (failure) {
		throw new NodeOperationError(context.getNode(), (failure as Error).message);
	}
}

/** How often n8n's log is told of one reason at most: anybody can make up deliveries. */
const WARNING_INTERVAL_MS = 60_000;
const MAX_WARNINGS = 1_000;
const warningTimes = new BoundedCache<number>(MAX_WARNINGS);

function warn(context: IWebhookFunctions, reason: string): void {
	const { id, name } = context.getWorkflow();
	const node = context.getNode();
	const key = JSON.stringify([id, node.id, reason]);
	const now = performance.now();
	if (now - (warningTimes.get(key) ?? -Infinity) < WARNING_INTERVAL_MS) return;
	warningTimes.set(key, now);
	context.logger.warn(`Workflow '${name}', node '${node.name}': ${reason}`);
}
