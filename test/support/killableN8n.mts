import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LaunchOptions } from '../../n8n/launch.mts';

/** A folder for an n8n that a test kills and starts again with what it had stored. */
export interface KillableN8n {
	/** What to start it with, each time. */
	options: LaunchOptions;
	/** Kills the process of n8n itself, as a crash would. */
	kill: () => Promise<void>;
	remove: () => Promise<void>;
}

/** n8n runs this when it starts: it says which process to kill. */
const WRITE_PID = `
const { writeFileSync } = require('node:fs');
writeFileSync(require('node:path').join(__dirname, 'pid'), String(process.pid));
module.exports = {};
`;

/** Makes the folder; n8n is not started yet. */
export async function prepareKillableN8n(): Promise<KillableN8n> {
	const userFolder = await mkdtemp(join(tmpdir(), 'smart-glocal-killed-'));
	const readableFolder = join(userFolder, 'files');
	const hook = join(userFolder, 'hook.cjs');
	await mkdir(readableFolder);
	await writeFile(hook, WRITE_PID);
	return {
		options: { userFolder, readableFolder, settings: { EXTERNAL_HOOK_FILES: hook } },
		kill: async () => {
			process.kill(Number(await readFile(join(userFolder, 'pid'), 'utf8')), 'SIGKILL');
		},
		remove: async () => await rm(userFolder, { recursive: true, force: true, maxRetries: 5 }),
	};
}
