import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './freePort.mts';
import { ensureN8n } from './install.mts';
import { installPackage } from './installPackage.mts';
import { environment } from './launch.mts';
import type { ProcessGroup } from './processes.mts';
import { startQueueServices } from './queueServices.mts';
import type { QueueServices } from './queueServices.mts';
import { startServer } from './startServer.mts';

/** How an n8n in queue mode is started. */
export interface QueueOptions {
	/** How many workers are started at first; two when left out. */
	workers?: number;
	/** How many executions a worker runs at a time; five when left out. */
	concurrency?: number;
	/** Further settings of the workers and the webhook processor, as environment variables. */
	settings?: Record<string, string>;
	/** Further settings of the main process. */
	mainSettings?: Record<string, string>;
}

/** A process of an n8n in queue mode. */
export interface QueueProcess {
	pid: number;
	/** Returns everything it has printed so far. */
	log: () => Promise<string>;
	/** Sends it a signal, and returns its exit code once it has ended. */
	end: (signal: NodeJS.Signals) => Promise<number>;
}

/** A running n8n in queue mode. */
export interface QueueMode {
	/** The editor and the REST API. */
	url: string;
	/** Where webhooks arrive: at the webhook processor. */
	webhookUrl: string;
	main: QueueProcess;
	processor: QueueProcess;
	/** All that were started, also those that have ended. */
	workers: readonly QueueProcess[];
	/** `concurrency` as in the options, if it is not given. */
	startWorker: (concurrency?: number) => Promise<QueueProcess>;
	/** Runs a query in n8n's database. */
	query: QueueServices['query'];
	/** Ends everything and removes its folders. */
	stop: () => Promise<void>;
}

/** n8n prepares its expression engine only for executions that have an expression. */
export const LAZY_ENGINE = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

const MAIN_READY = 'Editor is now accessible';
const WORKER_READY = 'n8n worker is now ready';
const PROCESSOR_READY = 'Webhook listener waiting for requests';

/**
 * Starts n8n in queue mode: Redis, PostgreSQL, a main process, workers and a webhook processor, each
 * with the built package. Installs n8n first where it is missing.
 */
export async function startQueueMode(options: QueueOptions = {}): Promise<QueueMode> {
	const { workers: count = 2, concurrency = 5, mainSettings = {} } = options;
	const folder = await mkdtemp(join(tmpdir(), 'smart-glocal-queue-'));
	const processes: ProcessGroup[] = [];
	let services: QueueServices | undefined;
	const stop = async () => {
		await Promise.all(processes.map(async (group) => await group.stop()));
		await services?.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const { nodeBin, n8nCommand } = await ensureN8n();
		services = await startQueueServices();
		const packed = join(folder, 'package');
		await mkdir(packed);
		await installPackage(packed);
		const [mainPort, processorPort] = [await freePort(), await freePort()];
		const webhookUrl = `http://127.0.0.1:${processorPort}`;
		const shared = {
			...services.settings,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
			WEBHOOK_URL: `${webhookUrl}/`,
		};

		const start = async (
			command: readonly string[],
			readyLine: string,
			port: number,
			settings: Record<string, string>,
		): Promise<QueueProcess> => {
			const userFolder = await mkdtemp(join(folder, `${command[0]}-`));
			await cp(packed, userFolder, { recursive: true });
			const logFile = join(userFolder, 'n8n.log');
			const own = await environment(nodeBin, userFolder, port, {});
			const group = await startServer({
				name: `n8n ${command[0]}`,
				readyLine,
				command: join(nodeBin, 'node'),
				args: [n8nCommand, ...command],
				cwd: userFolder,
				env: { ...own, ...shared, ...settings },
				logFile,
				onStart: (started) => processes.push(started),
			});
			return await toProcess(group, logFile);
		};

		const main = await start(['start'], MAIN_READY, mainPort, {
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			...mainSettings,
		});
		const workers: QueueProcess[] = [];
		const startWorker = async (executions = concurrency) => {
			const command = ['worker', `--concurrency=${executions}`];
			const settings = { ...LAZY_ENGINE, ...options.settings };
			const worker = await start(command, WORKER_READY, await freePort(), settings);
			workers.push(worker);
			return worker;
		};
		const [processor] = await Promise.all([
			start(['webhook'], PROCESSOR_READY, processorPort, { ...LAZY_ENGINE, ...options.settings }),
			...Array.from({ length: count }, async () => await startWorker()),
		]);
		const { query } = services;
		const url = `http://127.0.0.1:${mainPort}`;
		return { url, webhookUrl, main, processor, workers, startWorker, query, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function toProcess(group: ProcessGroup, logFile: string): Promise<QueueProcess> {
	const pid = await group.pid;
	return {
		pid,
		log: async () => await readFile(logFile, 'utf8').catch(() => ''),
		end: async (signal) => {
			process.kill(pid, signal);
			return await group.ended;
		},
	};
}
