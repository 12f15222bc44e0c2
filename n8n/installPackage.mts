import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PACKAGE_NAME } from './packageNames.mts';
import { runProcess } from './processes.mts';
import { REPOSITORY } from './repository.mts';

/** Where n8n keeps the community nodes that a user has installed. */
const nodesFolder = (userFolder: string) => join(userFolder, '.n8n', 'nodes');

/** Where the n8n with this user folder has our package. */
export function installedPackage(userFolder: string): string {
	return join(nodesFolder(userFolder), 'node_modules', PACKAGE_NAME);
}

/**
 * Packs the built package as npm would publish it and installs it as a community node.
 *
 * @param userFolder the N8N_USER_FOLDER of the n8n
 */
export async function installPackage(userFolder: string): Promise<void> {
	const target = installedPackage(userFolder);
	const logFile = join(userFolder, 'pack.log');
	const run = async (command: string, args: string[], cwd: string) => {
		const code = await runProcess({ command, args, cwd, env: process.env, logFile });
		if (code === 0) return;
		const log = await readFile(logFile, 'utf8').catch(() => '');
		throw new Error(`The package could not be packed: ${command} failed.\n${log}`);
	};
	const { version } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as {
		version: string;
	};
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', userFolder], REPOSITORY);
	const tarball = join(userFolder, `${PACKAGE_NAME}-${version}.tgz`);
	await run('tar', ['-xzf', tarball, '--strip-components=1'], target);

	const installed = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [PACKAGE_NAME]: version },
	};
	const list = join(nodesFolder(userFolder), 'package.json');
	await writeFile(list, JSON.stringify(installed, null, '\t'));
}
