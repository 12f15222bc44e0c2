import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { launchN8n, STARTED } from '../../n8n/launch.mts';
import type { RunningN8n } from '../../n8n/launch.mts';
import { poll } from '../../n8n/poll.mts';
import { setUpOwner } from '../../n8n/restClient.mts';
import type { N8nClient } from '../../n8n/restClient.mts';
import { findN8n } from '../../n8n/versions.mts';

/** What a test's process has to know of an n8n that another process has started. */
type SharedN8n = Pick<RunningN8n, 'version' | 'url' | 'userFolder' | 'pid'>;

/** Names, in the environment, an n8n for each of Jest's workers. */
const VARIABLE = 'SMART_GLOCAL_SHARED_N8N';

const started: RunningN8n[] = [];

/** Starts an n8n for each of Jest's workers. */
export async function startSharedN8n(workers: number): Promise<void> {
	const start = async () => {
		const n8n = await launchN8n();
		started.push(n8n);
		await setUpOwner(n8n.url);
	};
	await Promise.all(Array.from({ length: workers }, start));
	process.env[VARIABLE] = JSON.stringify(started);
}

/** Stops them. */
export async function stopSharedN8n(): Promise<void> {
	await Promise.all(started.map(async (n8n) => await n8n.stop()));
}

/**
 * The n8n that this worker's test files use one after the other. Its log has what it printed when it
 * started and since this call. Throws where none was started.
 */
export async function sharedN8n(): Promise<Omit<RunningN8n, 'stop'>> {
	const shared = JSON.parse(process.env[VARIABLE] ?? '[]') as SharedN8n[];
	const n8n = shared[Number(process.env.JEST_WORKER_ID) - 1];
	if (!n8n) throw new Error(`There is no n8n in ${VARIABLE}: was Jest's globalSetup left out?`);
	const readLog = async () => await readFile(join(n8n.userFolder, 'n8n.log'), 'utf8');
	const before = await readLog();
	const atStart = before.slice(0, before.indexOf(STARTED));
	return { ...n8n, log: async () => atStart + (await readLog()).slice(before.length) };
}

/** Removes what tests have stored: workflows with their executions, credentials and tables. */
export async function clearN8n({ rest, removeTables }: N8nClient, version: string): Promise<void> {
	const list = async (path: string) => await rest<Array<{ id: string }>>('GET', path);
	const workflows = await list('/workflows');
	for (const { id } of workflows) {
		// n8n deletes only what is archived; the oldest versions know no archive.
		await rest('POST', `/workflows/${id}/archive`, {}).catch(() => undefined);
	}
	for (const { id } of workflows) {
		// n8n unpublishes in the background, and deletes nothing before it has.
		const remove = async () =>
			await rest('DELETE', `/workflows/${id}`).catch((error: Error) => {
				if (!error.message.includes('still being unpublished')) throw error;
			});
		await poll(remove, { everyMs: 200, withinMs: 60_000, tooLate: `${id} stays published.` });
	}
	for (const { id } of await list('/credentials')) await rest('DELETE', `/credentials/${id}`);
	if (findN8n(version).hasLedger) await removeTables();
}
