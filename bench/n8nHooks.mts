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

let profiler: Session | undefined;

function tell(event: RunEvent) {
	appendFileSync(join(folder, 'events.jsonl'), `${JSON.stringify(event)}\n`);
}

async function begin() {
	if (existsSync(join(folder, 'profile'))) {
		profiler = new Session();
		profiler.connect();
		await profiler.post('Profiler.enable');
		await profiler.post('Profiler.setSamplingInterval', { interval: 500 });
		await profiler.post('Profiler.start');
	}
	collectGarbage();
	tell({ event: 'begin', at: Date.now(), rss: process.memoryUsage.rss() });
}

async function end(run: Run) {
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
	tell({ event: 'end', at: Date.now(), status: run.status, error: error?.message, nodes });
}

tell({ event: 'loaded', at: Date.now(), pid: process.pid });

export const workflow = { preExecute: [begin], postExecute: [end] };
