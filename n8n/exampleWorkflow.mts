import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { StoredCredential } from './credential.mts';
import { CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from './packageNames.mts';
import { EXAMPLES, PAYOUTS_CSV } from './repository.mts';
import type { WorkflowFile, WorkflowNode } from './workflow.mts';

const READ_FILE_TYPE = 'n8n-nodes-base.readWriteFile';

/** Reads an example workflow and fills in what a person does after importing it. */
export async function readExample(
	fileName: string,
	credential: StoredCredential,
): Promise<WorkflowFile> {
	const text = await readFile(join(EXAMPLES, fileName), 'utf8');
	const workflow = JSON.parse(text) as WorkflowFile;
	return { ...workflow, nodes: workflow.nodes.map((node) => fillIn(node, credential)) };
}

function fillIn(node: WorkflowNode, credential: StoredCredential): WorkflowNode {
	if (node.type === READ_FILE_TYPE) {
		return { ...node, parameters: { ...node.parameters, fileSelector: PAYOUTS_CSV } };
	}
	if (node.type !== NODE_TYPE && node.type !== TRIGGER_TYPE) return node;
	const filled = { ...node, credentials: { [CREDENTIAL_TYPE]: credential } };
	// n8n gives an imported trigger an address of its own.
	return node.type === TRIGGER_TYPE ? { ...filled, webhookId: randomUUID() } : filled;
}
