import { makeKeyPair, startSandbox } from '../sandbox/server.mts';
import type { KeptKeys, KeyPair, Sandbox, SandboxOptions } from '../sandbox/server.mts';
import { credentialFields, PROJECT, storeCredential } from './credential.mts';
import type { CredentialFields, StoredCredential } from './credential.mts';
import { launchN8n } from './launch.mts';
import type { LaunchOptions, RunningN8n } from './launch.mts';
import { setUpOwner } from './restClient.mts';
import type { N8nClient } from './restClient.mts';

/** The ports of n8n and the sandbox for a person's browser, if nothing else uses them. */
export const N8N_PORT = 5678;
export const SANDBOX_PORT = 4010;

/** A real n8n with the package, a sandbox, and a credential in n8n that points at it. */
export interface N8nWithSandbox {
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
	/** The keys of the sandbox's only project. */
	keys: KeyPair;
	credential: StoredCredential;
	fields: CredentialFields;
	/** Ends both. */
	stop: () => Promise<void>;
}

/**
 * Starts a sandbox and n8n, and stores the credential. The package must have been built.
 *
 * @param kept the keys of the partner and of the sandbox's webhooks; new ones when left out
 */
export async function startN8nWithSandbox(
	launchOptions: LaunchOptions = {},
	sandboxOptions: SandboxOptions = {},
	kept?: KeptKeys,
): Promise<N8nWithSandbox> {
	const n8n = await launchN8n(launchOptions);
	try {
		const client = await setUpOwner(n8n.url);
		return await addSandbox({ n8n, client }, sandboxOptions, kept);
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/** Starts a sandbox beside an n8n, and stores the credential; see `startN8nWithSandbox`. */
export async function addSandbox(
	{ n8n, client }: Pick<N8nWithSandbox, 'n8n' | 'client'>,
	sandboxOptions: SandboxOptions = {},
	kept?: KeptKeys,
): Promise<N8nWithSandbox> {
	const keys = kept?.partner ?? (await makeKeyPair());
	const projects = [{ id: PROJECT, publicKey: keys.publicKey }];
	const webhookKeys = kept?.webhook;
	const options = { projects, autoConfirm: true, webhookKeys, ...sandboxOptions };
	const sandbox = await startSandbox(options);
	const stop = async () => {
		await n8n.stop();
		await sandbox.stop();
	};
	const fields = credentialFields(sandbox.url, keys.privateKey);
	try {
		const credential = await storeCredential(client, fields);
		return { n8n, client, sandbox, keys, credential, fields, stop };
	} catch (error) {
		await sandbox.stop();
		throw error;
	}
}
