import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { findQueuePrograms } from './debianPrograms.mts';
import type { QueuePrograms } from './debianPrograms.mts';
import { freePort } from './freePort.mts';
import { runProcess } from './processes.mts';
import type { ProcessGroup } from './processes.mts';
import { startServer } from './startServer.mts';

/** Redis and PostgreSQL, which an n8n in queue mode needs. */
export interface QueueServices {
	/** Where n8n finds them, as environment variables. */
	settings: Record<string, string>;
	/**
	 * Runs a query in n8n's database, or in another one of the same server. Returns the texts of the columns
	 * of each row.
	 */
	query: (sql: string, database?: string) => Promise<string[][]>;
	/** Ends both and removes their folder. */
	stop: () => Promise<void>;
}

const HOST = '127.0.0.1';
const DATABASE = 'postgres';
const DATABASE_USER = 'n8n';
/** Debian's package makes this user of the system: PostgreSQL refuses to run as root. */
const SYSTEM_USER = 'postgres';

/** The data end with the test, so PostgreSQL need not wait until they are on the disk. */
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const run = promisify(execFile);

/**
 * Starts a Redis and a PostgreSQL on free ports of 127.0.0.1, with their data in a temporary folder.
 * Never uses those of the system. Throws a sentence if they are not installed.
 */
export async function startQueueServices(): Promise<QueueServices> {
	const programs = findQueuePrograms();
	const folder = await mkdtemp(join(tmpdir(), 'smart-glocal-services-'));
	const started: ProcessGroup[] = [];
	const stop = async () => {
		await Promise.all(started.map(async (service) => await service.stop()));
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const redisPort = await freePort();
		started.push(await startRedis(programs, folder, redisPort));
		const port = await freePort();
		started.push(await startPostgres(programs, folder, port));
		return {
			settings: {
				QUEUE_BULL_REDIS_HOST: HOST,
				QUEUE_BULL_REDIS_PORT: String(redisPort),
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: HOST,
				DB_POSTGRESDB_PORT: String(port),
				DB_POSTGRESDB_DATABASE: DATABASE,
				DB_POSTGRESDB_USER: DATABASE_USER,
			},
			query: async (sql, database = DATABASE) => await query(programs, port, database, sql),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startRedis({ redisServer }: QueuePrograms, folder: string, port: number) {
	return await startServer({
		name: 'Redis',
		readyLine: 'Ready to accept connections',
		command: redisServer,
		args: ['--bind', HOST, '--port', String(port), '--save', '', '--dir', folder],
		cwd: folder,
		env: process.env,
		logFile: join(folder, 'redis.log'),
	});
}

async function startPostgres(programs: QueuePrograms, folder: string, port: number) {
	const asUser = await unprivileged(folder);
	const data = join(folder, 'data');
	const logFile = join(folder, 'postgres.log');
	const common = { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, logFile };
	const init = ['-D', data, '-U', DATABASE_USER, '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	const code = await runProcess({ ...common, ...asUser(programs.initdb, init) });
	if (code !== 0) {
		throw new Error(`PostgreSQL's initdb failed:\n${await readFile(logFile, 'utf8')}`);
	}
	const settings = [
		`listen_addresses=${HOST}`,
		`port=${port}`,
		'unix_socket_directories=',
		...QUICK,
	].flatMap((setting) => ['-c', setting]);
	return await startServer({
		...common,
		name: 'PostgreSQL',
		readyLine: 'database system is ready to accept connections',
		...asUser(programs.postgres, ['-D', data, ...settings]),
	});
}

/** Runs programs as a user who may write into the folder and is not root. */
async function unprivileged(folder: string) {
	if (process.getuid?.() !== 0) return (command: string, args: string[]) => ({ command, args });
	const id = async (flag: string) => Number((await run('id', [flag, SYSTEM_USER])).stdout);
	await chown(folder, await id('-u'), await id('-g'));
	const user = ['--reuid', SYSTEM_USER, '--regid', SYSTEM_USER, '--init-groups'];
	return (command: string, args: string[]) => ({
		command: 'setpriv',
		args: [...user, command, ...args],
	});
}

async function query(
	{ psql }: QueuePrograms,
	port: number,
	database: string,
	sql: string,
): Promise<string[][]> {
	const server = ['-h', HOST, '-p', String(port), '-U', DATABASE_USER, '-d', database];
	// Columns end with a character that no text has.
	const options = ['-X', '-A', '-t', '-F', '\u001f', '-v', 'ON_ERROR_STOP=1'];
	const { stdout } = await run(psql, [...server, ...options, '-c', sql], {
		maxBuffer: 256 * 1024 * 1024,
	});
	const lines = stdout.split('\n').filter(Boolean);
	return lines.map((line) => line.split('\u001f'));
}
