import { dataTables } from './dataTables.mts';
import type { DataTables, Rest } from './dataTables.mts';
import { readExecution } from './execution.mts';
import type { Execution } from './execution.mts';
import { PACKAGE_NAME } from './packageNames.mts';
import { poll } from './poll.mts';
import type { StoredWorkflow, WorkflowFile } from './workflow.mts';

export type { TableRow } from './dataTables.mts';

/** Who signs in to the editor of a demo or a test. This n8n lives only as long as the run. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Payouts-from-csv-1',
	firstName: 'Demo',
	lastName: 'User',
};

/** How many executions n8n lists at once. */
const PAGE = 100;

/** n8n's response to testing a credential. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** A type of node or credential, as n8n describes it to its editor. */
export interface DescribedType {
	name: string;
	displayName: string;
	[key: string]: unknown;
}

/** How far the activation of a workflow has come: n8n activates in the background. */
export interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ status: string; errorMessage: string | null }>;
}

/** An execution in n8n's list. */
export interface ListedExecution {
	id: string;
	status: string;
}

/** Talks to n8n as its editor does, signed in as the owner. */
export interface N8nClient extends DataTables {
	rest: Rest;
	createCredential: (name: string, type: string, data: object) => Promise<{ id: string }>;
	testCredential: (type: string, data: object) => Promise<CredentialTest>;
	createWorkflow: (workflow: WorkflowFile) => Promise<StoredWorkflow>;
	/** Runs a stored workflow by hand, from its trigger, and waits for the end of the execution. */
	run: (workflowId: string, withinMs?: number) => Promise<Execution>;
	execution: (executionId: string) => Promise<Execution>;
	/** All executions of a workflow, newest first. */
	executions: (workflowId: string) => Promise<ListedExecution[]>;
	/** Whether the triggers of an activated workflow are live, and if not, why. */
	publication: (workflowId: string) => Promise<Publication>;
	/** Opens the trigger's test URL for one event, as "Listen for test event" does. */
	listen: (workflowId: string) => Promise<void>;
	activate: (workflow: StoredWorkflow) => Promise<void>;
	nodeTypes: () => Promise<DescribedType[]>;
	credentialTypes: () => Promise<DescribedType[]>;
}

function isWritten({ status, error, nodes }: Execution): boolean {
	const isEnded = ['success', 'error'].includes(status);
	return !isEnded || error !== undefined || Object.keys(nodes).length > 0;
}

/** A page of n8n's list of executions. */
interface ExecutionPage {
	results: ListedExecution[];
	nextCursor?: string | null;
}

type ReadExecutions = (query: string) => Promise<ExecutionPage>;

async function readByCursor(read: ReadExecutions): Promise<ListedExecution[]> {
	const found: ListedExecution[] = [];
	for (let query: string | undefined = ''; query !== undefined; ) {
		const page: ExecutionPage = await read(query);
		found.push(...page.results);
		query = page.nextCursor ? `&cursor=${page.nextCursor}` : undefined;
	}
	return found;
}

/** n8n 1 has no cursor, and no order by id: so many ids are read at a time as fit into a page. */
async function readByIds(read: ReadExecutions): Promise<ListedExecution[]> {
	const found: ListedExecution[] = [];
	for (let id = 0; (await read(`&firstId=${id}`)).results.length > 0; id += PAGE) {
		found.push(...(await read(`&firstId=${id}&lastId=${id + PAGE + 1}`)).results);
	}
	return found.sort((one, other) => Number(other.id) - Number(one.id));
}

/** Creates the owner of a fresh n8n and returns a client that is signed in as that owner. */
export async function setUpOwner(url: string): Promise<N8nClient> {
	return await connect(url, '/owner/setup', OWNER);
}

/** Signs in as the owner of an n8n, whom `setUpOwner` has created. */
export async function signInAsOwner(url: string): Promise<N8nClient> {
	const { email: emailOrLdapLoginId, password } = OWNER;
	return await connect(url, '/login', { emailOrLdapLoginId, password });
}

async function connect(url: string, entrance: string, person: object): Promise<N8nClient> {
	let cookie = '';

	const call = async (method: string, path: string, body?: object): Promise<unknown> => {
		const response = await fetch(url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': PACKAGE_NAME,
				cookie,
				// n8n closes an idle connection after five seconds: a busy computer may just be using it.
				connection: 'close',
			},
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`n8n responded with ${response.status} to ${method} ${path}: ${text}`);
		}
		const signedIn = response.headers.getSetCookie().find((set) => set.startsWith('n8n-auth='));
		cookie = signedIn?.split(';')[0] ?? cookie;
		return JSON.parse(text) as unknown;
	};
	const rest: Rest = async <T,>(method: string, path: string, body?: object): Promise<T> =>
		((await call(method, `/rest${path}`, body)) as { data: T }).data;

	// n8n 1 writes the end of an execution first, its data a moment later.
	const execution = async (id: string) => {
		const read = async () => {
			const current = readExecution(await rest('GET', `/executions/${id}`));
			return isWritten(current) ? current : undefined;
		};
		const tooLate = `Execution ${id} has ended without data.`;
		return await poll(read, { everyMs: 50, withinMs: 10_000, tooLate });
	};

	const startFromTrigger = async (workflowId: string) => {
		const workflow = await rest<StoredWorkflow>('GET', `/workflows/${workflowId}`);
		const trigger = workflow.nodes.find((node) => /trigger$/i.test(node.type));
		return await rest<{ executionId: string }>('POST', `/workflows/${workflowId}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger?.name },
		});
	};

	await rest('POST', entrance, person);
	const { versionCli } = await rest<{ versionCli: string }>('GET', '/settings');
	const isN8n1 = versionCli.startsWith('1.');
	return {
		rest,
		createCredential: async (name, type, data) =>
			await rest('POST', '/credentials', { name, type, data }),
		testCredential: async (type, data) => {
			const credential = { name: 'Smart Glocal account', type, data };
			// n8n 1 tests only what it has stored.
			const stored = isN8n1 ? await rest<{ id: string }>('POST', '/credentials', credential) : null;
			const credentials = { ...credential, id: stored?.id ?? '' };
			return await rest('POST', '/credentials/test', { credentials });
		},
		createWorkflow: async (workflow) =>
			await rest('POST', '/workflows', isN8n1 ? { ...workflow, active: false } : workflow),
		run: async (workflowId, withinMs = 120_000) => {
			const { executionId } = await startFromTrigger(workflowId);
			const read = async () => {
				const current = await execution(executionId);
				return ['new', 'running', 'waiting'].includes(current.status) ? undefined : current;
			};
			const tooLate = `Execution ${executionId} did not end in time.`;
			return await poll(read, { everyMs: 250, withinMs, tooLate });
		},
		execution,
		executions: async (workflowId) => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const read = async (query: string) =>
				await rest<ExecutionPage>('GET', `/executions?filter=${filter}&limit=${PAGE}${query}`);
			return isN8n1 ? await readByIds(read) : await readByCursor(read);
		},
		publication: async (workflowId) =>
			await rest('GET', `/workflows/${workflowId}/publication-status`),
		listen: async (workflowId) => void (await startFromTrigger(workflowId)),
		activate: async ({ id, versionId }) => {
			if (isN8n1) await rest('PATCH', `/workflows/${id}`, { active: true, versionId });
			else await rest('POST', `/workflows/${id}/activate`, { versionId });
		},
		...dataTables(rest, url),
		nodeTypes: async () => (await call('GET', '/types/nodes.json')) as DescribedType[],
		credentialTypes: async () => (await call('GET', '/types/credentials.json')) as DescribedType[],
	};
}
