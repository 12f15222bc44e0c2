import { readExample } from '../../n8n/exampleWorkflow.mts';
import type { LaunchOptions } from '../../n8n/launch.mts';
import { signInAsOwner } from '../../n8n/restClient.mts';
import type { StoredWorkflow } from '../../n8n/workflow.mts';
import { addSandbox, startN8nWithSandbox } from '../../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';
import { clearN8n, sharedN8n } from './sharedN8n.mts';

/** How long starting n8n may take, in case it has to be installed first. */
export const START_LIMIT_MS = 20 * 60_000;

/**
 * Gives the tests of a file a real n8n and a sandbox, and ends afterwards what it has started.
 *
 * @param options of an n8n of their own; left out, they get the one that all end-to-end tests share, cleared
 */
export function useRealN8n(options?: LaunchOptions): N8nWithSandbox {
	const real = {} as N8nWithSandbox;
	beforeAll(async () => {
		Object.assign(real, options ? await startN8nWithSandbox(options) : await joinSharedN8n());
	}, START_LIMIT_MS);
	afterAll(async () => await (real as Partial<N8nWithSandbox>).stop?.());
	return real;
}

async function joinSharedN8n(): Promise<N8nWithSandbox> {
	const n8n = await sharedN8n();
	const client = await signInAsOwner(n8n.url);
	await clearN8n(client, n8n.version);
	return await addSandbox({ n8n: { ...n8n, stop: async () => undefined }, client });
}

/** Imports the example workflow that pays `examples/payouts.csv`. */
export async function importPayoutsFromCsv(real: N8nWithSandbox): Promise<StoredWorkflow> {
	const example = await readExample('payouts-from-csv.json', real.credential);
	return await real.client.createWorkflow(example);
}
