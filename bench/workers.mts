import { fork } from 'node:child_process';
import type { Serializable } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A script of this folder in a process of its own. It answers every message with one. */
export interface Worker {
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
export function startWorker(
	script: string,
	execPath: string = process.execPath,
	env: NodeJS.ProcessEnv = process.env,
): Worker {
	const child = fork(fileURLToPath(new URL(script, import.meta.url)), { execPath, env });
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`${script} ended with the code ${String(code)} before it answered.`);
	});
	ended.catch(() => undefined);
	return {
		pid: child.pid ?? 0,
		ask: async (message) => {
			const answer = once(child, 'message').then(([content]) => content as unknown);
			child.send(message);
			return await Promise.race([answer, ended]);
		},
		stop: () => {
			child.disconnect();
			child.kill();
		},
	};
}
