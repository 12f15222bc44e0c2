import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildPackage } from '../n8n/buildPackage.mts';
import { ensureN8n } from '../n8n/install.mts';
import { makeKeyPair } from '../sandbox/server.mts';
import { startBenchN8n } from './benchN8n.mts';
import { startBenchSandbox } from './benchSandbox.mts';
import { describeBursts, measureBursts } from './burst.mts';
import { AUTOMATIC_CASE, benchCases } from './cases.mts';
import { measure, measureOnce } from './measure.mts';
import type { Measurement } from './measure.mts';
import { describeMemory, measureMemory } from './memory.mts';
import { describeProfile } from './profile.mts';
import { writeResults } from './results.mts';
import { formatMarkdownTable } from './table.mts';
import { describeTargets } from './targets.mts';
import { startWorker } from './worker.mts';

const USAGE = `The benchmark compares ways of sending the same payouts from a real n8n.

Usage: npm run bench -- [--rows 200,1000,5000,10000] [--latency 20] [--cases ID,ID]
                        [--profile] [--write]

  --rows N,N     How many rows (default 200,1000,5000,10000).
  --latency MS   How long the sandbox holds back every response (default 20).
  --cases ID,ID  Only these cases, by their ids in bench/cases.mts.
  --profile      Also profiles n8n while it pays automatically mapped rows.
  --write        Writes the results into docs/benchmarks.md.
`;

const PROFILED_ROWS = 2_000;

interface Options {
	sizes: number[];
	latencyMs: number;
	only: string[] | undefined;
	profile: boolean;
	write: boolean;
}

function readOptions(): Options | undefined {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string', default: '200,1000,5000,10000' },
			latency: { type: 'string', default: '20' },
			cases: { type: 'string' },
			profile: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { rows, latency, cases, profile, write } = values;
	if (!/^\d+(,\d+)*$/.test(rows) || !/^\d+$/.test(latency)) {
		throw new Error('--rows takes whole numbers with commas, --latency takes milliseconds.');
	}
	const sizes = rows.split(',').map(Number);
	return { sizes, latencyMs: Number(latency), only: cases?.split(','), profile, write };
}

async function run({ sizes, latencyMs, only, profile, write }: Options): Promise<void> {
	await buildPackage();
	const { nodeBin } = await ensureN8n();
	const { privateKey, publicKey } = await makeKeyPair();
	const keepRequests = Math.max(...sizes, PROFILED_ROWS);
	const sandbox = await startBenchSandbox({ publicKey, latencyMs, keepRequests });
	const rawLoop = startWorker('rawLoopProcess.mts', join(nodeBin, 'node'));
	const n8n = await startBenchN8n(sandbox.url, privateKey);
	try {
		const cases = benchCases(sandbox.url).filter(({ id }) => only?.includes(id) ?? true);
		for (const { id, way } of cases) if ('node' in way) await n8n.addCase(id, way.node);
		await n8n.settle();
		const bench = { sandbox, n8n, rawLoop, privateKey };
		const measurements: Measurement[] = [];
		// Code runs slower at first.
		for (const each of cases) await measureOnce(bench, each, each.warmUp);
		for (const rows of sizes) {
			for (const each of cases.filter(({ upTo }) => rows <= upTo)) {
				const measurement = await measure(bench, each, rows);
				measurements.push(measurement);
				console.error(`${rows} rows, ${each.id}: ${measurement.ms} ms`);
			}
		}
		const table = await formatMarkdownTable(measurements);
		const targets = describeTargets(measurements);
		console.log(['', table, '', ...targets].join('\n'));
		const bursts = describeBursts(await measureBursts(n8n, privateKey));
		console.log(['', ...bursts].join('\n'));
		const memory = describeMemory(await measureMemory(n8n, sizes, sandbox.reset));
		console.log(['', ...memory].join('\n'));
		await sandbox.reset();
		const profiled = profile && describeProfile(await n8n.profile(AUTOMATIC_CASE, PROFILED_ROWS));
		if (profiled) console.log(`\n${PROFILED_ROWS} rows, mapped automatically:\n${profiled}`);
		if (write) await writeResults({ latencyMs, table, targets, memory, bursts });
	} finally {
		await n8n.stop();
		rawLoop.stop();
		sandbox.stop();
	}
}

try {
	const options = readOptions();
	if (options) await run(options);
	else console.log(USAGE);
} catch (error) {
	console.error(`The benchmark failed. ${(error as Error).message}\n\n${USAGE}`);
	process.exitCode = 1;
}
