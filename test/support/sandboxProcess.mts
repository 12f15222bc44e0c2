import { spawn } from 'node:child_process';
import { once } from 'node:events';

const WAIT_LIMIT_MS = 60_000;

/** A sandbox that was started on the command line. */
export interface SandboxProcess {
	url: string;
	/** Everything that it has printed so far, errors included. */
	output(): string;
	/** Ends it as Ctrl-C does, if it still runs; returns its exit code. */
	stop(): Promise<number | null>;
}

/**
 * Starts the sandbox as `npm run sandbox` does, on a free port.
 *
 * @param cacheFolder where it keeps its keys, instead of the user's cache folder
 * @throws Error with what it has printed when it ends early or is not ready within a minute
 */
export async function startSandboxProcess(
	words: readonly string[],
	cacheFolder: string,
): Promise<SandboxProcess> {
	let output = '';
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'sandbox/main.mts', '--port', '0', ...words],
		{ env: { ...process.env, XDG_CACHE_HOME: cacheFolder } },
	);
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	child.stderr.on('data', (chunk) => (output += String(chunk)));
	const exited = once(child, 'exit');
	const stop = async () => {
		child.kill('SIGTERM');
		await exited;
		return child.exitCode;
	};
	const deadline = Date.now() + WAIT_LIMIT_MS;
	while (!output.includes('appears here in one line')) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop();
			throw new Error(output);
		}
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	const url = /listens at (http:\/\/127\.0\.0\.1:\d+)\./.exec(output)?.[1] ?? '';
	return { url, output: () => output, stop };
}
