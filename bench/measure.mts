import { longestGap, probeHealth } from '../n8n/healthProbe.mts';
import type { BenchN8n } from './benchN8n.mts';
import type { BenchSandbox, SandboxReport } from './benchSandbox.mts';
import { workflowName } from './cases.mts';
import type { PlannedRun } from './plan.mts';
import type { RawLoopRun } from './rawLoopProcess.mts';
import { watchMemory } from './residentMemory.mts';
import { digestBodies, expectedBody, makeRows } from './rows.mts';
import type { BenchWorker } from './worker.mts';
import { MEASURED_NODE } from './workflows.mts';

/** The result of one case. Times are in ms, memory in bytes. */
export interface Measurement extends PlannedRun, Omit<SandboxReport, 'signatureValid' | 'digest'> {
	/** The node's own time, as n8n takes it. */
	ms: number;
	/** The longest time for which n8n's own HTTP server was silent while the node ran. */
	gapMs?: number | undefined;
	/** The peak, and how far it was above the memory before the execution. */
	memory?: { peak: number; growth: number } | undefined;
}

type Run = Pick<Measurement, 'ms' | 'gapMs' | 'memory'>;

/** What the cases run with. */
export interface Bench {
	sandbox: BenchSandbox;
	plain: BenchSandbox;
	n8n: BenchN8n;
	rawLoop: BenchWorker;
	privateKey: string;
}

const MAX_REPEATS = 9;
const MIN_REPEATS_OF_OURS = 2;
const REPEAT_WITHIN_MS = 12_000;

/**
 * Measures a case. Repeats short runs, and all of our node: the shortest time counts, because other
 * programs can only slow a run down, and the worst of everything else.
 *
 * @param inFlight how many requests the loops have in flight
 */
export async function measure(
	bench: Bench,
	planned: PlannedRun,
	inFlight: number,
): Promise<Measurement> {
	const taken: Measurement[] = [];
	let spent = 0;
	const least = planned.case.isOurs ? MIN_REPEATS_OF_OURS : 1;
	while (taken.length < least || (taken.length < MAX_REPEATS && spent < REPEAT_WITHIN_MS)) {
		const measurement = await measureOnce(bench, planned, inFlight);
		taken.push(measurement);
		spent += measurement.ms;
	}
	return taken.reduce((best, next) => ({
		...best,
		ms: Math.min(best.ms, next.ms),
		gapMs: best.gapMs === undefined ? undefined : Math.max(best.gapMs, next.gapMs ?? 0),
		memory: best.memory &&
			next.memory && {
				peak: Math.max(best.memory.peak, next.memory.peak),
				growth: Math.max(best.memory.growth, next.memory.growth),
			},
		maxInFlight: Math.max(best.maxInFlight, next.maxInFlight),
		received: Math.max(best.received, next.received),
		refused: Math.max(best.refused, next.refused),
		paid: Math.min(best.paid, next.paid),
		paidAgain: Math.max(best.paidAgain, next.paidAgain),
	}));
}

/** Runs a case once. Throws when the sandbox accepted other bytes than it should. */
export async function measureOnce(
	bench: Bench,
	planned: PlannedRun,
	inFlight: number,
): Promise<Measurement> {
	const { case: benchCase, server, rows } = planned;
	const sandbox = server.isPlain ? bench.plain : bench.sandbox;
	await sandbox.become(server);
	const run =
		benchCase.way === 'raw loop'
			? await runRawLoop(bench, inFlight, rows)
			: await runInN8n(bench, workflowName(benchCase.id, server), rows, inFlight);
	const { digest, signatureValid, ...report } = await sandbox.report();
	const { paid, paidAgain, received } = report;
	const isComplete = paid === rows && paidAgain === 0;
	if (
		isComplete &&
		digest !== undefined &&
		digest !== digestBodies(makeRows(rows).map(expectedBody))
	) {
		throw new Error(`${benchCase.label}: the sandbox received other bytes than it should.`);
	}
	if (signatureValid !== received) {
		throw new Error(`${benchCase.label}: ${received - signatureValid} signatures are wrong.`);
	}
	return { ...planned, ...run, ...report };
}

async function runInN8n(
	{ n8n }: Bench,
	name: string,
	rows: number,
	inFlight: number,
): Promise<Run> {
	const memory = watchMemory(n8n.pid);
	const probe = probeHealth(n8n.url);
	let responses: number[] = [];
	const { begin, end } = await n8n.run(name, rows, inFlight).finally(async () => {
		memory.stop();
		responses = await probe.stop();
	});
	const node = end.nodes[MEASURED_NODE];
	if (!node) throw new Error(`${name} did not run: ${end.error ?? end.status}`);
	const from = node.startTime;
	const to = from + node.executionTime;
	const peak = memory.peakBetween(begin.at, to);
	return {
		ms: node.executionTime,
		gapMs: longestGap(responses, from, to),
		memory: peak === undefined ? undefined : { peak, growth: peak - begin.rss },
	};
}

async function runRawLoop(
	{ rawLoop, sandbox, privateKey }: Bench,
	inFlight: number,
	rows: number,
): Promise<Run> {
	const run: RawLoopRun = { url: sandbox.url, privateKey, rows, inFlight };
	const memory = watchMemory(rawLoop.pid);
	const from = Date.now();
	const ms = (await rawLoop.ask(run).finally(memory.stop)) as number;
	const peak = memory.peakBetween(from, Date.now());
	const before = memory.peakBetween(0, from);
	if (peak === undefined || before === undefined) return { ms };
	return { ms, memory: { peak, growth: peak - before } };
}
