import { createPublicKey } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { CREDENTIAL_TYPE, credentialData } from '../demo/credential.mts';
import { startInstance } from '../demo/n8n/instance.mts';
import { setUpOwner } from '../demo/n8n/rest.mts';
import type { WorkflowFile } from '../demo/n8n/rest.mts';
import type { N8nInstallation } from '../demo/n8n/versions.mts';
import { DECLARED_NODE_FILE } from './declaredNode.mts';
import { makeRows, toCsv } from './rows.mts';
import { benchWorkflow } from './workflows.mts';
import type { MeasuredNode } from './workflows.mts';

/**
 * What n8n tells the benchmark, one line of JSON each; see n8nHooks.mts. Times are in ms, memory in
 * bytes; `live` is memory in use, garbage not counted.
 */
export type RunEvent =
	| { event: 'loaded'; at: number; pid: number }
	| { event: 'begin'; at: number; rss: number; live: number }
	| {
			event: 'end';
			at: number;
			status: string;
			error?: string;
			nodes: Record<string, NodeTime>;
			mostLive: number;
	  };

/** When a node ran, as n8n itself takes the time. */
export interface NodeTime {
	startTime: number;
	executionTime: number;
	items: number;
}

/** One execution, from its first event to its last. */
export interface TimedRun {
	begin: Extract<RunEvent, { event: 'begin' }>;
	end: Extract<RunEvent, { event: 'end' }>;
}

/** A real n8n with a workflow for each case. */
export interface BenchN8n {
	url: string;
	pid: number;
	/** The credential for the sandbox, whose own public key also verifies webhooks. */
	credential: { id: string; name: string };
	addCase: (name: string, measured: MeasuredNode) => Promise<void>;
	addWorkflow: (workflow: WorkflowFile) => Promise<void>;
	/** Must be called once after the last `addCase`. */
	settle: () => Promise<void>;
	run: (name: string, rows: number) => Promise<TimedRun>;
	/** Runs a case and returns the CPU profile that V8 made of n8n meanwhile, as JSON. */
	profile: (name: string, rows: number) => Promise<string>;
	/** Runs a case and returns the bytes that were in use at most, beyond those in use before. */
	liveMemory: (name: string, rows: number) => Promise<number>;
	/** Does something while executions are only counted, for `successes`. */
	counting: <T>(work: () => Promise<T>) => Promise<T>;
	/** Waits until so many counted executions have ended, and says how many of them succeeded. */
	successes: (executions: number) => Promise<number>;
	stop: () => Promise<void>;
}

/** n8n takes about 2.5 s until a webhook that was switched on answers. */
const WEBHOOKS_READY_MS = 4_000;
/** Until n8n has let go of an execution that ended. */
const LET_GO_MS = 10_000;
const RUN_LIMIT_MS = 30 * 60_000;

/** Starts n8n with the built package, the bench-only node, and a credential for the sandbox. */
export async function startBenchN8n(
	installation: N8nInstallation,
	sandboxUrl: string,
	privateKey: string,
): Promise<BenchN8n> {
	const folder = await mkdtemp(join(tmpdir(), 'smart-glocal-bench-'));
	// n8n reads no files from a folder that holds nodes.
	const nodes = join(folder, 'nodes');
	const rowFiles = join(folder, 'rows');
	await Promise.all([mkdir(nodes), mkdir(rowFiles)]);
	await writeFile(join(nodes, 'SmartGlocalDeclared.node.js'), DECLARED_NODE_FILE);
	const instance = await startInstance({
		installation,
		repository: fileURLToPath(new URL('..', import.meta.url)),
		readableFolder: rowFiles,
		settings: {
			BENCH_FOLDER: folder,
			EXTERNAL_HOOK_FILES: fileURLToPath(new URL('n8nHooks.mts', import.meta.url)),
			N8N_CUSTOM_EXTENSIONS: nodes,
			NODE_NO_WARNINGS: '1',
		},
	});
	const client = await setUpOwner(instance.url);
	const name = 'Smart Glocal sandbox';
	const webhookPublicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
	const data = { ...credentialData(sandboxUrl, privateKey), webhookPublicKey };
	const { id } = await client.createCredential(name, CREDENTIAL_TYPE, data);

	const events = async (): Promise<RunEvent[]> => {
		const text = await readFile(join(folder, 'events.jsonl'), 'utf8');
		return text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as RunEvent);
	};
	const [loaded] = await events();

	const run = async (caseName: string, rows: number): Promise<TimedRun> => {
		const file = join(rowFiles, `${rows}.csv`);
		await writeFile(file, toCsv(makeRows(rows)));
		const before = (await events()).length;
		const address = `${instance.url}/webhook/${caseName}?file=${encodeURIComponent(file)}`;
		let response = await fetch(address, { method: 'POST' });
		// After a way that froze it, n8n takes its database for lost until it has looked again.
		for (let tries = 0; response.status === 503 && tries < 60; tries++) {
			await sleep(1_000);
			response = await fetch(address, { method: 'POST' });
		}
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${address}.`);
		const deadline = Date.now() + RUN_LIMIT_MS;
		for (;;) {
			const [begin, end] = (await events()).slice(before);
			if (begin?.event === 'begin' && end?.event === 'end') return { begin, end };
			if (Date.now() > deadline) throw new Error(`${caseName} with ${rows} rows took too long.`);
			await sleep(100);
		}
	};

	/** Does something while a file tells n8nHooks.mts what to do. */
	const wishing = async <T,>(wish: 'profile' | 'memory' | 'count', work: () => Promise<T>) => {
		await writeFile(join(folder, wish), '');
		return await work().finally(() => rm(join(folder, wish)));
	};

	const addWorkflow = async (workflow: WorkflowFile) =>
		await client.activate(await client.createWorkflow(workflow));

	let counted = 0;

	return {
		url: instance.url,
		pid: loaded?.event === 'loaded' ? loaded.pid : 0,
		credential: { id, name },
		addWorkflow,
		addCase: async (caseName, measured) =>
			await addWorkflow(benchWorkflow(caseName, measured, { id, name })),
		settle: async () => await sleep(WEBHOOKS_READY_MS),
		run,
		profile: async (caseName, rows) => {
			await wishing('profile', async () => await run(caseName, rows));
			return await readFile(join(folder, 'node.cpuprofile'), 'utf8');
		},
		liveMemory: async (caseName, rows) => {
			// n8n still holds the execution before for a while.
			await run(caseName, 1);
			await sleep(LET_GO_MS);
			const { begin, end } = await wishing('memory', async () => await run(caseName, rows));
			return end.mostLive - begin.live;
		},
		counting: async (work) => {
			counted = (await events()).length;
			return await wishing('count', work);
		},
		successes: async (executions) => {
			const deadline = Date.now() + RUN_LIMIT_MS;
			for (;;) {
				const ended = (await events()).slice(counted).filter(({ event }) => event === 'end');
				if (ended.length >= executions || Date.now() > deadline) {
					return ended.filter((each) => 'status' in each && each.status === 'success').length;
				}
				await sleep(100);
			}
		},
		stop: async () => {
			await instance.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
