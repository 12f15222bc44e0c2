import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian puts PostgreSQL, a folder for each version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The programs that queue mode needs beside n8n, by their paths. */
export interface QueuePrograms {
	redisServer: string;
	initdb: string;
	postgres: string;
	psql: string;
}

/**
 * Finds Redis and PostgreSQL on this computer. Throws a sentence that says how to install them.
 *
 * @param searchPath folders as in PATH
 */
export function findQueuePrograms(searchPath = process.env.PATH ?? ''): QueuePrograms {
	const folders = searchPath.split(delimiter);
	const redis = findFolder(folders, ['redis-server']);
	// Different versions of PostgreSQL do not read each other's files.
	const postgres = findFolder(
		[...newestFirst(POSTGRES_VERSIONS), ...folders],
		['initdb', 'postgres', 'psql'],
	);
	if (redis === undefined || postgres === undefined) {
		throw new Error(
			'n8n in queue mode needs Redis and PostgreSQL. On Debian, install both as root: ' +
				'apt-get install --no-install-recommends redis-server postgresql',
		);
	}
	return {
		redisServer: join(redis, 'redis-server'),
		initdb: join(postgres, 'initdb'),
		postgres: join(postgres, 'postgres'),
		psql: join(postgres, 'psql'),
	};
}

function newestFirst(folder: string): string[] {
	if (!existsSync(folder)) return [];
	const versions = readdirSync(folder).sort((one, other) => Number(other) - Number(one));
	return versions.map((version) => join(folder, version, 'bin'));
}

function findFolder(folders: readonly string[], programs: readonly string[]): string | undefined {
	return folders.find((folder) => programs.every((name) => existsSync(join(folder, name))));
}
