import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildPackage } from '../n8n/buildPackage.mts';
import { ensureN8n } from '../n8n/install.mts';
import { makeKeyPair } from '../sandbox/server.mts';
import { startBenchN8n } from './benchN8n.mts';
import { startBenchSandbox } from './benchSandbox.mts';
import { measureBursts } from './burst.mts';
import { AUTOMATIC_CASE, benchCases, COMPARED_CASES } from './cases.mts';
import { measure, measureOnce } from './measure.mts';
import type { Bench, Measurement } from './measure.mts';
import { measureMemory } from './memory.mts';
import { planAll, planLook, rowNumbers } from './plan.mts';
import type { Look, PlannedRun } from './plan.mts';
import { describeProfile } from './profile.mts';
import { describeResults, writeResults } from './results.mts';
import type { Results } from './results.mts';
import { LONG_TAIL, NEAR } from './servers.mts';
import type { Latency } from './servers.mts';
import { findBeside } from './tables.mts';
import { startWorker } from './worker.mts';

const USAGE = `The benchmark compares ways of sending the same payouts from a real n8n.

Usage: npm run bench -- [--rows 5000] [--latency 20,300,1000,long-tail] [--rate-limit N]
                        [--cases ID,ID] [--profile] [--write]

  --rows N        How many rows at every latency (default 5000); the other parts take a fifth,
                  three fifths and ten times as many.
  --profile       Also profiles n8n while it pays automatically mapped rows.
  --write         Writes the results into docs/benchmarks.md and README.md, and draws the chart.

With one of these it only measures what they name, as a quick look:

  --latency MS,MS How long the sandbox holds back every response, or long-tail (default 20).
  --rate-limit N  How many requests the sandbox allows in any second.
  --cases ID,ID   The cases, by their ids in bench/cases.mts.
`;

const WARM_UP_ROWS = 200;
const PROFILED_ROWS = 2_000;
/** For the raw loop, when there is no run of our node that it is compared to. */
const DEFAULT_IN_FLIGHT = 20;

interface Options {
	rows: number;
	look: Look | undefined;
	profile: boolean;
	write: boolean;
}

function readOptions(): Options | undefined {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string', default: '5000' },
			latency: { type: 'string' },
			'rate-limit': { type: 'string' },
			cases: { type: 'string' },
			profile: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { rows, latency, 'rate-limit': limit, cases, profile, write } = values;
	const isLook = latency !== undefined || limit !== undefined || cases !== undefined;
	if (isLook && write) throw new Error('--write takes the results of everything, not of a look.');
	const look = {
		latencies: latency?.split(',').map(readLatency) ?? [NEAR],
		requestsPerSecond: limit === undefined ? undefined : readNumber('rate-limit', limit),
		cases: cases?.split(',') ?? COMPARED_CASES,
	};
	return { rows: readNumber('rows', rows), look: isLook ? look : undefined, profile, write };
}

function readLatency(text: string): Latency {
	return text === LONG_TAIL ? LONG_TAIL : readNumber('latency', text);
}

function readNumber(name: string, text: string): number {
	if (/^[1-9]\d*$/.test(text)) return Number(text);
	throw new Error(`--${name} takes whole numbers from 1, not "${text}".`);
}

async function run({ rows, look, profile, write }: Options): Promise<void> {
	await buildPackage();
	const { nodeBin } = await ensureN8n();
	const { privateKey, publicKey } = await makeKeyPair();
	const sandbox = await startBenchSandbox({ publicKey });
	const rawLoop = startWorker('rawLoopProcess.mts', join(nodeBin, 'node'));
	const n8n = await startBenchN8n(sandbox.url, privateKey);
	const bench = { sandbox, n8n, rawLoop, privateKey };
	try {
		const cases = benchCases(sandbox.url);
		const planned = look ? planLook(cases, rows, look) : planAll(cases, rows);
		const used = new Set(planned.map((each) => each.case));
		for (const { id, way } of used) if ('node' in way) await n8n.addCase(id, way.node);
		await n8n.settle();
		const measurements = await measureAll(bench, planned);
		const results: Results = { measurements, bursts: [], memory: [] };
		if (!look) {
			results.bursts = await measureBursts(n8n, privateKey);
			results.memory = await measureMemory(n8n, sandbox, [rows, rowNumbers(rows).many]);
		}
		console.log(`\n${await describeResults(results)}`);
		if (write) await writeResults(results);
		if (profile) {
			await sandbox.become({ latency: look?.latencies[0] ?? NEAR });
			const profiled = describeProfile(await n8n.profile(AUTOMATIC_CASE, PROFILED_ROWS));
			console.log(`\n${PROFILED_ROWS} rows, mapped automatically:\n${profiled}`);
		}
	} finally {
		await n8n.stop();
		rawLoop.stop();
		sandbox.stop();
	}
}

async function measureAll(bench: Bench, planned: readonly PlannedRun[]): Promise<Measurement[]> {
	// Code runs slower at first.
	for (const each of new Set(planned.map((run) => run.case))) {
		const server = { latency: NEAR };
		const warmUp: PlannedRun = { case: each, server, rows: WARM_UP_ROWS, table: 'way' };
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
	if (options) await run(options);
	else console.log(USAGE);
} catch (error) {
	console.error(`The benchmark failed. ${(error as Error).message}\n\n${USAGE}`);
	process.exitCode = 1;
}
