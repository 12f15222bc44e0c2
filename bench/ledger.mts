import { existsSync, readFileSync } from 'node:fs';

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
		const ratios: Timed[] = [];
		for (let round = 0; round <= ROUNDS; round++) {
			const count = round === 0 ? WARM_UP_ROWS : rows;
			const plainly = await pay(bench, workflows.plain, `plain-${round}`, count);
			const kept = await pay(bench, workflows.ledger, `ledger-${round}`, count);
			const ratio = { ms: plainly.ms / kept.ms, cpuMs: plainly.cpuMs / kept.cpuMs };
			const line = `${count} rows: without a ledger ${describe(count, plainly)}, with a ledger in PostgreSQL ${describe(count, kept)}; ${describeRatio(ratio)}`;
			console.error(line);
			if (round === 0) continue;
			lines.push(line);
			ratios.push(ratio);
		}
		const middle = {
			ms: median(ratios.map(({ ms }) => ms)),
			cpuMs: median(ratios.map(({ cpuMs }) => cpuMs)),
		};
		return [...lines, `Medians: ${describeRatio(middle)}`].join('\n');
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

interface Timed {
	/** Until the execution had ended. */
	ms: number;
	/** Of the worker's processor: what else runs on the computer changes it less. */
	cpuMs: number;
}

/** Pays so many new rows. */
async function pay(
	{ queue, sandbox, ledger }: LedgerBench,
	{ id, url }: { id: string; url: string },
	name: string,
	rows: number,
): Promise<Timed> {
	const [worker] = queue.workers;
	await writeOrders(ledger, name, rows);
	await sandbox.become({ latency: NEAR });
	const [from, cpuFrom] = [Date.now(), cpuTime(worker?.pid)];
	await startRuns(url, 1);
	const read = async () => {
		// Executions of sub-workflows that are not saved stay there as running (n8n 2.41).
		const query = `SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running') AND "workflowId" = '${id}'`;
		return (await queue.query(query))[0]?.[0] === '0' || undefined;
	};
	await poll(read, { everyMs: 100, withinMs: RUN_LIMIT_MS, tooLate: 'The run took too long.' });
	const timed = { ms: Date.now() - from, cpuMs: cpuTime(worker?.pid) - cpuFrom };
	const { paid, paidAgain } = await sandbox.report();
	if (paid !== rows || paidAgain > 0) {
		throw new Error(`${paid} of ${rows} rows were paid, ${paidAgain} of them twice.`);
	}
	return timed;
}

/** How long a process has used a processor, in ms; not a number where there is no /proc. */
function cpuTime(pid: number | undefined): number {
	if (!existsSync(`/proc/${pid}/stat`)) return NaN;
	// Linux counts in hundredths of a second.
	const [, user = '', system = ''] =
		/\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
	return (Number(user) + Number(system)) * 10;
}

function describe(rows: number, { ms, cpuMs }: Timed): string {
	return `${ms} ms (${Math.round((rows * 1_000) / ms)} rows/s, ${cpuMs} ms of the worker's processor)`;
}

function describeRatio({ ms, cpuMs }: Timed): string {
	return `ratio ${ms.toFixed(2)}, by processor time ${cpuMs.toFixed(2)}`;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
