import { join } from 'node:path';

import { buildPackage } from '../n8n/buildPackage.mts';
import { ensureN8n } from '../n8n/install.mts';
import { makeKeyPair } from '../sandbox/server.mts';
import { startBenchN8n } from './benchN8n.mts';
import { startBenchSandbox, startPlainServer } from './benchSandbox.mts';
import { measureBursts } from './burst.mts';
import { AUTOMATIC_CASE, benchCases, PLAIN_CASES, workflowName } from './cases.mts';
import { measureDesk } from './desk.mts';
import { measureFiles } from './files.mts';
import { measureLedger } from './ledger.mts';
import { measure, measureOnce } from './measure.mts';
import type { Bench, Measurement } from './measure.mts';
import { measureMemory } from './memory.mts';
import { readOptions, USAGE } from './options.mts';
import type { Options } from './options.mts';
import { planAll, planLook, rowNumbers } from './plan.mts';
import type { PlannedRun } from './plan.mts';
import { describeProfile } from './profile.mts';
import { measureQueueMode } from './queuePlan.mts';
import { describeQueue, writeQueueResults } from './queueResults.mts';
import { describeResults, writeResults } from './results.mts';
import { NEAR, PLAIN } from './servers.mts';
import { findBeside } from './tables.mts';
import { measureWebhooks } from './webhooks.mts';
import { startWorker } from './worker.mts';

const WARM_UP_ROWS = 200;
const PROFILED_ROWS = 2_000;
/** For the raw loop, when there is no run of our node that it is compared to. */
const DEFAULT_IN_FLIGHT = 20;

async function run({ rows, look, profile, write }: Options): Promise<void> {
	await buildPackage();
	const { nodeBin } = await ensureN8n();
	const { privateKey, publicKey } = await makeKeyPair();
	const webhookKeys = await makeKeyPair();
	const sandbox = await startBenchSandbox({ publicKey });
	const plain = await startPlainServer();
	const rawLoop = startWorker('rawLoopProcess.mts', join(nodeBin, 'node'));
	const n8n = await startBenchN8n([sandbox.url, plain.url], privateKey, webhookKeys.publicKey);
	const bench = { sandbox, plain, n8n, rawLoop, privateKey };
	try {
		const cases = benchCases(sandbox.url);
		const planned = look ? planLook(cases, rows, look) : planAll(cases, rows);
		for (const { id, way } of cases) {
			if (way !== 'raw loop') await n8n.addCase(id, way.node, sandbox.url);
		}
		for (const { id, way } of benchCases(plain.url)) {
			const isCompared = PLAIN_CASES.some((each) => each === id);
			if (isCompared && way !== 'raw loop') {
				await n8n.addCase(workflowName(id, PLAIN), way.node, plain.url);
			}
		}
		await n8n.settle();
		const measurements = await measureAll(bench, planned);
		console.log(`\n${await describeResults({ measurements })}`);
		if (!look) {
			const bursts = await measureBursts(n8n, webhookKeys.privateKey);
			const memory = await measureMemory(n8n, sandbox, [rows, rowNumbers(rows).many]);
			console.log(`\n${await describeResults({ bursts, memory })}`);
			if (write) await writeResults({ measurements, bursts, memory });
		}
		if (profile) {
			await sandbox.become({ latency: look?.latencies[0] ?? NEAR });
			const profiled = describeProfile(await n8n.profile(AUTOMATIC_CASE, PROFILED_ROWS));
			console.log(`\n${PROFILED_ROWS} rows, mapped automatically:\n${profiled}`);
		}
	} finally {
		await n8n.stop();
		rawLoop.stop();
		sandbox.stop();
		plain.stop();
	}
}

async function runQueue({ write }: Options): Promise<void> {
	await buildPackage();
	const results = await measureQueueMode();
	console.log(`\n${await describeQueue(results)}`);
	if (write) await writeQueueResults(results);
}

async function runInN8n(
	measureRows: (rows: number) => Promise<string>,
	{ rows }: Options,
): Promise<string> {
	await buildPackage();
	await ensureN8n();
	return await measureRows(rows);
}

async function measureAll(bench: Bench, planned: readonly PlannedRun[]): Promise<Measurement[]> {
	// Code runs slower at first.
	const workflows = new Map(planned.map((each) => [workflowName(each.case.id, each.server), each]));
	for (const each of workflows.values()) {
		const server = { latency: NEAR, isPlain: each.server.isPlain };
		const warmUp: PlannedRun = { ...each, server, rows: WARM_UP_ROWS, table: 'way' };
		await measureOnce(bench, warmUp, DEFAULT_IN_FLIGHT);
	}
	const measurements: Measurement[] = [];
	for (const each of planned) {
		const ours = findBeside(each, AUTOMATIC_CASE, measurements);
		const measured = await measure(bench, each, ours?.maxInFlight ?? DEFAULT_IN_FLIGHT);
		measurements.push(measured);
		const { server, rows } = each;
		console.error(`${server.latency}, ${rows} rows, ${each.case.id}: ${measured.ms} ms`);
	}
	return measurements;
}

try {
	const options = readOptions();
	if (options?.files) console.log(await measureFiles(options.rows));
	else if (options?.desk) console.log(await runInN8n(measureDesk, options));
	else if (options?.webhooks) console.log(await runInN8n(measureWebhooks, options));
	else if (options?.ledger) console.log(await runInN8n(measureLedger, options));
	else if (options) await (options.queue ? runQueue(options) : run(options));
	else console.log(USAGE);
} catch (error) {
	console.error(`The benchmark failed. ${(error as Error).message}\n\n${USAGE}`);
	process.exitCode = 1;
}
