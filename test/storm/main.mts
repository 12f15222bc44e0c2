import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import '../engine/environment.mts';
import { REFUSED_SETTING } from './plan.mts';
import { runStorm } from './storm.mts';
import type { StormReport } from './storm.mts';

// The engine harness is CommonJS under Jest. Here, these two names must be global.
Object.assign(globalThis, {
	require: createRequire(import.meta.url),
	__dirname: fileURLToPath(new URL('../engine', import.meta.url)),
});

const USAGE = `The storm runs thousands of rows, many of them hostile, through the node while everything goes wrong.

Usage: npm run storm -- [--seed N] [--rows N] [--seeds K]

  --seed N    The first seed (default: random). The same seed draws the same rows, for each run the
              same plan and order, and for each order of a payout the same fault.
  --rows N    How many rows (default 2000).
  --seeds K   How many storms, each with the next seed (default 1).

The package must have been built (npm run build).
`;

function wholeNumber(name: string, text: string): number {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new Error(`--${name} must be a whole number, not "${text}".`);
}

function describe(report: StormReport, seconds: number): string {
	const { seed, promised, kinds, runs, requests, outcomes, faults, violations } = report;
	const met = Object.values(faults).reduce((sum, times) => sum + times, 0);
	const list = Object.entries(outcomes).map(([outcome, times]) => `${times} ${outcome}`);
	const refused = runs.filter((plan) => plan.includes(REFUSED_SETTING)).length;
	return [
		`Seed ${seed}: ${promised.paid} good rows, ${promised.refused} bad ones and ${promised.either} of either, of ${kinds} kinds;`,
		`  ${runs.length} runs in ${seconds} s, ${refused} of them with a setting that cannot be used;`,
		`  ${requests} requests, ${met} of which met one of ${Object.keys(faults).length} faults.`,
		`  Outcomes over all runs: ${list.join(', ')}.`,
		`  The longest time in which nothing else could run: ${report.longestFreezeMs} ms.`,
		...(violations.length === 0
			? [
					'  Every good row was paid exactly once, no bad row ever; each run gave each row one outcome',
					'  that was true, and showed no card number, key or password.',
				]
			: violations.map((sentence) => `  VIOLATION: ${sentence}`)),
	].join('\n');
}

async function run(): Promise<void> {
	const { values } = parseArgs({
		options: {
			seed: { type: 'string', default: String(Date.now() % 1_000_000) },
			rows: { type: 'string', default: '2000' },
			seeds: { type: 'string', default: '1' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const first = wholeNumber('seed', values.seed);
	const rows = wholeNumber('rows', values.rows);
	for (let seed = first; seed < first + wholeNumber('seeds', values.seeds); seed++) {
		console.log(`The seed of this storm is ${seed}.`);
		const began = Date.now();
		const report = await runStorm({ seed, rows, log: (line) => console.error(line) });
		console.log(describe(report, Math.round((Date.now() - began) / 1_000)));
		if (report.violations.length > 0) process.exitCode = 1;
	}
}

try {
	await run();
} catch (error) {
	console.error(`The storm could not run. ${(error as Error).message}\n\n${USAGE}`);
	process.exitCode = 1;
}
