import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';
import { loadWebhookKey, verifyBody } from '../../credentials/webhookKey';
import { nameEvent, readWebhook, toItems } from './events';

const CREDENTIAL_TYPE = 'smartGlocalApi';

/** Longest body in bytes; a webhook has a few thousand. */
const MOST_BYTES = 1_000_000;

/**
 * Refuses to activate a workflow that could not verify its webhooks.
 *
 * @throws {NodeOperationError} with a sentence that says where the key comes from
 */
export async function ensureCanVerify(context: IHookFunctions): Promise<void> {
	const { webhookPublicKey } = await context.getCredentials(CREDENTIAL_TYPE);
	const key = tryKey(webhookPublicKey);
	if (key instanceof Error) throw new NodeOperationError(context.getNode(), key.message);
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

	const { webhookPublicKey } = await this.getCredentials(CREDENTIAL_TYPE);
	const key = tryKey(webhookPublicKey);
	if (key instanceof Error) {
		this.logger.warn(`A webhook of Smart Glocal was not verified. ${key.message}`);
		return refuse(503, 'Webhooks cannot be verified here at the moment.');
	}
	if (!Buffer.isBuffer(body) || body.length === 0) return refuse(400, 'The body is empty.');
	if (body.length > MOST_BYTES) return refuse(413, 'The body is too large.');
	if (!(await verifyBody(body, request.headers['x-partner-sign'], key))) {
		return refuse(401, 'The signature is missing or wrong.');
	}
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
		return refuse(415, 'The content type must be application/json.');
	}
	const parsed = parse(body);
	if (parsed === undefined) return refuse(400, 'The body is not JSON.');

	const webhook = readWebhook(parsed);
	const events = this.getNodeParameter('events', []) as string[];
	if (!webhook || !events.includes(nameEvent(webhook))) return { webhookResponse: 'OK' };

	const simplify = this.getNodeParameter('simplify', true) as boolean;
	const items = toItems(webhook, simplify).map((json) => ({ json }));
	return { workflowData: [items] };
}

function tryKey(pasted: unknown): KeyObject | Error {
	try {
		return loadWebhookKey(typeof pasted === 'string' ? pasted : '');
	} catch (failure) {
		return failure as Error;
	}
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
