import { format } from 'prettier';

import type { QueueBurst, QueuePayment, QueueResults } from './queueBench.mts';
import { describeMachine, replacePart } from './results.mts';
import { formatNumber } from './tables.mts';

const BEGIN = '<!-- Written by npm run bench -- --queue --write, from here … -->';
const END = '<!-- … to here (queue mode). -->';

/** The results of queue mode in Markdown. */
export async function describeQueue(results: QueueResults): Promise<string> {
	const { payments, bursts, processes, connections, bytes, example } = results;
	const megabytes = (count: number) => `${formatNumber(Math.round(count / 1e6))} MB`;
	const kilobytes = (count: number) => `${formatNumber(Math.round(count / 1e3))} kB`;
	const uses = [
		...example.map(
			({ workers, rows, rowsPerSecond }) =>
				`The example for thousands, which keeps the ledger, pays ${formatNumber(rows)} rows in four parts with ${count(workers, 'worker')} at 20 ms: ${formatNumber(Math.round(rowsPerSecond))} rows/s.`,
		),
		`Resident memory after all this: ${processes.map(({ name, memory }) => `${name} ${megabytes(memory)}`).join(', ')}.`,
		`n8n holds ${connections} connections to PostgreSQL: at most two for each process, as n8n presets it.`,
		`PostgreSQL stores ${kilobytes(bytes.paying)} for an execution that pays 100 rows, and ${kilobytes(bytes.webhook)} for one of a webhook.`,
	];
	const text = [
		'### Rows in queue mode, 20 executions of 100 rows',
		table(
			[
				'Latency',
				'Workers',
				'Executions each',
				'Lazy engine',
				'Rows/s',
				'× one worker',
				'Most in flight',
			],
			payments.map((each) => paymentColumns(each, payments)),
		),
		'### 1,000 webhooks in a burst through the webhook processor, two workers',
		table(['Lazy engine', 'All answered', 'All executed', 'Lost'], bursts.map(burstColumns)),
		'### What the processes use',
		uses.map((use) => `- ${use}`).join('\n'),
	].join('\n\n');
	return (await format(text, { parser: 'markdown' })).trim();
}

/** Replaces the part about queue mode in docs/benchmarks.md. */
export async function writeQueueResults(results: QueueResults): Promise<void> {
	const part = [describeMachine('the n8n processes, PostgreSQL, Redis and the sandbox')];
	part.push(await describeQueue(results));
	await replacePart('docs/benchmarks.md', part.join('\n\n'), BEGIN, END);
}

function paymentColumns(each: QueuePayment, all: readonly QueuePayment[]): string[] {
	const one = all.find(({ workers, latencyMs }) => workers === 1 && latencyMs === each.latencyMs);
	const ratio = one && (each.rowsPerSecond / one.rowsPerSecond).toFixed(2);
	return [
		`${each.latencyMs} ms`,
		String(each.workers),
		String(each.concurrency),
		yesNo(each.lazy),
		formatNumber(Math.round(each.rowsPerSecond)),
		ratio ?? '–',
		formatNumber(each.maxInFlight),
	];
}

function burstColumns({ lazy, answeredMs, endedMs, lost }: QueueBurst): string[] {
	return [yesNo(lazy), seconds(answeredMs), seconds(endedMs), formatNumber(lost)];
}

function yesNo(value: boolean): string {
	return value ? 'yes' : 'no';
}

function seconds(ms: number): string {
	return `${(ms / 1_000).toFixed(1)} s`;
}

function count(number: number, one: string): string {
	return `${number} ${one}${number === 1 ? '' : 's'}`;
}

function table(headings: readonly string[], rows: readonly string[][]): string {
	const lines = [headings, headings.map(() => '-:'), ...rows];
	return lines.map((values) => `| ${values.join(' | ')} |`).join('\n');
}
