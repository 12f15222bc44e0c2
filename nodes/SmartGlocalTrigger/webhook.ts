import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { decodeSignature, verifyBody } from '../../credentials/webhookKey';
import { nameEvent, readWebhook, toItems } from './events';
import { readKey, readVerificationKey } from './verificationKey';

/** Longest body in bytes; a webhook has a few thousand. */
const MOST_BYTES = 1_000_000;
const NOT_JSON = 'The content type must be application/json.';

/**
 * Refuses to activate a workflow that could not verify its webhooks.
 *
 * @throws {NodeOperationError} with a sentence that says where the key comes from
 */
export async function ensureCanVerify(context: IHookFunctions): Promise<void> {
	try {
		await readKey(context);
	} catch (failure) {
		throw new NodeOperationError(context.getNode(), (failure as Error).message);
	}
}

/**
 * Receives a webhook: verifies the signature over the exact bytes before anything is parsed, and
 * starts the workflow for the chosen events only.
 *
 * Smart Glocal counts HTTP 200 as delivered and sends everything else again (API reference, section
 * 9), so that an event that nobody wants is answered 200, too.
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
	if (body.length > MOST_BYTES) return refuse(413, 'The body is too large.');
	// Before the key is read: what nobody has signed must not cost more than this.
	const signature = request.headers['x-partner-sign'];
	if (!decodeSignature(signature)) return refuse(401, 'The signature is missing or wrong.');

	const key = await readVerificationKey(this).catch((failure: Error) => failure);
	if (key instanceof Error) {
		this.logger.warn(`A webhook of Smart Glocal was not verified. ${key.message}`);
		return refuse(503, 'Webhooks cannot be verified here at the moment.');
	}
	if (!(await verifyBody(body, signature, key))) {
		return refuse(401, 'The signature is missing or wrong.');
	}
	if (!isJson) return refuse(415, NOT_JSON);
	const parsed = parse(body);
	if (parsed === undefined) return refuse(400, 'The body is not JSON.');

	const webhook = readWebhook(parsed);
	const events = this.getNodeParameter('events', []) as string[];
	if (!webhook || !events.includes(nameEvent(webhook))) return { webhookResponse: 'OK' };

	const simplify = this.getNodeParameter('simplify', true) as boolean;
	const items = toItems(webhook, simplify).map((json) => ({ json }));
	return { workflowData: [items] };
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
