import type { StoredCredential } from './credential.mts';
import { CREDENTIAL_TYPE, NODE_TYPE } from './packageNames.mts';

/** A node of a workflow, as n8n exports it. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, StoredCredential>;
	onError?: string;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	webhookId?: string;
}

/** A workflow, as n8n exports and imports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** A workflow that n8n has stored. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
}

const NODE_DISTANCE_PX = 220;

/** A node as the editor would make it. */
export function workflowNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** A Smart Glocal node with its credential. */
export function smartGlocalNode(
	name: string,
	parameters: Record<string, unknown>,
	credential: StoredCredential,
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	const credentials = { [CREDENTIAL_TYPE]: credential };
	return workflowNode(name, NODE_TYPE, 1, parameters, { credentials, ...more });
}

/** A workflow that hands the items of each node to the next. */
export function chainNodes(
	name: string,
	nodes: readonly WorkflowNode[],
	settings: Record<string, unknown> = {},
): WorkflowFile {
	const connections: WorkflowFile['connections'] = {};
	for (const [index, next] of nodes.slice(1).entries()) {
		const link = { node: next.name, type: 'main', index: 0 };
		connections[String(nodes[index]?.name)] = { main: [[link]] };
	}
	return {
		name,
		nodes: nodes.map((node, index) => ({ ...node, position: [index * NODE_DISTANCE_PX, 0] })),
		connections,
		settings: { executionOrder: 'v1', ...settings },
	};
}
