import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDesk } from '../n8n/desk.mts';
import { openForm } from '../n8n/formClient.mts';
import { longestGap, probeHealth } from '../n8n/healthProbe.mts';
import { poll } from '../n8n/poll.mts';
import { startN8nWithSandbox } from '../n8n/withSandbox.mts';
import type { N8nWithSandbox } from '../n8n/withSandbox.mts';
import { waitForRest } from './rest.mts';
import { DESTINATION, makeRows, toCsv } from './rows.mts';
import { benchWorkflow, httpRequestNode } from './workflows.mts';

const ROUNDS = 3;
const LATENCY_MS = 20;
const WARM_UP_ROWS = 200;
const RUN_LIMIT_MS = 10 * 60_000;
const HTTP_PATH = 'http-request';

interface Timed {
	ms: number;
	/** The longest time for which n8n's own HTTP server was silent. */
	silentMs: number;
}

/**
 * Measures the upload form with its ledger beside the HTTP Request node without one, in turns, in one n8n
 * with SQLite. Returns what came out, in words.
 *
 * @param rows of the file
 */
export async function measureDesk(rows: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'smart-glocal-bench-'));
	const real = await startN8nWithSandbox(
		{ readableFolder: folder },
		// Payouts must not change while the time is taken.
		{ latencyMs: LATENCY_MS, processingMs: 24 * 60 * 60_000 },
	);
	try {
		await openDesk(real, ['pay-orders.json', 'pay-a-spreadsheet.json']);
		const node = httpRequestNode(real.sandbox.url);
		const workflow = benchWorkflow(HTTP_PATH, node, real.credential);
		await real.client.activate(await real.client.createWorkflow(workflow));

		const byNode = async (name: string, count: number) =>
			await payByNode(real, folder, name, count);
		// Code runs slower at first.
		await byNode('warm-up-node', WARM_UP_ROWS);
		await payByForm(real, 'warm-up-form', WARM_UP_ROWS);
		const measured: Array<{ node: Timed; form: Timed & { checkMs: number } }> = [];
		for (let round = 1; round <= ROUNDS; round++) {
			const ways = {
				node: await byNode(`node-${round}`, rows),
				form: await payByForm(real, `form-${round}`, rows),
			};
			measured.push(ways);
			console.error(describe(rows, ways.node, ways.form));
		}
		const { books } = real.sandbox;
		const paid = books.keys().filter((key) => books.paidTimes(key) === 1).length;
		const expected = 2 * (WARM_UP_ROWS + ROUNDS * rows);
		if (paid !== expected) throw new Error(`${paid} of ${expected} rows were paid once.`);
		const ratio = median(measured.map(({ node: one, form }) => form.ms / one.ms));
		const silent = median(measured.map(({ form }) => form.silentMs));
		const lines = measured.map((ways) => describe(rows, ways.node, ways.form));
		return [...lines, `Median: ${ratio.toFixed(2)}, n8n silent for ${silent} ms`].join('\n');
	} finally {
		await real.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

function describe(rows: number, node: Timed, form: Timed & { checkMs: number }): string {
	const ratio = (form.ms / node.ms).toFixed(2);
	return `${rows} rows: HTTP Request node ${node.ms} ms, silent ${node.silentMs} ms; form with ledger ${form.ms} ms, silent ${form.silentMs} ms, checked in ${form.checkMs} ms; ratio ${ratio}`;
}

function toFile(name: string, count: number): string {
	const [headers = '', ...lines] = toCsv(
		makeRows(count).map((row) => ({ ...row, reference: `${name}-${row.reference}` })),
	)
		.trim()
		.split('\n');
	return [`${headers},destination`, ...lines.map((line) => `${line},${DESTINATION}`)].join('\n');
}

async function payByNode(
	{ n8n, sandbox }: N8nWithSandbox,
	folder: string,
	name: string,
	count: number,
): Promise<Timed> {
	const file = join(folder, `${name}.csv`);
	await writeFile(file, toFile(name, count));
	const address = `${n8n.url}/webhook/${HTTP_PATH}?file=${encodeURIComponent(file)}`;
	const expected = sandbox.counters().received + count;
	await waitForRest(n8n.pid);
	return await time(n8n.url, async () => {
		const start = async () => {
			const { status } = await fetch(address, { method: 'POST' });
			return status === 404 ? undefined : status;
		};
		await poll(start, { everyMs: 200, withinMs: 30_000, tooLate: `${address} is not there.` });
		const isSent = async () => {
			await Promise.resolve();
			return sandbox.counters().received >= expected || undefined;
		};
		await poll(isSent, { everyMs: 20, withinMs: RUN_LIMIT_MS, tooLate: 'The run took too long.' });
	});
}

/** Uploads a file of so many rows, and pays it. Takes the time from the button to the last page. */
export async function payByForm(
	{ n8n }: N8nWithSandbox,
	name: string,
	count: number,
): Promise<Timed & { checkMs: number }> {
	// n8n may still be storing the run before.
	await waitForRest(n8n.pid);
	const form = await openForm(n8n.url, 'pay-a-spreadsheet');
	const started = Date.now();
	const page = await form.submit([new File([toFile(name, count)], `${name}.csv`)]);
	const checkMs = Date.now() - started;
	const [, pay = ''] = /value='(Pay [^']*)'/.exec(page.html) ?? [];
	const timed = await time(n8n.url, async () => void (await page.submit([JSON.stringify([pay])])));
	return { ...timed, checkMs };
}

async function time(url: string, work: () => Promise<void>): Promise<Timed> {
	const probe = probeHealth(url);
	const started = Date.now();
	await work();
	const ended = Date.now();
	return { ms: ended - started, silentMs: longestGap(await probe.stop(), started, ended) };
}

/** The middle one of values. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
