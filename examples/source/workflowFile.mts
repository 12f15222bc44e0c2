import { createHash } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from '../../n8n/workflow.mts';

/** The nodes of an example, and which node follows which. */
export interface Example {
	name: string;
	nodes: readonly WorkflowNode[];
	/** From, to, and the numbers of the output and the input: 0 when left out. */
	links: ReadonlyArray<readonly [from: string, to: string, output?: number, input?: number]>;
	settings?: Record<string, unknown>;
}

const GRID_PX = 20;

/**
 * Makes the workflow that n8n imports. Its ids follow from the names, so that a file changes only where
 * the example does.
 *
 * @throws Error when a link leads from or to a node that is not there
 */
export function toWorkflowFile({ name, nodes, links, settings }: Example): WorkflowFile {
	const names = new Set(nodes.map((node) => node.name));
	const connections: Record<string, { main: object[][] }> = {};
	for (const [from, to, output = 0, input = 0] of links) {
		const missing = [from, to].find((end) => !names.has(end));
		if (missing !== undefined) throw new Error(`${name} has no node called ${missing}.`);
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: input });
	}
	return {
		name,
		nodes: nodes.map((node) => ({
			...node,
			id: toUuid(`${name}/${node.name}`),
			position: [node.position[0] * GRID_PX, node.position[1] * GRID_PX] as [number, number],
			...(node.webhookId !== undefined && { webhookId: toUuid(`${name}/webhook/${node.name}`) }),
		})),
		connections,
		settings: { executionOrder: 'v1', ...settings },
	};
}

function toUuid(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
	return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** The content of the file that n8n imports. */
export function toJson(example: Example): string {
	return `${JSON.stringify(toWorkflowFile(example), null, '\t')}\n`;
}
