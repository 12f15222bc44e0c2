import { randomUUID } from 'node:crypto';

import { credentialFields, PROJECT, storeCredential } from '../../n8n/credential.mts';
import type { StoredCredential } from '../../n8n/credential.mts';
import { readExample } from '../../n8n/exampleWorkflow.mts';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../n8n/packageNames.mts';
import { waitUntil } from '../../n8n/poll.mts';
import { startQueueMode } from '../../n8n/queueMode.mts';
import type { QueueMode, QueueOptions } from '../../n8n/queueMode.mts';
import { setUpOwner } from '../../n8n/restClient.mts';
import type { N8nClient } from '../../n8n/restClient.mts';
import { chainNodes, workflowNode } from '../../n8n/workflow.mts';
import type { StoredWorkflow, WorkflowFile } from '../../n8n/workflow.mts';
import { makeKeyPair, startSandbox } from '../../sandbox/server.mts';
import type { KeyPair, Sandbox } from '../../sandbox/server.mts';

/** An n8n in queue mode, a sandbox, and a credential for it, which verifies webhooks of `keys`. */
export interface QueueN8n {
	queue: QueueMode;
	client: N8nClient;
	sandbox: Sandbox;
	keys: KeyPair;
	credential: StoredCredential;
	stop: () => Promise<void>;
}

const DATA_TABLE = 'n8n-nodes-base.dataTable';

/** Starts n8n in queue mode and a sandbox. The package must have been built. */
export async function startQueueN8n(options: QueueOptions = {}): Promise<QueueN8n> {
	const [partner, keys] = [await makeKeyPair(), await makeKeyPair()];
	const projects = [{ id: PROJECT, publicKey: partner.publicKey }];
	const sandbox = await startSandbox({ projects, autoConfirm: true });
	let queue: QueueMode | undefined;
	const stop = async () => {
		await queue?.stop();
		await sandbox.stop();
	};
	try {
		queue = await startQueueMode(options);
		const client = await setUpOwner(queue.url);
		const fields = credentialFields(sandbox.url, partner.privateKey);
		const credential = await storeCredential(client, {
			...fields,
			webhookPublicKey: keys.publicKey,
		});
		return { queue, client, sandbox, keys, credential, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What publishes workflows. */
type Publisher = Pick<QueueN8n, 'queue' | 'client' | 'credential'>;

/** Publishes a workflow and waits until its webhook is live. Returns the webhook's URL. */
export async function publish(
	{ queue, client }: Publisher,
	workflow: StoredWorkflow,
	path: string,
): Promise<string> {
	await client.activate(workflow);
	const isLive = async () => (await client.publication(workflow.id)).status === 'published';
	await waitUntil(isLive, `${workflow.name} was not published in time.`, { withinMs: 120_000 });
	return `${queue.webhookUrl}/webhook/${path}`;
}

/** Imports and publishes the workflow that the examples call to pay. Returns its id. */
export async function publishPayOrders({
	client,
	credential,
}: Pick<Publisher, 'client' | 'credential'>): Promise<string> {
	const workflow = await client.createWorkflow(await readExample('pay-orders.json', credential));
	await client.activate(workflow);
	return workflow.id;
}

/** The example that pays thousands of rows, begun by a webhook as a schedule would begin it. */
export function startedByWebhook(file: WorkflowFile, path: string): WorkflowFile {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const webhook = workflowNode('Start', 'n8n-nodes-base.webhook', 2, parameters, {
		webhookId: randomUUID(),
	});
	const link = { node: 'Get the Payouts', type: 'main', index: 0 };
	const connections = { ...file.connections, Start: { main: [[link]] } };
	return { ...file, nodes: [...file.nodes, webhook], connections };
}

/**
 * Publishes the example that pays thousands of rows, begun by a webhook. Runs it once by hand, which makes
 * its tables. Returns the webhook's URL.
 */
export async function publishPayThousands(real: Publisher): Promise<string> {
	const payOrders = await publishPayOrders(real);
	const file = await readExample('pay-thousands.json', real.credential, {}, payOrders);
	const workflow = await real.client.createWorkflow(startedByWebhook(file, 'pay'));
	const { status, error } = await real.client.run(workflow.id);
	if (status !== 'success') throw new Error(`The first run failed: ${error?.message}`);
	return await publish(real, workflow, 'pay');
}

/** Starts so many runs over the same rows, which share them. */
export async function startRuns(url: string, runs: number): Promise<void> {
	for (let run = 1; run <= runs; run++) {
		const response = await fetch(url, { method: 'POST' });
		if (!response.ok) throw new Error(`Run ${run} did not start: ${await response.text()}`);
	}
}

/** Publishes a workflow that writes each finished payout of a webhook into a Data Table. */
export async function publishReceiver(
	real: Publisher,
	table: string,
): Promise<{ workflow: StoredWorkflow; url: string }> {
	await real.client.createTable(table, [{ name: 'reference', type: 'string' }]);
	const webhookId = randomUUID();
	const columns = {
		mappingMode: 'defineBelow',
		value: { reference: '={{ $json.reference }}' },
		matchingColumns: [],
		schema: [],
	};
	const dataTableId = { __rl: true, mode: 'name', value: table };
	const nodes = [
		workflowNode(
			'A Payout Is Finished',
			TRIGGER_TYPE,
			1.1,
			{ events: ['payment_finished'], simplify: true },
			{ webhookId, credentials: { [CREDENTIAL_TYPE]: real.credential } },
		),
		workflowNode('Write', DATA_TABLE, 1.1, {
			operation: 'insert',
			dataTableId,
			columns,
			options: {},
		}),
	];
	const workflow = await real.client.createWorkflow(chainNodes('Receiver', nodes));
	return { workflow, url: await publish(real, workflow, `${webhookId}/webhook`) };
}

/** The column of a Data Table, read from n8n's database: thousands of rows in one query. */
export async function tableColumn(
	{ queue, client }: QueueN8n,
	table: string,
	column: string,
): Promise<string[]> {
	const id = (await client.tableUrl(table))?.split('/').at(-1);
	const rows = await queue.query(`SELECT "${column}" FROM "data_table_user_${id}" ORDER BY id`);
	return rows.map(([value = '']) => value);
}

/** What is known of a run that has not come to its end: its executions, and what n8n has printed last. */
export async function describeExecutions({ queue }: QueueN8n): Promise<string> {
	const counts = await queue.query(
		'SELECT "workflowId", status, count(*), max("startedAt"), max("stoppedAt") FROM execution_entity GROUP BY 1, 2',
	);
	const failed = await queue.query(
		`SELECT e.id, substring(d.data from '[^"]*(?:rror|ailed)[^"]{0,400}') FROM execution_entity e JOIN execution_data d ON d."executionId" = e.id WHERE e.status NOT IN ('success', 'running')`,
	);
	const logs = await Promise.all(
		[queue.main, ...queue.workers].map(async ({ log }) => (await log()).slice(-1_500)),
	);
	return [...counts, ...failed, logs].map((lines) => lines.join('\n')).join('\n\n');
}
