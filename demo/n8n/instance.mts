import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { freePort } from './ports.mts';
import { startProcess } from './processes.mts';
import { installPackedPackage } from './userFolder.mts';
import type { N8nInstallation } from './versions.mts';

/** What an n8n is started with. */
export interface InstanceRequest {
	installation: N8nInstallation;
	/** The repository whose built package n8n is to have. */
	repository: string;
	/** The only folder whose files workflows may read. */
	readableFolder: string;
	/** The port to prefer; any free one is taken when it is in use. */
	port?: number;
	/** Further settings of n8n, as environment variables. */
	settings?: Record<string, string>;
}

/** A running n8n with a folder of its own, which is removed when it stops. */
export interface Instance {
	url: string;
	userFolder: string;
	/** Everything n8n has printed so far. */
	log: () => Promise<string>;
	/** Ends n8n and everything it started, and removes its folder. */
	stop: () => Promise<void>;
}

const STARTED = 'Editor is now accessible';
const START_LIMIT_MS = 120_000;

/** Starts a real n8n in a temporary folder, with the packed package, and waits until it is ready. */
export async function startInstance(request: InstanceRequest): Promise<Instance> {
	const userFolder = await mkdtemp(join(tmpdir(), 'smart-glocal-n8n-'));
	const remove = async () => await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	try {
		await installPackedPackage(request.repository, userFolder);
		return await start(request, userFolder, remove);
	} catch (error) {
		await remove();
		throw error;
	}
}

async function start(
	request: InstanceRequest,
	userFolder: string,
	remove: () => Promise<void>,
): Promise<Instance> {
	const { installation } = request;
	const logFile = join(userFolder, 'n8n.log');
	const port = await freePort(request.port);
	const env = { ...(await environment(request, userFolder, port)), ...request.settings };
	let ready: () => void = () => undefined;
	const accessible = new Promise<true>((resolve) => (ready = () => resolve(true)));
	const group = startProcess({
		command: join(installation.nodeBin, 'node'),
		args: [installation.n8nCommand, 'start'],
		cwd: userFolder,
		env,
		logFile,
		onLine: (line) => line.includes(STARTED) && ready(),
	});
	const log = async () => await readFile(logFile, 'utf8').catch(() => '');
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), START_LIMIT_MS);
	});
	const started = await Promise.race([accessible, tooLate, group.ended.then(() => false)]);
	clearTimeout(timer);
	if (!started) {
		await group.stop();
		throw new Error(`n8n did not start. It printed:\n${(await log()).slice(-4_000)}`);
	}
	return {
		url: `http://127.0.0.1:${port}`,
		userFolder,
		log,
		stop: async () => {
			await group.stop();
			await remove();
		},
	};
}

/** n8n's settings. Those of the person who runs this (their N8N_…, DB_…) are not taken over. */
async function environment(
	request: InstanceRequest,
	userFolder: string,
	port: number,
): Promise<NodeJS.ProcessEnv> {
	const { PATH = '', HOME, LANG, TMPDIR } = process.env;
	return {
		PATH: [request.installation.nodeBin, PATH].join(delimiter),
		HOME,
		LANG,
		TMPDIR,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_RESTRICT_FILE_ACCESS_TO: request.readableFolder,
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
