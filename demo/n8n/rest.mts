import { setTimeout as sleep } from 'node:timers/promises';

import { readExecution } from './execution.mts';
import type { Execution } from './execution.mts';

/** Who signs in to the editor of a demo or a test. The n8n lives only as long as the run. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Payouts-from-csv-1',
	firstName: 'Demo',
	lastName: 'User',
};

/** A node of a workflow, as n8n exports it. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	onError?: string;
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

/** What n8n answers when a credential is tested. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** A type of node or credential, as the editor is told about it. */
export interface DescribedType {
	name: string;
	displayName: string;
	[key: string]: unknown;
}

/** What became of the activation of a workflow, which n8n carries out on its own time. */
export interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ status: string; errorMessage: string | null }>;
}

/** Talks to n8n as its editor does, signed in as the owner. */
export interface N8nClient {
	createCredential: (name: string, type: string, data: object) => Promise<{ id: string }>;
	testCredential: (type: string, data: object) => Promise<CredentialTest>;
	createWorkflow: (workflow: WorkflowFile) => Promise<StoredWorkflow>;
	/** Runs a stored workflow by hand, from its trigger, and waits for the end of the execution. */
	run: (workflowId: string, withinMs?: number) => Promise<Execution>;
	execution: (executionId: string) => Promise<Execution>;
	/** All executions of a workflow, the newest first. */
	executions: (workflowId: string) => Promise<Array<{ id: string; status: string }>>;
	/** Whether the triggers of an activated workflow are live, and why not. */
	publication: (workflowId: string) => Promise<Publication>;
	/** Makes the trigger's test URL receive one event, as "Listen for test event" does. */
	listen: (workflowId: string) => Promise<void>;
	activate: (workflow: StoredWorkflow) => Promise<void>;
	nodeTypes: () => Promise<DescribedType[]>;
	credentialTypes: () => Promise<DescribedType[]>;
}

/** Makes the owner of a fresh n8n and returns a client that is signed in as that owner. */
export async function setUpOwner(url: string): Promise<N8nClient> {
	const browserId = 'n8n-nodes-smart-glocal';
	let cookie = '';

	const call = async (method: string, path: string, body?: object): Promise<unknown> => {
		const response = await fetch(url + path, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		}
		const signedIn = response.headers.getSetCookie().find((set) => set.startsWith('n8n-auth='));
		cookie = signedIn?.split(';')[0] ?? cookie;
		return JSON.parse(text) as unknown;
	};
	const rest = async <T,>(method: string, path: string, body?: object): Promise<T> =>
		((await call(method, `/rest${path}`, body)) as { data: T }).data;

	const execution = async (id: string) => readExecution(await rest('GET', `/executions/${id}`));

	const waitForEnd = async (id: string, withinMs: number): Promise<Execution> => {
		const deadline = Date.now() + withinMs;
		for (;;) {
			const current = await execution(id);
			if (!['new', 'running', 'waiting'].includes(current.status)) return current;
			if (Date.now() > deadline) throw new Error(`Execution ${id} has not ended in time.`);
			await sleep(250);
		}
	};

	await rest('POST', '/owner/setup', OWNER);
	return {
		createCredential: async (name, type, data) =>
			await rest('POST', '/credentials', { name, type, data }),
		testCredential: async (type, data) =>
			await rest('POST', '/credentials/test', {
				credentials: { id: '', name: 'Smart Glocal account', type, data },
			}),
		createWorkflow: async (workflow) => await rest('POST', '/workflows', workflow),
		run: async (workflowId, withinMs = 120_000) => {
			const workflow = await rest<StoredWorkflow>('GET', `/workflows/${workflowId}`);
			const trigger = workflow.nodes.find((node) => /trigger$/i.test(node.type));
			const started = await rest<{ executionId: string }>('POST', `/workflows/${workflowId}/run`, {
				workflowData: workflow,
				triggerToStartFrom: { name: trigger?.name },
			});
			return await waitForEnd(started.executionId, withinMs);
		},
		execution,
		executions: async (workflowId) => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const found: Array<{ id: string; status: string }> = [];
			for (let cursor: string | null = ''; cursor !== null; ) {
				const query = `filter=${filter}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`;
				const page: { results: typeof found; nextCursor?: string | null } = await rest(
					'GET',
					`/executions?${query}`,
				);
				found.push(...page.results);
				cursor = page.nextCursor ?? null;
			}
			return found;
		},
		publication: async (workflowId) =>
			await rest('GET', `/workflows/${workflowId}/publication-status`),
		listen: async (workflowId) => {
			const workflow = await rest<StoredWorkflow>('GET', `/workflows/${workflowId}`);
			const trigger = workflow.nodes.find((node) => /trigger$/i.test(node.type));
			await rest('POST', `/workflows/${workflowId}/run`, {
				workflowData: workflow,
				triggerToStartFrom: { name: trigger?.name },
			});
		},
		activate: async ({ id, versionId }) => {
			await rest('POST', `/workflows/${id}/activate`, { versionId });
		},
		nodeTypes: async () => (await call('GET', '/types/nodes.json')) as DescribedType[],
		credentialTypes: async () => (await call('GET', '/types/credentials.json')) as DescribedType[],
	};
}
