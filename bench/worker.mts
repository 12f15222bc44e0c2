import { fork } from 'node:child_process';
import type { Serializable } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A script of this folder in its own process. It replies to every message with one. */
export interface BenchWorker {
	pid: number;
	ask: (message: Serializable) => Promise<unknown>;
	stop: () => void;
}

/**
 * Starts a script of this folder, which ends when this process ends.
 *
 * @param script the file's name
 * @param execPath the Node to run it with; this one when left out
 */
export function startWorker(script: string, execPath = process.execPath): BenchWorker {
	const child = fork(fileURLToPath(new URL(script, import.meta.url)), { execPath });
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`${script} ended with the code ${String(code)} before it replied.`);
	});
	ended.catch(() => undefined);
	return {
		pid: child.pid ?? 0,
		ask: async (message) => {
			const reply = once(child, 'message').then(([content]) => content as unknown);
			child.send(message);
			return await Promise.race([reply, ended]);
		},
		stop: () => {
			child.disconnect();
			child.kill();
		},
	};
}
