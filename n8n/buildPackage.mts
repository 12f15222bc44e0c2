import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runProcess } from './processes.mts';
import { REPOSITORY } from './repository.mts';

/** Builds the package into `dist/`. Throws what the build printed when it fails. */
export async function buildPackage(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'smart-glocal-build-'));
	const logFile = join(folder, 'build.log');
	const build = { command: 'npm', args: ['run', 'build'], cwd: REPOSITORY, env: process.env };
	try {
		if ((await runProcess({ ...build, logFile })) === 0) return;
		const log = await readFile(logFile, 'utf8').catch(() => '');
		throw new Error(`The package could not be built. The build printed:\n${log}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
