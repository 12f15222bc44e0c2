import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { freePort } from './freePort.mts';
import { ensureN8n } from './install.mts';
import { installPackage } from './installPackage.mts';
import { showProgress } from './progress.mts';
import { EXAMPLES } from './repository.mts';
import { startServer } from './startServer.mts';
import { findN8n } from './versions.mts';

/** How an n8n is started. */
export interface LaunchOptions {
	/** A supported version of n8n; see `findN8n` when left out. */
	version?: string;
	/** The port to prefer; a free one is taken when it is in use. */
	port?: number;
	/** The only folder whose files workflows may read; the examples when left out. */
	readableFolder?: string;
	/** An existing folder for n8n's data, which is kept; a temporary one when left out. */
	userFolder?: string;
	/** Further settings of n8n, as environment variables. */
	settings?: Record<string, string>;
	/** Called with every line that n8n prints. */
	onLine?: (line: string) => void;
}

/** A running n8n. */
export interface RunningN8n {
	version: string;
	url: string;
	userFolder: string;
	/** Of n8n's own process. */
	pid: number;
	/** Returns everything n8n has printed so far. */
	log: () => Promise<string>;
	/** Ends n8n and everything it started, and removes its temporary folder. */
	stop: () => Promise<void>;
}

/** Part of the line that n8n prints when it has started. */
export const STARTED = 'Editor is now accessible';

/**
 * Starts a real n8n that has the built package, and waits until it is ready. Installs n8n first
 * where it is missing.
 */
export async function launchN8n(options: LaunchOptions = {}): Promise<RunningN8n> {
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'smart-glocal-n8n-')));
	const cleanUp = async () => {
		if (options.userFolder !== undefined) return;
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		await installPackage(userFolder);
		const n8n = await startIn(userFolder, options);
		const stop = async () => {
			await n8n.stop();
			await cleanUp();
		};
		return { ...n8n, stop };
	} catch (error) {
		await cleanUp();
		throw error;
	}
}

async function startIn(userFolder: string, options: LaunchOptions): Promise<RunningN8n> {
	const { version } = findN8n(options.version);
	const { nodeBin, n8nCommand } = await ensureN8n(showProgress(), version);
	const logFile = join(userFolder, 'n8n.log');
	const port = await freePort(options.port);
	const { onLine, settings } = options;
	const n8n = await startServer({
		name: `n8n ${version}`,
		readyLine: STARTED,
		command: join(nodeBin, 'node'),
		args: [n8nCommand, 'start'],
		cwd: userFolder,
		env: { ...(await environment(nodeBin, userFolder, port, options)), ...settings },
		logFile,
		...(onLine && { onLine }),
	});
	const log = async () => await readFile(logFile, 'utf8').catch(() => '');
	const url = `http://127.0.0.1:${port}`;
	return { version, url, userFolder, pid: await n8n.pid, log, stop: () => n8n.stop() };
}

/** n8n's settings. The person's own (N8N_…, DB_…) must not reach it. */
export async function environment(
	nodeBin: string,
	userFolder: string,
	port: number,
	{ readableFolder = EXAMPLES }: LaunchOptions,
): Promise<NodeJS.ProcessEnv> {
	const { PATH = '', HOME, LANG, TMPDIR } = process.env;
	return {
		PATH: [nodeBin, PATH].join(delimiter),
		HOME,
		LANG,
		TMPDIR,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		// Else forms go on at `localhost`, where nobody is signed in.
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_RESTRICT_FILE_ACCESS_TO: readableFolder,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
	};
}
