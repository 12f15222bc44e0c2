import { parse } from 'flatted';

/** One item of a node's output. */
export interface OutputItem {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

/** A node's part in an execution. */
export interface NodeRun {
	/** The items of each output; with On Error "Continue (using error output)" errors are the second. */
	outputs: OutputItem[][];
	/** The items of all outputs, of all its runs. */
	items: OutputItem[];
	/** The error that ended the node, if one did. */
	error?: { message: string; description?: string; [key: string]: unknown };
}

/** An execution of a workflow that n8n has stored. */
export interface Execution {
	id: string;
	status: string;
	error?: { message: string; description?: string };
	nodes: Record<string, NodeRun>;
}

interface StoredRun {
	data?: { main?: Array<OutputItem[] | null> };
	error?: NodeRun['error'];
}

interface StoredData {
	resultData: { error?: Execution['error']; runData?: Record<string, StoredRun[]> };
}

/** Reads an execution from n8n's REST API. If a node ran twice, its last run counts. */
export function readExecution(response: { id: string; status: string; data: string }): Execution {
	// An execution that has only just started has no data yet.
	const resultData = (parse(response.data) as Partial<StoredData> | undefined)?.resultData;
	const nodes: Execution['nodes'] = {};
	for (const [name, runs] of Object.entries(resultData?.runData ?? {})) {
		const run = runs.at(-1);
		const outputs = (run?.data?.main ?? []).map((items) => items ?? []);
		const items = runs.flatMap(({ data }) => (data?.main ?? []).flatMap((some) => some ?? []));
		nodes[name] = { outputs, items, error: run?.error };
	}
	return { id: response.id, status: response.status, error: resultData?.error, nodes };
}
