import { watch } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildPackage } from './buildPackage.mts';
import { freePort } from './freePort.mts';
import { ensureN8n } from './install.mts';
import { installedPackage } from './installPackage.mts';
import { startProcess } from './processes.mts';
import { showProgress } from './progress.mts';
import { REPOSITORY } from './repository.mts';
import { OWNER } from './restClient.mts';
import { listenForStop } from './shutdown.mts';
import { N8N_PORT, SANDBOX_PORT, startN8nWithSandbox } from './withSandbox.mts';

// npm run dev: the package in a real n8n that reloads it whenever a source file changes.

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** What `gulp assets` copies into the package beside the compiled sources. */
const ASSET = /\.(svg|json)$/;

/** Compiles into the installed package whenever a source changes; n8n then reloads it. */
function compileOnChange(target: string, logFile: string): void {
	const tsc = join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');
	const args = [tsc, '--watch', '--preserveWatchOutput', '--outDir', target];
	const { execPath: command, env } = process;
	startProcess({
		command,
		args,
		cwd: REPOSITORY,
		env,
		logFile,
		onLine: (line) => line && say(line),
	});
}

/** Copies changed assets into the installed package. Returns how to stop that. */
function copyAssetsOnChange(target: string): () => void {
	const watchers = ['icons', 'nodes'].map((folder) =>
		watch(join(REPOSITORY, folder), { recursive: true }, (_event, name) => {
			if (name === null || !ASSET.test(name)) return;
			const path = join(folder, name);
			copyFile(join(REPOSITORY, path), join(target, path)).catch((error: Error) =>
				say(error.message),
			);
		}),
	);
	return () => watchers.forEach((watcher) => watcher.close());
}

const shutdown = listenForStop(say);
const progress = showProgress();
try {
	await ensureN8n(progress);
	progress.phase('Building the package and starting n8n and the sandbox');
	await buildPackage();
	const { n8n, sandbox, stop } = await startN8nWithSandbox(
		{
			port: N8N_PORT,
			settings: { N8N_DEV_RELOAD: 'true' },
			onLine: (line) => line.includes('Hot reload') && say(line),
		},
		{ port: await freePort(SANDBOX_PORT) },
	);
	shutdown.remember(stop);
	progress.end();
	say(`n8n's editor: ${n8n.url}/workflow/new`);
	say(`Sign in with the e-mail address ${OWNER.email} and the password ${OWNER.password}`);
	say(`The sandbox, for which n8n has a credential: ${sandbox.url}`);
	say('Press Ctrl-C to stop.\n');
	const target = join(installedPackage(n8n.userFolder), 'dist');
	const stopCopying = copyAssetsOnChange(target);
	shutdown.remember(async () => await Promise.resolve(stopCopying()));
	compileOnChange(target, join(n8n.userFolder, 'tsc.log'));
	await shutdown.whenAsked;
} catch (error) {
	progress.end();
	if (!shutdown.asked()) say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
} finally {
	await shutdown.finish();
}
