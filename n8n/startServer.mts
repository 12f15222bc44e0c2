import { readFile } from 'node:fs/promises';

import { startProcess } from './processes.mts';
import type { ProcessGroup, ProcessRequest } from './processes.mts';

/** A program that has to say that it is ready. */
export interface ServerRequest extends ProcessRequest {
	/** Its name in an error. */
	name: string;
	/** Part of the line that it prints when it is ready. */
	readyLine: string;
	/** Called at once, so that the program can be stopped before it is ready. */
	onStart?: (group: ProcessGroup) => void;
}

const START_LIMIT_MS = 300_000;

/** Starts a program and waits until it is ready. Throws with the end of its output otherwise. */
export async function startServer(request: ServerRequest): Promise<ProcessGroup> {
	const { name, readyLine, logFile, onLine, onStart } = request;
	let ready: () => void = () => undefined;
	const isReady = new Promise<true>((resolve) => (ready = () => resolve(true)));
	const group = startProcess({
		...request,
		onLine: (line) => {
			if (line.includes(readyLine)) ready();
			onLine?.(line);
		},
	});
	onStart?.(group);
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), START_LIMIT_MS);
	});
	const started = await Promise.race([isReady, tooLate, group.ended.then(() => false)]);
	clearTimeout(timer);
	if (started) return group;
	await group.stop();
	const printed = await readFile(logFile, 'utf8').catch(() => '');
	throw new Error(`${name} did not start. It printed:\n${printed.slice(-4_000)}`);
}
