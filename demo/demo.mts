import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeKeyPair, startSandbox } from '../sandbox/server.mts';
import type { Sandbox } from '../sandbox/server.mts';
import { buildPackage } from './build.mts';
import { CREDENTIAL_TYPE, credentialData, PROJECT } from './credential.mts';
import { readExample } from './exampleWorkflow.mts';
import { ensureN8n } from './n8n/install.mts';
import { startInstance } from './n8n/instance.mts';
import type { Instance } from './n8n/instance.mts';
import { freePort } from './n8n/ports.mts';
import { showProgress } from './n8n/progress.mts';
import { OWNER, setUpOwner } from './n8n/rest.mts';
import { readOutcomes } from './outcomes.mts';
import type { RowOutcome } from './outcomes.mts';
import { reconcile } from './reconcile.mts';
import type { Shutdown } from './shutdown.mts';
import { formatTable } from './table.mts';

/** The ports that are taken when nothing else uses them. */
const N8N_PORT = 5678;
const SANDBOX_PORT = 4010;

/** How the demo ended, and what there is to look at while it stays up. */
export interface DemoResult {
	/** Whether the node's report and the sandbox's books agree. */
	agrees: boolean;
	whereToLook: string;
}

/**
 * Pays `examples/payouts.csv` in a real n8n against the sandbox and prints what happened.
 * Everything that is started is remembered in `shutdown`.
 */
export async function payExampleFile(
	repository: string,
	shutdown: Shutdown,
	say: (text: string) => void,
): Promise<DemoResult> {
	const progress = showProgress();
	shutdown.remember(async () => await Promise.resolve(progress.end()));
	const installation = await ensureN8n(progress);

	progress.phase('Building the package');
	const logs = await mkdtemp(join(tmpdir(), 'smart-glocal-demo-'));
	shutdown.remember(async () => await rm(logs, { recursive: true, force: true }));
	await buildPackage(repository, logs);

	progress.phase('Starting the local Smart Glocal and n8n, with the package installed');
	const keys = await makeKeyPair();
	const sandbox = await startSandbox({
		port: await freePort(SANDBOX_PORT),
		projects: [{ id: PROJECT, publicKey: keys.publicKey }],
		autoConfirm: true,
	});
	shutdown.remember(async () => await sandbox.stop());
	const examples = join(repository, 'examples');
	const n8n = await startInstance({
		installation,
		repository,
		readableFolder: examples,
		port: N8N_PORT,
	});
	shutdown.remember(async () => await n8n.stop());

	progress.phase('Paying the rows of examples/payouts.csv');
	const client = await setUpOwner(n8n.url);
	const credentialName = 'Smart Glocal sandbox';
	const data = credentialData(sandbox.url, keys.privateKey);
	const { id } = await client.createCredential(credentialName, CREDENTIAL_TYPE, data);
	const file = join(examples, 'payouts-from-csv.json');
	const csvFile = join(examples, 'payouts.csv');
	const example = await readExample(file, { credentialId: id, credentialName, csvFile });
	const workflow = await client.createWorkflow(example);
	const execution = await client.run(workflow.id);
	progress.end();

	if (execution.error) say(`The workflow ended with an error: ${execution.error.message}`);
	const outcomes = readOutcomes(execution);
	const { agrees, sentences } = reconcile(outcomes, sandbox.books);
	say(`\n${outcomeTable(outcomes)}\n\n${sentences.join('\n')}`);
	return {
		agrees: agrees && !execution.error,
		whereToLook: whereToLook(n8n, sandbox, `${workflow.id}/executions/${execution.id}`),
	};
}

function outcomeTable(outcomes: RowOutcome[]): string {
	const headings = ['Row', 'Reference', 'Destination', 'Amount', 'Outcome', 'Session or reason'];
	const rows = outcomes.map((row) => [
		String(row.row),
		row.reference,
		row.destination,
		`${row.amount} ${row.currency}`,
		row.outcome,
		// n8n counts items from 0, which would contradict the number of the row.
		row.sessionId ?? row.message?.replace(/ \[item \d+\]$/i, '') ?? '',
	]);
	return formatTable(headings, rows, process.stdout.columns ?? 120);
}

function whereToLook(n8n: Instance, sandbox: Sandbox, runPath: string): string {
	return [
		`The workflow and this run in n8n's editor: ${n8n.url}/workflow/${runPath}`,
		`Sign in with the e-mail address ${OWNER.email} and the password ${OWNER.password}`,
		`What the local Smart Glocal has paid: ${sandbox.url}/sandbox/books`,
	].join('\n');
}
