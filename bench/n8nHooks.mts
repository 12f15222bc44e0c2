import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// n8n loads this file (EXTERNAL_HOOK_FILES). It tells the benchmark when an execution begins and
// how long each node took, so that n8n need not store executions of 10,000 rows.

/**
 * What n8n tells the benchmark, one line of JSON each. Times are in ms, memory in bytes; `live` is
 * memory in use, garbage not counted.
 */
export type RunEvent =
	| { event: 'loaded'; at: number; pid: number }
	| { event: 'begin'; at: number; rss: number; live: number }
	| {
			event: 'end';
			at: number;
			status: string;
			error?: string | undefined;
			nodes: Record<string, NodeTime>;
			peakLive: number;
	  };

/** When a node ran, as n8n itself takes the time. */
export interface NodeTime {
	startTime: number;
	executionTime: number;
}

/** A file of this name in the folder makes n8n profile, watch its memory, or only count. */
export type HookMode = 'profile' | 'memory' | 'count';

const folder = process.env.BENCH_FOLDER ?? '.';
const isIn = (mode: HookMode) => existsSync(join(folder, mode));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Run {
	status: string;
	data: { resultData: { runData: Record<string, NodeTime[]>; error?: { message?: string } } };
}

/** Collecting n8n's garbage takes about half a second, which must stay a small part of the time. */
const LOOK_AFTER_MS = 2_000;

let profiler: Session | undefined;
/** In the mode `memory`: looks at the memory in use again and again. */
let looks: NodeJS.Timeout | undefined;
let peakLive = 0;

function tell(event: RunEvent) {
	appendFileSync(join(folder, 'events.jsonl'), `${JSON.stringify(event)}\n`);
}

async function begin() {
	if (isIn('count')) return;
	if (isIn('profile')) {
		profiler = new Session();
		profiler.connect();
		await profiler.post('Profiler.enable');
		await profiler.post('Profiler.setSamplingInterval', { interval: 500 });
		await profiler.post('Profiler.start');
	}
	const live = liveMemory();
	if (isIn('memory')) {
		peakLive = 0;
		looks = setInterval(lookAtMemory, LOOK_AFTER_MS);
	}
	tell({ event: 'begin', at: Date.now(), rss: process.memoryUsage.rss(), live });
}

/** Memory in use in bytes, garbage not counted. */
function liveMemory(): number {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function lookAtMemory() {
	peakLive = Math.max(peakLive, liveMemory());
}

async function end(run: Run) {
	if (looks) {
		clearInterval(looks);
		lookAtMemory();
		looks = undefined;
	}
	const { runData, error } = run.data.resultData;
	const nodes = Object.fromEntries(
		Object.entries(runData).map(([name, runs]) => {
			const { startTime = 0, executionTime = 0 } = runs.at(-1) ?? {};
			return [name, { startTime, executionTime }];
		}),
	);
	if (profiler) {
		const { profile } = await profiler.post('Profiler.stop');
		writeFileSync(join(folder, 'node.cpuprofile'), JSON.stringify(profile));
		profiler.disconnect();
		profiler = undefined;
	}
	const { status } = run;
	tell({ event: 'end', at: Date.now(), status, error: error?.message, nodes, peakLive });
}

tell({ event: 'loaded', at: Date.now(), pid: process.pid });

export const workflow = { preExecute: [begin], postExecute: [end] };
