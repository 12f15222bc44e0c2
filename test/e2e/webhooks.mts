import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CREDENTIAL_TYPE } from '../../demo/credential.mts';
import type { StoredWorkflow, WorkflowFile } from '../../demo/n8n/rest.mts';
import type { Delivery } from '../support/webhookDelivery.mts';
import { EXAMPLES } from './bench.mts';
import type { Bench } from './bench.mts';

/** A credential in n8n that verifies webhooks with a key. */
export async function createCredential(bench: Bench, webhookPublicKey: string) {
	const name = `Smart Glocal ${randomUUID()}`;
	const data = { ...bench.credential, webhookPublicKey };
	return { name, ...(await bench.client.createCredential(name, CREDENTIAL_TYPE, data)) };
}

/** Imports the example that follows payouts up, with a webhook of its own. */
export async function importFollowUp(
	bench: Bench,
	credential: { id: string; name: string },
): Promise<{ workflow: StoredWorkflow; path: string }> {
	const file = join(EXAMPLES, 'follow-up-by-webhook.json');
	const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowFile;
	const webhookId = randomUUID();
	for (const node of workflow.nodes) {
		if (node.credentials) node.credentials[CREDENTIAL_TYPE] = credential;
		if (/Trigger$/.test(node.type)) Object.assign(node, { webhookId });
	}
	return { workflow: await bench.client.createWorkflow(workflow), path: `${webhookId}/webhook` };
}

/** Activates a workflow and waits until its production URL answers. */
export async function activate(bench: Bench, workflow: StoredWorkflow, path: string) {
	await bench.client.activate(workflow);
	for (let tries = 0; tries < 100; tries++) {
		const { status } = await fetch(`${bench.n8n.url}/webhook/${path}`, { method: 'POST' });
		if (status !== 404) return;
		await sleep(100);
	}
	throw new Error('The workflow is active, but its webhook does not answer.');
}

/** Posts a delivery as it is and gives the answer. */
export async function post(
	url: string,
	{ headers, body }: Delivery,
): Promise<{ status: number; text: string }> {
	const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
	return { status: response.status, text: await response.text() };
}

/** Asks n8n for `/healthz` every 20 ms from another thread, and measures the longest gap. */
export function watchServer(url: string): { stop: () => Promise<number> } {
	const worker = new Worker(
		`const { parentPort, workerData } = require('node:worker_threads');
		let last = Date.now(), longest = 0, ended = false;
		parentPort.on('message', () => { ended = true; });
		(async () => {
			while (!ended) {
				await fetch(workerData + '/healthz').then((answer) => answer.text());
				longest = Math.max(longest, Date.now() - last);
				last = Date.now();
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			parentPort.postMessage(longest);
			parentPort.close();
		})();`,
		{ eval: true, workerData: url },
	);
	const longest = new Promise<number>((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
	});
	return {
		stop: async () => {
			worker.postMessage('stop');
			return await longest;
		},
	};
}
