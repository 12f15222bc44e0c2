import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { StoredCredential } from './credential.mts';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from './packageNames.mts';
import { EXAMPLES, PAYOUTS_CSV } from './repository.mts';
import type { WorkflowFile, WorkflowNode } from './workflow.mts';

const READ_FILE_TYPE = 'n8n-nodes-base.readWriteFile';
const SUB_WORKFLOW_TYPE = 'n8n-nodes-base.executeWorkflow';

/**
 * Reads an example workflow and fills in what a person does after importing it.
 *
 * @param credential of Smart Glocal
 * @param others credentials that the example needs besides, by their type
 * @param payOrders the id of the workflow that the others call to pay
 */
export async function readExample(
	fileName: string,
	credential: StoredCredential,
	others: Readonly<Record<string, StoredCredential>> = {},
	payOrders = '',
): Promise<WorkflowFile> {
	const text = await readFile(join(EXAMPLES, fileName), 'utf8');
	const workflow = JSON.parse(text) as WorkflowFile;
	const credentials = { ...others, [CREDENTIAL_TYPE]: credential };
	return { ...workflow, nodes: workflow.nodes.map((node) => fillIn(node, credentials, payOrders)) };
}

function fillIn(
	node: WorkflowNode,
	credentials: Readonly<Record<string, StoredCredential>>,
	payOrders: string,
): WorkflowNode {
	if (node.type === SUB_WORKFLOW_TYPE) {
		const workflowId = { __rl: true, mode: 'id', value: payOrders };
		return { ...node, parameters: { ...node.parameters, workflowId } };
	}
	if (node.type === READ_FILE_TYPE) {
		return { ...node, parameters: { ...node.parameters, fileSelector: PAYOUTS_CSV } };
	}
	if (!node.credentials) return node;
	const chosen = Object.entries(node.credentials).map(([type, imported]) => [
		type,
		credentials[type] ?? imported,
	]);
	const filled = { ...node, credentials: Object.fromEntries(chosen) as typeof node.credentials };
	// n8n gives an imported trigger an address of its own.
	return node.type === TRIGGER_TYPE ? { ...filled, webhookId: randomUUID() } : filled;
}
