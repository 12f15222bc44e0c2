import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's packages with the programs that queue mode needs beside n8n. */
const REDIS_PACKAGE = 'redis-server';
const POSTGRES_PACKAGE = 'postgresql';

/** Where Debian's packages of PostgreSQL are, one folder for each version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The programs of Redis and PostgreSQL, by their paths. */
export interface QueuePrograms {
	redisServer: string;
	initdb: string;
	postgres: string;
	psql: string;
}

/** Finds Redis and PostgreSQL on this computer. Throws a sentence that says how to install them. */
export function findQueuePrograms(): QueuePrograms {
	const path = (process.env.PATH ?? '').split(delimiter);
	const postgresFolders = [...path, ...newestFirst(POSTGRES_VERSIONS)];
	const redisServer = findProgram('redis-server', path);
	const initdb = findProgram('initdb', postgresFolders);
	const postgres = findProgram('postgres', postgresFolders);
	const psql = findProgram('psql', postgresFolders);
	if (redisServer && initdb && postgres && psql) return { redisServer, initdb, postgres, psql };
	throw new Error(
		'Queue mode needs Redis and PostgreSQL. On Debian, install them with ' +
			`"apt-get install --no-install-recommends ${REDIS_PACKAGE} ${POSTGRES_PACKAGE}".`,
	);
}

function newestFirst(folder: string): string[] {
	if (!existsSync(folder)) return [];
	const versions = readdirSync(folder).sort((one, other) => Number(other) - Number(one));
	return versions.map((version) => join(folder, version, 'bin'));
}

function findProgram(name: string, folders: readonly string[]): string | undefined {
	return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
