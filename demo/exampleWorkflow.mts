import { readFile } from 'node:fs/promises';

import type { WorkflowFile, WorkflowNode } from './n8n/rest.mts';

const SMART_GLOCAL = 'n8n-nodes-smart-glocal.';

/** What a person who imports an example fills in by hand. */
export interface FilledIn {
	credentialId: string;
	credentialName: string;
	/** The file that "Read/Write Files from Disk" reads. */
	csvFile?: string;
}

/** Reads an example workflow and fills in the credential and the path of the CSV file. */
export async function readExample(file: string, filledIn: FilledIn): Promise<WorkflowFile> {
	const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowFile;
	return { ...workflow, nodes: workflow.nodes.map((node) => fillIn(node, filledIn)) };
}

function fillIn(node: WorkflowNode, filledIn: FilledIn): WorkflowNode {
	if (node.type.startsWith(SMART_GLOCAL)) {
		const credential = { id: filledIn.credentialId, name: filledIn.credentialName };
		return { ...node, credentials: { smartGlocalApi: credential } };
	}
	if (node.type === 'n8n-nodes-base.readWriteFile' && filledIn.csvFile) {
		return { ...node, parameters: { ...node.parameters, fileSelector: filledIn.csvFile } };
	}
	return node;
}
