import { workflowNode } from '../../n8n/workflow.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';

/** The nodes of a workflow that put out these rows, one item each, when somebody runs it. */
export function sheetNodes(rows: ReadonlyArray<Record<string, unknown>>): WorkflowNode[] {
	const sheet = { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} };
	return [
		workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1),
		workflowNode('Sheet', 'n8n-nodes-base.set', 3.4, sheet),
		workflowNode('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
	];
}
