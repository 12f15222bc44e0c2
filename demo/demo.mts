import { buildPackage } from '../n8n/buildPackage.mts';
import { readExample } from '../n8n/exampleWorkflow.mts';
import { freePort } from '../n8n/freePort.mts';
import { ensureN8n } from '../n8n/install.mts';
import { showProgress } from '../n8n/progress.mts';
import { OWNER } from '../n8n/restClient.mts';
import type { Shutdown } from '../n8n/shutdown.mts';
import { N8N_PORT, SANDBOX_PORT, startN8nWithSandbox } from '../n8n/withSandbox.mts';
import { readOutcomes } from './outcomes.mts';
import type { RowOutcome } from './outcomes.mts';
import { reconcile } from './reconcile.mts';
import { layOutTable } from './table.mts';

/** How the demo ended, and where to look while it stays up. */
export interface DemoResult {
	/** Whether the node's report and the sandbox's books agree. */
	agrees: boolean;
	whereToLook: string;
}

/**
 * Pays `examples/payouts.csv` in a real n8n against the sandbox and prints the outcome of each row.
 * Whatever it starts, `shutdown` ends.
 */
export async function payExampleFile(
	shutdown: Shutdown,
	say: (text: string) => void,
): Promise<DemoResult> {
	const progress = showProgress();
	shutdown.remember(async () => await Promise.resolve(progress.end()));
	await ensureN8n(progress);

	progress.phase('Building the package');
	await buildPackage();

	progress.phase('Starting the local Smart Glocal and n8n, with the package installed');
	const { n8n, sandbox, client, credential, stop } = await startN8nWithSandbox(
		{ port: N8N_PORT },
		{ port: await freePort(SANDBOX_PORT) },
	);
	shutdown.remember(stop);

	progress.phase('Paying the rows of examples/payouts.csv');
	const example = await readExample('payouts-from-csv.json', credential);
	const workflow = await client.createWorkflow(example);
	const execution = await client.run(workflow.id);
	progress.end();

	if (execution.error) say(`The workflow ended with an error: ${execution.error.message}`);
	const outcomes = readOutcomes(execution);
	const { agrees, sentences } = reconcile(outcomes, sandbox.books);
	say(`\n${outcomeTable(outcomes)}\n\n${sentences.join('\n')}`);
	return {
		agrees: agrees && !execution.error,
		whereToLook: [
			`The workflow and this run in n8n's editor: ${n8n.url}/workflow/${workflow.id}/executions/${execution.id}`,
			`Sign in with the e-mail address ${OWNER.email} and the password ${OWNER.password}`,
			`What the local Smart Glocal has paid: ${sandbox.url}`,
		].join('\n'),
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
		// n8n counts items from 0, which would contradict the row's number.
		row.sessionId ?? row.message?.replace(/ \[item \d+\]$/i, '') ?? '',
	]);
	return layOutTable(headings, rows, process.stdout.columns ?? 120);
}
