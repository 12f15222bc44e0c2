import { payRows } from '../examples/source/nodes.mts';
import { credentialFields, storeCredential } from '../n8n/credential.mts';
import { CREDENTIAL_TYPE } from '../n8n/packageNames.mts';
import { poll } from '../n8n/poll.mts';
import { startQueueMode } from '../n8n/queueMode.mts';
import type { QueueMode } from '../n8n/queueMode.mts';
import { setUpOwner } from '../n8n/restClient.mts';
import { chainNodes } from '../n8n/workflow.mts';
import { makeKeyPair } from '../sandbox/server.mts';
import { makePostgresLedger, writeOrders } from '../test/support/postgresLedger.mts';
import type { PostgresLedger } from '../test/support/postgresLedger.mts';
import { publish, startedByWebhook, startRuns } from '../test/support/queueN8n.mts';
import { startBenchSandbox } from './benchSandbox.mts';
import type { BenchSandbox } from './benchSandbox.mts';
import { NEAR } from './servers.mts';

const ROUNDS = 3;
const WARM_UP_ROWS = 1_000;
const RUN_LIMIT_MS = 10 * 60_000;

/**
 * Measures the example for thousands of rows with its ledger in PostgreSQL beside the same rows without
 * any ledger, in turns, in one n8n in queue mode. Returns what came out, in words.
 */
export async function measureLedger(rows: number): Promise<string> {
	const { privateKey, publicKey } = await makeKeyPair();
	const sandbox = await startBenchSandbox({ publicKey });
	let queue: QueueMode | undefined;
	try {
		queue = await startQueueMode({ workers: 1 });
		const client = await setUpOwner(queue.url);
		const credential = await storeCredential(client, credentialFields(sandbox.url, privateKey));
		const ledger = await makePostgresLedger(client, queue.query);
		const publisher = { queue, client, credential };
		await ledger.import('pay-orders.json', credential);
		const thousands = await ledger.import('pay-thousands.json', credential, (file) =>
			startedByWebhook(file, 'with-ledger'),
		);
		// Makes the tables.
		await client.run(thousands.id);
		// The same rows, read by the same node, and paid at once.
		const reading = thousands.nodes.filter(({ name }) => name === 'Get the Payouts');
		const credentials = { [CREDENTIAL_TYPE]: credential };
		const paying = { ...payRows('Pay the Rows', [0, 0]), credentials };
		const chain = chainNodes('Without a ledger', [...reading, paying]);
		const plain = await client.createWorkflow(startedByWebhook(chain, 'plain'));
		const workflows = {
			plain: { id: plain.id, url: await publish(publisher, plain, 'plain') },
			ledger: { id: thousands.id, url: await publish(publisher, thousands, 'with-ledger') },
		};
		const bench = { queue, sandbox, ledger };
		const lines: string[] = [];
		const ratios: number[] = [];
		for (let round = 0; round <= ROUNDS; round++) {
			const count = round === 0 ? WARM_UP_ROWS : rows;
			const ms = await pay(bench, workflows.plain, `plain-${round}`, count);
			const withLedgerMs = await pay(bench, workflows.ledger, `ledger-${round}`, count);
			const ratio = ms / withLedgerMs;
			const line = `${count} rows: without a ledger ${speed(count, ms)}, with a ledger in PostgreSQL ${speed(count, withLedgerMs)}; ratio ${ratio.toFixed(2)}`;
			console.error(line);
			if (round === 0) continue;
			lines.push(line);
			ratios.push(ratio);
		}
		const median = ratios.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? NaN;
		return [...lines, `Median of the ratios: ${median.toFixed(2)}`].join('\n');
	} finally {
		await queue?.stop();
		sandbox.stop();
	}
}

interface LedgerBench {
	queue: QueueMode;
	sandbox: BenchSandbox;
	ledger: PostgresLedger;
}

/** Pays so many new rows. Returns how long it took, until the execution had ended, in ms. */
async function pay(
	{ queue, sandbox, ledger }: LedgerBench,
	{ id, url }: { id: string; url: string },
	name: string,
	rows: number,
): Promise<number> {
	await writeOrders(ledger, name, rows);
	await sandbox.become({ latency: NEAR });
	const from = Date.now();
	await startRuns(url, 1);
	const read = async () => {
		// Executions of sub-workflows that are not saved stay there as running (n8n 2.41).
		const query = `SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running') AND "workflowId" = '${id}'`;
		return (await queue.query(query))[0]?.[0] === '0' || undefined;
	};
	await poll(read, { everyMs: 100, withinMs: RUN_LIMIT_MS, tooLate: 'The run took too long.' });
	const ms = Date.now() - from;
	const { paid, paidAgain } = await sandbox.report();
	if (paid !== rows || paidAgain > 0) {
		throw new Error(`${paid} of ${rows} rows were paid, ${paidAgain} of them twice.`);
	}
	return ms;
}

function speed(rows: number, ms: number): string {
	return `${ms} ms (${Math.round((rows * 1_000) / ms)} rows/s)`;
}
