import { ORDERS } from '../examples/source/payThousands.mts';
import { credentialFields, storeCredential } from '../n8n/credential.mts';
import type { StoredCredential } from '../n8n/credential.mts';
import { poll } from '../n8n/poll.mts';
import { startQueueMode } from '../n8n/queueMode.mts';
import type { QueueMode } from '../n8n/queueMode.mts';
import { setUpOwner } from '../n8n/restClient.mts';
import type { N8nClient } from '../n8n/restClient.mts';
import type { WorkflowFile } from '../n8n/workflow.mts';
import { makeKeyPair } from '../sandbox/server.mts';
import { turkishRows } from '../test/support/account.mts';
import { publish, publishPayThousands, startRuns } from '../test/support/queueN8n.mts';
import { deliver, finishedPayout } from '../test/support/webhookDelivery.mts';
import { postBurst } from '../test/support/webhooks.mts';
import { startBenchSandbox } from './benchSandbox.mts';
import type { BenchSandbox } from './benchSandbox.mts';
import { PAY_PATH, queuePayWorkflow } from './queueWorkflow.mts';
import { residentMemory } from './residentMemory.mts';
import { NEAR } from './servers.mts';
import { burstWorkflow } from './workflows.mts';

/** Rows paid by several executions in queue mode. */
export interface QueuePayment {
	workers: number;
	/** How many executions a worker runs at a time. */
	concurrency: number;
	/** Whether the expression engine is prepared only where it is needed. */
	lazy: boolean;
	latencyMs: number;
	rowsPerSecond: number;
	maxInFlight: number;
}

/** A burst of webhooks through the webhook processor, with two workers. Times in ms. */
export interface QueueBurst {
	lazy: boolean;
	/** Until the last webhook had its response, and until the last execution had ended. */
	answeredMs: number;
	endedMs: number;
	/** Webhooks that were not executed exactly once. */
	lost: number;
}

/** The example workflow for thousands of rows, with its ledger, in four parts at 20 ms. */
export interface QueueExample {
	workers: number;
	rows: number;
	rowsPerSecond: number;
}

/** A process of queue mode after all that was measured. */
export interface QueueProcessUse {
	name: string;
	/** Resident memory in bytes. */
	memory: number;
}

/** The results of the benchmark of queue mode. */
export interface QueueResults {
	payments: readonly QueuePayment[];
	bursts: readonly QueueBurst[];
	example: readonly QueueExample[];
	processes: readonly QueueProcessUse[];
	/** Connections of n8n to PostgreSQL, all processes together. */
	connections: number;
	/** Bytes that PostgreSQL stores for an execution: one that pays 100 rows, and one of a webhook. */
	bytes: { paying: number; webhook: number };
}

const EXECUTIONS = 20;
const ROWS = 100;
const REPEATS = 2;
const WEBHOOKS = 1_000;
const WARM_UP_WEBHOOKS = 100;
const CONCURRENT_WEBHOOKS = 20;
const EXAMPLE_ROWS = 2_000;
const RUNS = 4;
const LIMIT_MS = 10 * 60_000;

/** A running n8n in queue mode and what is measured with it. */
export class QueueBench {
	private constructor(
		readonly queue: QueueMode,
		private readonly n8n: { client: N8nClient; credential: StoredCredential },
		private readonly sandbox: BenchSandbox,
		private readonly webhookPrivateKey: string,
		private readonly urls: { pay: string; burst: string },
		private readonly lazy: boolean,
	) {}

	static async start(lazy: boolean): Promise<QueueBench> {
		const { privateKey, publicKey } = await makeKeyPair();
		const sandbox = await startBenchSandbox({ publicKey });
		const settings = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: String(lazy) };
		const queue = await startQueueMode({ settings }).catch((error: unknown) => {
			sandbox.stop();
			throw error;
		});
		const client = await setUpOwner(queue.url);
		const webhookKeys = await makeKeyPair();
		const fields = {
			...credentialFields(sandbox.url, privateKey),
			webhookPublicKey: webhookKeys.publicKey,
		};
		const credential = await storeCredential(client, fields);
		const publishNew = async (workflow: WorkflowFile, path: string) =>
			await publish({ queue, client, credential }, await client.createWorkflow(workflow), path);
		const burst = burstWorkflow('trigger', credential);
		const urls = {
			pay: await publishNew(queuePayWorkflow(credential), PAY_PATH),
			burst: await publishNew(burst.workflow, burst.path),
		};
		const webhookPrivateKey = webhookKeys.privateKey;
		return new QueueBench(queue, { client, credential }, sandbox, webhookPrivateKey, urls, lazy);
	}

	/** Pays 2,000 rows in 20 executions; the shorter of two times counts. */
	async pay(workers: number, concurrency: number, latencyMs: number): Promise<QueuePayment> {
		const times: number[] = [];
		let maxInFlight = 0;
		for (let repeat = 0; repeat < REPEATS; repeat++) {
			await this.sandbox.become({ latency: latencyMs });
			const from = Date.now();
			for (let execution = 0; execution < EXECUTIONS; execution++) {
				await fetch(`${this.urls.pay}?execution=${execution}&rows=${ROWS}`, { method: 'POST' });
			}
			await this.ended();
			times.push(Date.now() - from);
			const report = await this.sandbox.report();
			if (report.paid !== EXECUTIONS * ROWS || report.paidAgain > 0) {
				throw new Error(`${report.paid} rows were paid, ${report.paidAgain} of them twice.`);
			}
			maxInFlight = Math.max(maxInFlight, report.maxInFlight);
		}
		const rowsPerSecond = (EXECUTIONS * ROWS * 1_000) / Math.min(...times);
		const payment = {
			workers,
			concurrency,
			lazy: this.lazy,
			latencyMs,
			rowsPerSecond,
			maxInFlight,
		};
		console.error(JSON.stringify(payment));
		return payment;
	}

	async burst(webhooks = WEBHOOKS): Promise<QueueBurst> {
		const deliveries = Array.from({ length: webhooks }, (_, index) =>
			deliver(finishedPayout(`BURST-${index}`, 'succeeded'), this.webhookPrivateKey),
		);
		const before = await this.successes();
		const from = Date.now();
		await postBurst(this.urls.burst, deliveries, CONCURRENT_WEBHOOKS);
		const answeredMs = Date.now() - from;
		await this.ended();
		const endedMs = Date.now() - from;
		const succeeded = (await this.successes()) - before;
		const burst = { lazy: this.lazy, answeredMs, endedMs, lost: webhooks - succeeded };
		console.error(JSON.stringify(burst));
		return burst;
	}

	async warmUp(): Promise<void> {
		await this.burst(WARM_UP_WEBHOOKS);
		await this.pay(2, 5, NEAR);
	}

	async use(): Promise<Pick<QueueResults, 'processes' | 'connections' | 'bytes'>> {
		const { main, processor, workers } = this.queue;
		const memory = ({ pid }: { pid: number }) => residentMemory(pid) ?? 0;
		const [[connections = ''] = []] = await this.queue.query(
			'SELECT count(*) FROM pg_stat_activity WHERE client_port > 0 AND pid <> pg_backend_pid()',
		);
		const bytes = async (like: string) => {
			const [[average = ''] = []] = await this.queue.query(
				`SELECT avg(pg_column_size(d.*)) FROM execution_data d JOIN execution_entity e ON e.id = d."executionId" JOIN workflow_entity w ON w.id = e."workflowId" WHERE w.name LIKE '${like}'`,
			);
			return Number(average);
		};
		return {
			processes: [
				{ name: 'main process', memory: memory(main) },
				{ name: 'webhook processor', memory: memory(processor) },
				{ name: 'worker', memory: Math.max(...workers.map(memory)) },
			],
			connections: Number(connections),
			bytes: { paying: await bytes(PAY_PATH), webhook: await bytes('bench-burst%') },
		};
	}

	async stop(): Promise<void> {
		await this.queue.stop();
		this.sandbox.stop();
	}

	/** Makes the example workflow ready; returns what measures it with so many workers at work. */
	async importExample(): Promise<(workers: number) => Promise<QueueExample>> {
		const { client } = this.n8n;
		const url = await publishPayThousands({ queue: this.queue, ...this.n8n });
		const table = (await client.tableUrl(ORDERS))?.split('/').at(-1);
		return async (workers) => {
			await this.queue.query(`DELETE FROM "data_table_user_${table}"`);
			for (let from = 0; from < EXAMPLE_ROWS; from += 1_000) {
				const references = Array.from({ length: 1_000 }, (_, row) => `${workers}-${from + row}`);
				const rows = turkishRows(...references);
				await client.addTableRows(
					ORDERS,
					rows.map((row) => ({ ...row, destination: 'TUR-TRY' })),
				);
			}
			await this.sandbox.become({ latency: NEAR });
			const from = Date.now();
			await startRuns(url, RUNS);
			await this.ended();
			const rowsPerSecond = (EXAMPLE_ROWS * 1_000) / (Date.now() - from);
			const { paid, paidAgain } = await this.sandbox.report();
			if (paid !== EXAMPLE_ROWS || paidAgain > 0) throw new Error(`${paid} rows were paid.`);
			const example = { workers, rows: EXAMPLE_ROWS, rowsPerSecond };
			console.error(JSON.stringify(example));
			return example;
		};
	}

	private async successes(): Promise<number> {
		const query = `SELECT count(*) FROM execution_entity WHERE status = 'success'`;
		return Number((await this.queue.query(query))[0]?.[0]);
	}

	private async ended(): Promise<void> {
		const query = `SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running')`;
		const read = async () => (await this.queue.query(query))[0]?.[0] === '0' || undefined;
		const tooLate = 'The executions have not ended in time.';
		await poll(read, { everyMs: 100, withinMs: LIMIT_MS, tooLate });
	}
}
