import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';

import { isProcessAlive, withLock } from './lock.mts';
import { runProcess } from './processes.mts';
import { showProgress } from './progress.mts';
import type { Progress } from './progress.mts';
import {
	installationFolder,
	installationIn,
	N8N_VERSION,
	NODE_VERSION,
	nodePackageName,
} from './versions.mts';
import type { N8nInstallation } from './versions.mts';

/**
 * Returns the n8n that the demo and the tests run, and installs it first where it is missing: into
 * the user's cache folder, about 3 GB, which takes 4 to 7 minutes. Throws a sentence for people,
 * with the path of the log, when the installation does not work.
 */
export async function ensureN8n(progress: Progress = showProgress()): Promise<N8nInstallation> {
	const folder = installationFolder();
	if (existsSync(folder)) return installationIn(folder);
	await mkdir(dirname(folder), { recursive: true });
	const waitedFor = () =>
		progress.phase(`Waiting for another run that is installing n8n ${N8N_VERSION}`);
	try {
		await withLock(`${folder}.lock`, () => installOnce(folder, progress), waitedFor);
	} finally {
		progress.end();
	}
	return installationIn(folder);
}

async function installOnce(folder: string, progress: Progress): Promise<void> {
	if (existsSync(folder)) return;
	await removeAbandoned(folder);
	progress.tell(
		`n8n ${N8N_VERSION} is being installed into ${dirname(folder)}, once: it takes 4 to 7 ` +
			'minutes and 3 GB. Later runs find it there.',
	);
	const partial = `${folder}.partial-${process.pid}`;
	const log = `${folder}.log`;
	await writeFile(log, '');
	await mkdir(partial);
	try {
		await install(partial, log, progress);
		await rename(partial, folder);
	} catch (error) {
		progress.phase('Removing what is unfinished');
		await rm(partial, { recursive: true, force: true });
		// Two runs that took over the same dead lock may both get here: the first rename wins.
		if (!existsSync(folder)) throw error;
	}
}

async function install(folder: string, log: string, progress: Progress): Promise<void> {
	const { nodeBin, nodePackage, n8nCommand } = installationIn(folder);
	const path = [nodeBin, process.env.PATH ?? ''].join(delimiter);
	const env = { ...cleanEnvironment(), PATH: path };
	const step = async (text: string, failed: string, command: string, args: string[], more = {}) => {
		progress.phase(text);
		const request = { command, args, cwd: folder, env: { ...env, ...more }, logFile: log };
		if ((await runProcess(request)) !== 0) throw new Error(`${failed} The details are in ${log}.`);
	};
	const npm = (...args: string[]) => ['--prefix', folder, ...args, '--no-audit', '--no-fund'];

	await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
	await step(
		`Installing Node ${NODE_VERSION} for n8n, step 1 of 3`,
		`Node ${NODE_VERSION} could not be installed: is the npm registry reachable?`,
		'npm',
		npm('install', `${nodePackageName()}@${NODE_VERSION}`, '--ignore-scripts'),
	);
	// The scripts of n8n's packages stay out: one that is optional downloads a program and needs
	// headers that few computers have. The two native modules that n8n needs are built below.
	await step(
		`Installing n8n ${N8N_VERSION}, step 2 of 3: the longest one, 3 to 5 minutes`,
		`n8n ${N8N_VERSION} could not be installed: is the npm registry reachable?`,
		'npm',
		npm('install', `n8n@${N8N_VERSION}`, '--ignore-scripts'),
	);
	await step(
		'Building the native modules of n8n, step 3 of 3',
		'The native modules of n8n could not be built: python3, make and g++ are needed for that.',
		'npm',
		npm('rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'),
		// The first name is read by npm 10, the second one by npm 11 and newer.
		{ npm_config_nodedir: nodePackage, npm_package_config_node_gyp_nodedir: nodePackage },
	);
	await step(
		'Checking the installation',
		`The installed n8n ${N8N_VERSION} does not start.`,
		join(nodeBin, 'node'),
		['-e', CHECK, n8nCommand, N8N_VERSION],
	);
}

/** Loads the modules that were built, and compares what `n8n --version` says with the version. */
const CHECK = `
const [command, wanted] = process.argv.slice(1);
const load = require('node:module').createRequire(command);
load('sqlite3');
load('isolated-vm');
const { execFileSync } = require('node:child_process');
const version = execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' }).trim();
console.log('n8n --version says', version);
process.exit(version === wanted ? 0 : 1);
`;

// What an npm above us leaves in the environment, and settings that would change where or what is
// installed. A registry, a proxy or a certificate that somebody has set still counts.
const NOT_FOR_NPM =
	/^(NODE_OPTIONS|npm_(?!config_).*|npm_config_(local_prefix|prefix|global|location|omit|include|production|dry_run|workspaces?|ignore_scripts))$/i;

function cleanEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !NOT_FOR_NPM.test(name)),
	);
}

/** Removes the unfinished folders of runs that were stopped. */
async function removeAbandoned(folder: string): Promise<void> {
	const start = `${basename(folder)}.partial-`;
	for (const name of await readdir(dirname(folder))) {
		if (!name.startsWith(start) || isProcessAlive(Number(name.slice(start.length)))) continue;
		await rm(join(dirname(folder), name), { recursive: true, force: true });
	}
}
