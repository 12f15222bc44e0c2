import { execFile } from 'node:child_process';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** How a command ended. */
export interface CommandResult {
	/** 0 for success. */
	code: number;
	stdout: string;
	/** Everything that it printed. */
	output: string;
}

/**
 * Runs a command to its end, without the NODE_ENV that Jest sets: n8n's lint rules report other
 * findings in a test. Throws only when the command cannot be started.
 */
export async function run(
	command: string,
	words: readonly string[],
	{ cwd, env = {} }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<CommandResult> {
	return await new Promise((resolve, reject) => {
		const environment = { ...process.env, NODE_ENV: undefined, ...env };
		const options = { cwd, env: environment, maxBuffer: MAX_OUTPUT_BYTES };
		const child = execFile(command, words, options, (error, stdout, stderr) => {
			if (error && typeof error.code !== 'number') reject(error);
			else resolve({ code: Number(error?.code ?? 0), stdout, output: stdout + stderr });
		});
		child.stdin?.end();
	});
}

/** Runs a command and returns what it printed on standard output. Throws when it fails. */
export async function mustRun(...call: Parameters<typeof run>): Promise<string> {
	const { code, stdout, output } = await run(...call);
	if (code === 0) return stdout;
	throw new Error(`${call[0]} ${call[1].join(' ')} ended with code ${code}.\n${output}`);
}
