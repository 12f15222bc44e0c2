import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { RunEvent } from './n8n.mts';

// Loaded by n8n itself (EXTERNAL_HOOK_FILES): tells the benchmark when an execution begins and how
// long each of its nodes took, so that n8n need not store executions of 10,000 rows.

const folder = process.env.BENCH_FOLDER ?? '.';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Task {
	startTime: number;
	executionTime: number;
	executionStatus?: string;
	error?: { message?: string };
	data?: { main?: Array<unknown[] | null> };
}

interface Run {
	status: string;
	data: { resultData: { runData: Record<string, Task[]>; error?: { message?: string } } };
}

/** Collecting all garbage of n8n takes about half a second, and most time must be left to it. */
const LOOK_AFTER_MS = 2_000;

let profiler: Session | undefined;
/** Looks at the memory in use again and again, while that is asked for. */
let looks: NodeJS.Timeout | undefined;
let mostLive = 0;

function tell(event: RunEvent) {
	appendFileSync(join(folder, 'events.jsonl'), `${JSON.stringify(event)}\n`);
}

async function begin() {
	if (existsSync(join(folder, 'count'))) return;
	if (existsSync(join(folder, 'profile'))) {
		profiler = new Session();
		profiler.connect();
		await profiler.post('Profiler.enable');
		await profiler.post('Profiler.setSamplingInterval', { interval: 500 });
		await profiler.post('Profiler.start');
	}
	const live = liveMemory();
	if (existsSync(join(folder, 'memory'))) {
		mostLive = 0;
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
	mostLive = Math.max(mostLive, liveMemory());
}

async function end(run: Run) {
	if (looks) {
		clearInterval(looks);
		lookAtMemory();
		looks = undefined;
	}
	const { runData, error } = run.data.resultData;
	const nodes = Object.fromEntries(
		Object.entries(runData).map(([name, tasks]) => {
			const task = tasks.at(-1);
			return [
				name,
				{
					startTime: task?.startTime ?? 0,
					executionTime: task?.executionTime ?? 0,
					items: (task?.data?.main ?? []).flat().length,
				},
			];
		}),
	);
	if (profiler) {
		const { profile } = await profiler.post('Profiler.stop');
		writeFileSync(join(folder, 'node.cpuprofile'), JSON.stringify(profile));
		profiler.disconnect();
		profiler = undefined;
	}
	const { status } = run;
	tell({ event: 'end', at: Date.now(), status, error: error?.message, nodes, mostLive });
}

tell({ event: 'loaded', at: Date.now(), pid: process.pid });

export const workflow = { preExecute: [begin], postExecute: [end] };
