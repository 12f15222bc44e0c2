import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';

import { isProcessAlive, withLock } from './lock.mts';
import { runProcess } from './processes.mts';
import { showProgress } from './progress.mts';
import type { Progress } from './progress.mts';
import { findN8n, installationFolder, installationIn, nodePackageName } from './versions.mts';
import type { N8nInstallation, SupportedN8n } from './versions.mts';

/**
 * Returns the installed n8n. Where it is missing, installs it into the user's cache folder first,
 * which takes 4 to 7 minutes and 2 or 3 GB. Throws a sentence with the path of the log if that fails,
 * and one that lists the supported versions for another version; see `findN8n` when it is left out.
 */
export async function ensureN8n(
	progress: Progress = showProgress(),
	version?: string,
): Promise<N8nInstallation> {
	const n8n = findN8n(version);
	const folder = installationFolder(n8n);
	if (existsSync(folder)) return installationIn(folder);
	await mkdir(dirname(folder), { recursive: true });
	const waitedFor = () =>
		progress.phase(`Waiting for another process to install n8n ${n8n.version}`);
	try {
		await withLock(`${folder}.lock`, () => installOnce(n8n, folder, progress), waitedFor);
	} finally {
		progress.end();
	}
	return installationIn(folder);
}

async function installOnce(n8n: SupportedN8n, folder: string, progress: Progress): Promise<void> {
	if (existsSync(folder)) return;
	await removeAbandoned(folder);
	progress.tell(
		`n8n ${n8n.version} is installed into ${dirname(folder)}. This takes 4 to 7 minutes and ` +
			`${n8n.gigabytes} GB and happens only once.`,
	);
	const partial = `${folder}.partial-${process.pid}`;
	const log = `${folder}.log`;
	await writeFile(log, '');
	await mkdir(partial);
	try {
		await install(n8n, partial, log, progress);
		await rename(partial, folder);
	} catch (error) {
		progress.phase('Removing the unfinished installation');
		await rm(partial, { recursive: true, force: true });
		// If two processes took over the same dead lock, the first rename wins.
		if (!existsSync(folder)) throw error;
	}
}

async function install(
	{ version, node, nativeModules, overrides }: SupportedN8n,
	folder: string,
	log: string,
	progress: Progress,
): Promise<void> {
	const { nodeBin, nodePackage, n8nCommand } = installationIn(folder);
	const path = [nodeBin, process.env.PATH ?? ''].join(delimiter);
	const env = { ...cleanEnvironment(), PATH: path };
	const step = async (text: string, failed: string, command: string, args: string[], more = {}) => {
		progress.phase(text);
		const request = { command, args, cwd: folder, env: { ...env, ...more }, logFile: log };
		if ((await runProcess(request)) !== 0) throw new Error(`${failed} The details are in ${log}.`);
	};
	const npm = (...args: string[]) => ['--prefix', folder, ...args, ...SETTINGS];

	const list = JSON.stringify({ private: true, overrides });
	await writeFile(join(folder, 'package.json'), `${list}\n`);
	await step(
		`Installing Node ${node} for n8n, step 1 of 3`,
		`Node ${node} could not be installed: is the npm registry reachable?`,
		'npm',
		npm('install', `${nodePackageName()}@${node}`, '--ignore-scripts'),
	);
	// The install scripts of n8n's packages do not run: an optional one downloads a program and
	// needs headers that few computers have. The step below builds the native modules that n8n needs.
	await step(
		`Installing n8n ${version}, step 2 of 3: the longest one`,
		`n8n ${version} could not be installed: is the npm registry reachable?`,
		'npm',
		npm('install', `n8n@${version}`, '--ignore-scripts'),
	);
	await step(
		'Building the native modules of n8n, step 3 of 3',
		'The native modules of n8n could not be built: that needs python3, make and g++.',
		'npm',
		npm('rebuild', ...nativeModules, '--ignore-scripts=false'),
		// npm 10 reads the first name, npm 11 and newer the second.
		{ npm_config_nodedir: nodePackage, npm_package_config_node_gyp_nodedir: nodePackage },
	);
	await step(
		'Checking the installation',
		`The installed n8n ${version} does not start.`,
		join(nodeBin, 'node'),
		['-e', CHECK, n8nCommand, version, ...nativeModules],
	);
}

/** Overrides the user's own .npmrc: n8n needs the peers of its packages. */
const SETTINGS = [
	'--legacy-peer-deps=false',
	'--include=peer',
	'--include=optional',
	'--no-audit',
	'--no-fund',
];

/** Loads the built modules and one of n8n's nodes, and compares n8n's version with `wanted`. */
const CHECK = `
const [command, wanted, ...nativeModules] = process.argv.slice(1);
const load = require('node:module').createRequire(command);
nativeModules.forEach((name) => load(name));
load('n8n-nodes-base/dist/nodes/Files/ExtractFromFile/ExtractFromFile.node.js');
const { execFileSync } = require('node:child_process');
const version = execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' }).trim();
console.log('n8n --version says', version);
process.exit(version === wanted ? 0 : 1);
`;

// `npm run` passes this repository's .npmrc to its scripts. That must not decide what is installed
// for n8n; only the settings for reaching the network are kept.
const FOR_NPM =
	/^npm_config_(registry|cache|userconfig|globalconfig|(https?_)?proxy|noproxy|ca|cafile|strict_ssl|fetch_.*)$/i;

function cleanEnvironment(): NodeJS.ProcessEnv {
	const isClean = (name: string) => FOR_NPM.test(name) || !/^(npm_|NODE_OPTIONS$)/i.test(name);
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => isClean(name)));
}

/** Removes the unfinished folders that stopped installations left. */
async function removeAbandoned(folder: string): Promise<void> {
	const start = `${basename(folder)}.partial-`;
	for (const name of await readdir(dirname(folder))) {
		if (!name.startsWith(start) || isProcessAlive(Number(name.slice(start.length)))) continue;
		await rm(join(dirname(folder), name), { recursive: true, force: true });
	}
}
