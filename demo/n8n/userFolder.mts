import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runProcess } from './processes.mts';

const PACKAGE = 'n8n-nodes-smart-glocal';

/**
 * Packs the built package as npm would publish it and puts it where n8n keeps the community nodes
 * that a user has installed. `userFolder` is the N8N_USER_FOLDER of the n8n that is to have it.
 */
export async function installPackedPackage(repository: string, userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', PACKAGE);
	await mkdir(target, { recursive: true });
	const logFile = join(userFolder, 'pack.log');
	const run = async (command: string, args: string[], cwd: string) => {
		const code = await runProcess({ command, args, cwd, env: process.env, logFile });
		if (code === 0) return;
		const log = await readFile(logFile, 'utf8').catch(() => '');
		throw new Error(`The package could not be packed: ${command} failed.\n${log}`);
	};

	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', userFolder], repository);
	const tarball = (await readdir(userFolder)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('The package could not be packed: npm pack made no file.');
	await run('tar', ['-xzf', join(userFolder, tarball), '--strip-components=1'], target);

	const { version } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as {
		version: string;
	};
	const installed = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [PACKAGE]: version },
	};
	await writeFile(join(nodes, 'package.json'), JSON.stringify(installed, null, '\t'));
}
