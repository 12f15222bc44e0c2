import { parseFlatted } from './flatted.mts';

/** One item that a node put out. */
export interface OutputItem {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

/** What a node did in an execution. */
export interface NodeRun {
	/** The items of each output; for On Error "Continue (using error output)" the second one. */
	outputs: OutputItem[][];
	/** The error that ended the node, when it ended by one. */
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

/** Reads an execution as n8n's REST API answers it. Of a node that ran twice the last run counts. */
export function readExecution(answer: { id: string; status: string; data: string }): Execution {
	// There is nothing yet while the execution has only just been started.
	const resultData = (parseFlatted(answer.data) as Partial<StoredData> | undefined)?.resultData;
	const nodes: Execution['nodes'] = {};
	for (const [name, runs] of Object.entries(resultData?.runData ?? {})) {
		const run = runs.at(-1);
		const outputs = (run?.data?.main ?? []).map((items) => items ?? []);
		nodes[name] = { outputs, error: run?.error };
	}
	return { id: answer.id, status: answer.status, error: resultData?.error, nodes };
}
