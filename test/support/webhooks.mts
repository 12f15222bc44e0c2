import { randomUUID } from 'node:crypto';

import { forEachConcurrently } from '../../n8n/concurrently.mts';
import { storeCredential } from '../../n8n/credential.mts';
import type { StoredCredential } from '../../n8n/credential.mts';
import { readExample } from '../../n8n/exampleWorkflow.mts';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../n8n/packageNames.mts';
import { poll } from '../../n8n/poll.mts';
import { chainNodes, workflowNode } from '../../n8n/workflow.mts';
import type { StoredWorkflow } from '../../n8n/workflow.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import type { Delivery } from './webhookDelivery.mts';

/** A stored workflow that begins with our trigger, and the path of its webhook. */
export interface WebhookWorkflow {
	workflow: StoredWorkflow;
	path: string;
}

/** Stores a credential that verifies webhooks with this key. */
export async function storeWebhookCredential(
	real: N8nWithSandbox,
	webhookPublicKey: string,
): Promise<StoredCredential> {
	const fields = { ...real.fields, webhookPublicKey };
	return await storeCredential(real.client, fields, `Smart Glocal ${randomUUID()}`);
}

/** Imports the example that follows payouts up by webhook. */
export async function importFollowUp(
	real: N8nWithSandbox,
	credential: StoredCredential,
): Promise<WebhookWorkflow> {
	const example = await readExample('follow-up.json', credential);
	const trigger = example.nodes.find(({ type }) => type === TRIGGER_TYPE);
	const workflow = await real.client.createWorkflow(example);
	return { workflow, path: `${trigger?.webhookId}/webhook` };
}

/**
 * Stores a workflow that begins with our trigger and takes every change once, as docs/webhooks.md says:
 * its last node is called 'A New Change'.
 */
export async function storeTriggerWorkflow(
	real: N8nWithSandbox,
	credential: StoredCredential,
	gather = false,
): Promise<WebhookWorkflow> {
	const webhookId = randomUUID();
	const events = ['ready_to_confirm', 'payment_finished', 'payment_refunded'];
	const credentials = { [CREDENTIAL_TYPE]: credential };
	const deduplication = {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.event_key }}',
		options: {},
	};
	const retries = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1000 };
	const nodes = [
		workflowNode(
			'A Payout Has Changed',
			TRIGGER_TYPE,
			1.1,
			{ events, gather, simplify: true },
			{ webhookId, credentials },
		),
		workflowNode('Only New', 'n8n-nodes-base.removeDuplicates', 2, deduplication, retries),
		workflowNode('A New Change', 'n8n-nodes-base.noOp', 1),
	];
	const workflow = await real.client.createWorkflow(chainNodes('Trigger', nodes));
	return { workflow, path: `${webhookId}/webhook` };
}

/** Calls a webhook, as soon as n8n has it: a few seconds after its workflow was activated. */
export async function callWhenLive(url: string, request: RequestInit = {}): Promise<Response> {
	const call = async () => {
		const response = await fetch(url, request);
		return response.status === 404 ? undefined : response;
	};
	return await poll(call, { tooLate: `There is no webhook at ${url}.` });
}

/** Activates a workflow and waits until its production URL responds. */
export async function activate(real: N8nWithSandbox, { workflow, path }: WebhookWorkflow) {
	await real.client.activate(workflow);
	await callWhenLive(`${real.n8n.url}/webhook/${path}`, { method: 'POST' });
}

/**
 * Tries to activate a workflow whose trigger says no.
 *
 * @returns when n8n said so, at once or after it had tried, and everything it said
 */
export async function failToActivate(
	real: N8nWithSandbox,
	{ workflow }: WebhookWorkflow,
): Promise<{ when: 'at once' | 'later'; reason: string }> {
	const refusal = await real.client.activate(workflow).then(
		() => undefined,
		({ message }: Error) => message,
	);
	if (refusal !== undefined) return { when: 'at once', reason: refusal };
	const failed = async () => {
		const current = await real.client.publication(workflow.id);
		return current.status === 'failed' ? current : undefined;
	};
	// n8n retries an activation for 15 seconds before it gives up.
	const tooLate = 'n8n has not given up the activation.';
	const publication = await poll(failed, { tooLate });
	return { when: 'later', reason: JSON.stringify(publication) };
}

/** Posts a webhook delivery and returns n8n's response. */
export async function post(
	url: string,
	{ headers, body }: Delivery,
): Promise<{ status: number; text: string }> {
	const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
	return { status: response.status, text: await response.text() };
}

/**
 * Posts many deliveries, `concurrency` at a time.
 *
 * @returns the status of every response, in the order of the deliveries
 */
export async function postBurst(
	url: string,
	deliveries: readonly Delivery[],
	concurrency: number,
): Promise<number[]> {
	const statuses: number[] = [];
	await forEachConcurrently([...deliveries.entries()], concurrency, async ([index, delivery]) => {
		statuses[index] = (await post(url, delivery)).status;
	});
	return statuses;
}
