import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runProcess } from './n8n/processes.mts';

/** Builds the package. Throws a sentence, with what the build printed, when that does not work. */
export async function buildPackage(repository: string, logFolder: string): Promise<void> {
	const logFile = join(logFolder, 'build.log');
	const args = ['run', 'build'];
	const code = await runProcess({
		command: 'npm',
		args,
		cwd: repository,
		env: process.env,
		logFile,
	});
	if (code === 0) return;
	const log = await readFile(logFile, 'utf8').catch(() => '');
	throw new Error(`The package could not be built. The build printed:\n${log}`);
}
