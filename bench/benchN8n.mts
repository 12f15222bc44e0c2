import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { credentialFields, storeCredential } from '../n8n/credential.mts';
import type { StoredCredential } from '../n8n/credential.mts';
import { launchN8n } from '../n8n/launch.mts';
import { poll } from '../n8n/poll.mts';
import { setUpOwner } from '../n8n/restClient.mts';
import type { WorkflowFile } from '../n8n/workflow.mts';
import { BENCH_NODE_FILES } from './benchNodes.mts';
import type { HookMode, RunEvent } from './n8nHooks.mts';
import { makeRows, toCsv } from './rows.mts';
import { benchWorkflow } from './workflows.mts';
import type { MeasuredNode } from './workflows.mts';

/** One execution, from its first event to its last. */
export interface TimedRun {
	begin: Extract<RunEvent, { event: 'begin' }>;
	end: Extract<RunEvent, { event: 'end' }>;
}

/** A real n8n with a workflow for each case. */
export interface BenchN8n {
	url: string;
	pid: number;
	/** The credential for the first server. */
	credential: StoredCredential;
	/** `name` becomes the workflow's. */
	addCase: (name: string, measured: MeasuredNode, serverUrl: string) => Promise<void>;
	addWorkflow: (workflow: WorkflowFile) => Promise<void>;
	/** Waits until the workflows added so far are live. */
	settle: () => Promise<void>;
	/** `inFlight` is for nodes without a number of their own. */
	run: (name: string, rows: number, inFlight?: number) => Promise<TimedRun>;
	/** Runs a case and returns V8's CPU profile of n8n meanwhile, as JSON. */
	profile: (name: string, rows: number) => Promise<string>;
	/** Runs a case and returns the peak of the bytes in use, above those in use before. */
	liveMemory: (name: string, rows: number) => Promise<number>;
	/** Runs `work` while executions are only counted, for `successes`. */
	counting: <T>(work: () => Promise<T>) => Promise<T>;
	/** Waits until so many counted executions have ended. Returns how many succeeded. */
	successes: (executions: number) => Promise<number>;
	stop: () => Promise<void>;
}

/** The webhook of an activated workflow is live after about 2.5 s. */
const WEBHOOKS_READY_MS = 4_000;
/** How long n8n holds an execution that has ended. */
const RELEASE_MS = 10_000;
const RUN_LIMIT_MS = 30 * 60_000;

/** Starts n8n with the built package, the bench-only node, and a credential for each server. */
export async function startBenchN8n(
	serverUrls: readonly [string, ...string[]],
	privateKey: string,
	webhookPublicKey: string,
): Promise<BenchN8n> {
	const folder = await mkdtemp(join(tmpdir(), 'smart-glocal-bench-'));
	// n8n reads no files from a folder that holds nodes.
	const nodes = join(folder, 'nodes');
	const rowFiles = join(folder, 'rows');
	await Promise.all([mkdir(nodes), mkdir(rowFiles)]);
	for (const [name, text] of Object.entries(BENCH_NODE_FILES)) {
		await writeFile(join(nodes, name), text);
	}
	const { url, stop } = await launchN8n({
		readableFolder: rowFiles,
		settings: {
			BENCH_FOLDER: folder,
			EXTERNAL_HOOK_FILES: fileURLToPath(new URL('n8nHooks.mts', import.meta.url)),
			N8N_CUSTOM_EXTENSIONS: nodes,
			NODE_NO_WARNINGS: '1',
		},
	});
	const client = await setUpOwner(url);
	const credentials = new Map<string, StoredCredential>();
	for (const url of serverUrls) {
		const fields = { ...credentialFields(url, privateKey), webhookPublicKey };
		credentials.set(url, await storeCredential(client, fields, `Smart Glocal at ${url}`));
	}
	const credentialFor = (serverUrl: string) => {
		const credential = credentials.get(serverUrl);
		if (!credential) throw new Error(`There is no credential for ${serverUrl}.`);
		return credential;
	};

	const events = async (): Promise<RunEvent[]> => {
		const text = await readFile(join(folder, 'events.jsonl'), 'utf8');
		return text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as RunEvent);
	};
	const [loaded] = await events();

	/** After a freeze, n8n takes its database to be down until its next check. */
	const untilReady = async () => {
		const isReady = async () => ((await fetch(`${url}/healthz/readiness`)).ok ? true : undefined);
		await poll(isReady, {
			everyMs: 1_000,
			withinMs: 60_000,
			tooLate: 'n8n did not recover from a freeze.',
		});
	};

	const run = async (caseName: string, rows: number, inFlight = 1): Promise<TimedRun> => {
		const file = join(rowFiles, `${rows}.csv`);
		await writeFile(file, toCsv(makeRows(rows)));
		const before = (await events()).length;
		const query = `file=${encodeURIComponent(file)}&inFlight=${inFlight}`;
		const address = `${url}/webhook/${caseName}?${query}`;
		await untilReady();
		const response = await fetch(address, { method: 'POST' });
		if (!response.ok) throw new Error(`n8n responded with ${response.status} to ${address}.`);
		const readRun = async () => {
			const [begin, end] = (await events()).slice(before);
			return begin?.event === 'begin' && end?.event === 'end' ? { begin, end } : undefined;
		};
		const tooLate = `${caseName} with ${rows} rows took too long.`;
		return await poll(readRun, { everyMs: 100, withinMs: RUN_LIMIT_MS, tooLate });
	};

	/** Runs `work` while n8nHooks.mts is in a mode. */
	const inMode = async <T,>(mode: HookMode, work: () => Promise<T>) => {
		await writeFile(join(folder, mode), '');
		return await work().finally(() => rm(join(folder, mode)));
	};

	const addWorkflow = async (workflow: WorkflowFile) => {
		await untilReady();
		await client.activate(await client.createWorkflow(workflow));
	};

	let counted = 0;

	return {
		url,
		pid: loaded?.event === 'loaded' ? loaded.pid : 0,
		credential: credentialFor(serverUrls[0]),
		addWorkflow,
		addCase: async (caseName, measured, serverUrl) =>
			await addWorkflow(benchWorkflow(caseName, measured, credentialFor(serverUrl))),
		settle: async () => await sleep(WEBHOOKS_READY_MS),
		run,
		profile: async (caseName, rows) => {
			await inMode('profile', async () => await run(caseName, rows));
			return await readFile(join(folder, 'node.cpuprofile'), 'utf8');
		},
		liveMemory: async (caseName, rows) => {
			// n8n still holds the previous execution for a while.
			await run(caseName, 1);
			await sleep(RELEASE_MS);
			const { begin, end } = await inMode('memory', async () => await run(caseName, rows));
			return end.peakLive - begin.live;
		},
		counting: async (work) => {
			counted = (await events()).length;
			return await inMode('count', work);
		},
		successes: async (executions) => {
			const readEnded = async () => {
				const ended = (await events()).slice(counted).filter(({ event }) => event === 'end');
				return ended.length >= executions ? ended : undefined;
			};
			const tooLate = `${executions} executions took too long.`;
			const ended = await poll(readEnded, { everyMs: 100, withinMs: RUN_LIMIT_MS, tooLate });
			return ended.filter((each) => 'status' in each && each.status === 'success').length;
		},
		stop: async () => {
			await stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
