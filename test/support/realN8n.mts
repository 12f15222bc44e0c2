import { readExample } from '../../n8n/exampleWorkflow.mts';
import type { LaunchOptions } from '../../n8n/launch.mts';
import type { StoredWorkflow } from '../../n8n/workflow.mts';
import { startN8nWithSandbox } from '../../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../../n8n/withSandbox.mts';

/** How long starting n8n may take, in case it has to be installed first. */
export const START_LIMIT_MS = 20 * 60_000;

/** Starts a real n8n and a sandbox before the tests of a file, and ends both afterwards. */
export function useRealN8n(options: LaunchOptions = {}): N8nWithSandbox {
	const real = {} as N8nWithSandbox;
	beforeAll(async () => {
		Object.assign(real, await startN8nWithSandbox(options));
	}, START_LIMIT_MS);
	afterAll(async () => await (real as Partial<N8nWithSandbox>).stop?.());
	return real;
}

/** Imports the example workflow that pays `examples/payouts.csv`. */
export async function importPayoutsFromCsv(real: N8nWithSandbox): Promise<StoredWorkflow> {
	const example = await readExample('payouts-from-csv.json', real.credential);
	return await real.client.createWorkflow(example);
}
