import type { BenchCase } from './cases.mts';
import type { BenchN8n } from './n8n.mts';
import type { RawLoopRun } from './rawLoopProcess.mts';
import { digestBodies, expectedBody, makeRows } from './rows.mts';
import type { SandboxProcess } from './sandbox.mts';
import { longestGap, residentMemory, watchWhile } from './watch.mts';
import type { Worker } from './workers.mts';
import { MEASURED_NODE } from './workflows.mts';

/** What was measured of one case with one number of rows. Times are in ms, memory in bytes. */
export interface Measurement {
	case: BenchCase;
	rows: number;
	/** The node's own time, as n8n takes it. */
	ms: number;
	/** The longest time in which n8n's own HTTP server gave no answer while the node ran. */
	gapMs?: number | undefined;
	peakMemory?: number | undefined;
	/** How far the peak was above the memory before the execution. */
	memoryGrowth?: number | undefined;
	mostInFlight: number;
	/** Rows that were accepted; fewer than `rows` is worth a remark. */
	accepted: number;
}

/** What the cases are run with. */
export interface Bench {
	sandbox: SandboxProcess;
	n8n: BenchN8n;
	rawLoop: Worker;
	privateKey: string;
}

const MOST_REPEATS = 9;
const REPEATED_UP_TO_MS = 12_000;

/**
 * Measures a case. Runs that are not long are repeated: the shortest time counts, because other
 * programs can only slow a run down, and of all else the worst.
 */
export async function measure(
	bench: Bench,
	benchCase: BenchCase,
	rows: number,
): Promise<Measurement> {
	const taken: Measurement[] = [];
	let spent = 0;
	while (taken.length === 0 || (taken.length < MOST_REPEATS && spent < REPEATED_UP_TO_MS)) {
		const measurement = await measureOnce(bench, benchCase, rows);
		taken.push(measurement);
		spent += measurement.ms;
	}
	return taken.reduce((best, next) => ({
		...best,
		ms: Math.min(best.ms, next.ms),
		gapMs: most(best.gapMs, next.gapMs),
		peakMemory: most(best.peakMemory, next.peakMemory),
		memoryGrowth: most(best.memoryGrowth, next.memoryGrowth),
		mostInFlight: Math.max(best.mostInFlight, next.mostInFlight),
		accepted: Math.min(best.accepted, next.accepted),
	}));
}

function most(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** Runs a case once. Throws when the sandbox did not receive the very bytes that it should. */
export async function measureOnce(
	bench: Bench,
	benchCase: BenchCase,
	rows: number,
): Promise<Measurement> {
	const { sandbox } = bench;
	await sandbox.reset();
	const times =
		'node' in benchCase.way
			? await runInN8n(bench, benchCase.id, rows)
			: await runRawLoop(bench, benchCase.way.keepAlive, benchCase.parallel ?? 1, rows);
	const { received, signatureValid, accepted, mostInFlight, digest } = await sandbox.report();
	if (accepted === rows && digest !== digestBodies(makeRows(rows).map(expectedBody))) {
		throw new Error(`${benchCase.label}: other bytes arrived than should have.`);
	}
	if (signatureValid !== received) {
		throw new Error(`${benchCase.label}: ${received - signatureValid} signatures are wrong.`);
	}
	return { case: benchCase, rows, ...times, mostInFlight, accepted };
}

async function runInN8n({ n8n }: Bench, name: string, rows: number) {
	const { result, watched } = await watchWhile(n8n.url, n8n.pid, async () => {
		return await n8n.run(name, rows);
	});
	const { begin, end } = result;
	const node = end.nodes[MEASURED_NODE];
	if (!node) throw new Error(`${name} did not run: ${end.error ?? end.status}`);
	const from = node.startTime;
	const to = from + node.executionTime;
	const memory = watched.memory.filter(({ at }) => at >= begin.at && at <= to);
	const peak = Math.max(...memory.map(({ rss }) => rss));
	return {
		ms: node.executionTime,
		gapMs: longestGap(watched.answers, from, to),
		...(memory.length > 0 && { peakMemory: peak, memoryGrowth: peak - begin.rss }),
	};
}

async function runRawLoop(bench: Bench, keepAlive: boolean, parallel: number, rows: number) {
	const { rawLoop, sandbox, privateKey } = bench;
	const before = residentMemory(rawLoop.pid);
	let peak = before;
	const looks = setInterval(() => {
		peak = Math.max(peak ?? 0, residentMemory(rawLoop.pid) ?? 0);
	}, 50);
	const run: RawLoopRun = { url: sandbox.url, privateKey, rows, parallel, keepAlive };
	try {
		const ms = (await rawLoop.ask(run)) as number;
		return {
			ms,
			...(before !== undefined &&
				peak !== undefined && {
					peakMemory: peak,
					memoryGrowth: peak - before,
				}),
		};
	} finally {
		clearInterval(looks);
	}
}
