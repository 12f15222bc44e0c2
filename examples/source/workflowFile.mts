import { createHash } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from '../../n8n/workflow.mts';

/**
 * From, to, and the numbers of the output and the input: 0 when left out. Or any number of nodes, each of
 * which leads to the next.
 */
type Link = readonly [from: string, to: string, output: number, input?: number] | readonly string[];

/** The nodes of an example, and which node follows which. */
export interface Example {
	name: string;
	nodes: readonly WorkflowNode[];
	links: readonly Link[];
	settings?: Record<string, unknown>;
}

const GRID_PX = 20;

/** The links from each node to the next. */
export function toPairs(
	link: Link,
): Array<[from: string, to: string, output: number, input: number]> {
	const parts: ReadonlyArray<string | number | undefined> = link;
	const names = parts.filter((part) => typeof part === 'string');
	const [output = 0, input = 0] = parts.filter((part) => typeof part === 'number');
	return names.slice(1).map((to, index) => [names[index] ?? '', to, output, input]);
}

/**
 * Makes the workflow that n8n imports. Its ids follow from the names, so that a file changes only where
 * the example does.
 *
 * @throws Error when a link leads from or to a node that is not there
 */
export function toWorkflowFile({ name, nodes, links, settings }: Example): WorkflowFile {
	const names = new Set(nodes.map((node) => node.name));
	const connections: Record<string, { main: object[][] }> = {};
	for (const [from, to, output, input] of links.flatMap(toPairs)) {
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
