import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Fields of /proc/PID/stat after the name: times of the process in user mode and in the kernel. */
const [USER_TIME, SYSTEM_TIME] = [11, 12];
const TICK_MS = 10;

/** Waits until a process has been at rest for a moment. Returns its processor time so far, in ms. */
export async function waitForRest(pid: number): Promise<number> {
	for (let before = processorTime(pid), calm = 0; calm < 3; ) {
		await sleep(500);
		const now = processorTime(pid);
		calm = now - before < 50 ? calm + 1 : 0;
		before = now;
	}
	return processorTime(pid);
}

function processorTime(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
	return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * TICK_MS;
}
