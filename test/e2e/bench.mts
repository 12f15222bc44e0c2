import { join } from 'node:path';

import { CREDENTIAL_TYPE, credentialData, PROJECT } from '../../demo/credential.mts';
import { readExample } from '../../demo/exampleWorkflow.mts';
import { ensureN8n } from '../../demo/n8n/install.mts';
import { startInstance } from '../../demo/n8n/instance.mts';
import type { Instance } from '../../demo/n8n/instance.mts';
import { setUpOwner } from '../../demo/n8n/rest.mts';
import type { N8nClient, StoredWorkflow } from '../../demo/n8n/rest.mts';
import { makeKeyPair, startSandbox } from '../../sandbox/server.mts';
import type { KeyPair, Sandbox } from '../../sandbox/server.mts';

/** The repository, and its examples: the only files that workflows may read in these tests. */
export const REPOSITORY = join(__dirname, '..', '..');
export const EXAMPLES = join(REPOSITORY, 'examples');

/** How long opening a bench may take when n8n has to be installed first. */
export const OPENING_LIMIT_MS = 20 * 60_000;

/** A real n8n with the packed package, a sandbox, and a credential in n8n that points at it. */
export interface Bench {
	n8n: Instance;
	client: N8nClient;
	sandbox: Sandbox;
	keys: KeyPair;
	/** The fields of the credential. */
	credential: Record<string, string>;
	credentialId: string;
	credentialName: string;
	close: () => Promise<void>;
}

/** Starts n8n and the sandbox and creates the credential. The package must have been built. */
export async function openBench(): Promise<Bench> {
	const installation = await ensureN8n();
	const keys = await makeKeyPair();
	const sandbox = await startSandbox({
		projects: [{ id: PROJECT, publicKey: keys.publicKey }],
		autoConfirm: true,
	});
	const request = { installation, repository: REPOSITORY, readableFolder: EXAMPLES };
	const n8n = await startInstance(request).catch(async (error: unknown) => {
		await sandbox.stop();
		throw error;
	});
	const close = async () => {
		await n8n.stop();
		await sandbox.stop();
	};
	try {
		const client = await setUpOwner(n8n.url);
		const credential = credentialData(sandbox.url, keys.privateKey);
		const credentialName = 'Smart Glocal sandbox';
		const stored = await client.createCredential(credentialName, CREDENTIAL_TYPE, credential);
		const credentialId = stored.id;
		return { n8n, client, sandbox, keys, credential, credentialId, credentialName, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Imports the example workflow that pays `examples/payouts.csv`. */
export async function importPayoutsFromCsv(bench: Bench): Promise<StoredWorkflow> {
	const example = await readExample(join(EXAMPLES, 'payouts-from-csv.json'), {
		credentialId: bench.credentialId,
		credentialName: bench.credentialName,
		csvFile: join(EXAMPLES, 'payouts.csv'),
	});
	return await bench.client.createWorkflow(example);
}
