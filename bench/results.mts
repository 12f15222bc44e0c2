import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { REPOSITORY } from '../n8n/repository.mts';
import { findN8n } from '../n8n/versions.mts';
import { describeBursts } from './burst.mts';
import type { Burst } from './burst.mts';
import { AUTOMATIC_CASE } from './cases.mts';
import { drawChart } from './chart.mts';
import type { Measurement } from './measure.mts';
import { describeMemory } from './memory.mts';
import type { LiveMemory } from './memory.mts';
import { describeLatency, LONG_TAIL } from './servers.mts';
import { formatNumber, formatTables, speedRatio } from './tables.mts';
import { describeTargets } from './targets.mts';

/** The results of a run of the benchmark. */
export interface Results {
	measurements: readonly Measurement[];
	memory: readonly LiveMemory[];
	bursts: readonly Burst[];
}

const BEGIN = '<!-- Written by npm run bench -- --write, from here … -->';
const END = '<!-- … to here. -->';
const CHART = 'docs/images/speed.svg';

/** Results in Markdown, as far as there are any: tables, and targets in sentences. */
export async function describeResults(results: Partial<Results>): Promise<string> {
	const { measurements = [], memory = [], bursts = [] } = results;
	const lists = Object.entries({
		Targets: describeTargets(measurements),
		'Memory in use': describeMemory(memory),
		'Webhooks in a burst': describeBursts(bursts),
	}).filter(([, sentences]) => sentences.length > 0);
	const written = lists.map(
		([title, sentences]) => `### ${title}\n\n${sentences.map((text) => `- ${text}`).join('\n')}`,
	);
	return [await formatTables(measurements), ...written].join('\n\n').trim();
}

/** Replaces the measured parts of docs/benchmarks.md and README.md, and the chart. */
export async function writeResults(results: Results): Promise<void> {
	await writeFile(join(REPOSITORY, CHART), drawChart(results.measurements));
	const chart = (path: string) =>
		`![Rows paid per second by latency, beside n8n's HTTP Request node](${path})`;
	await replacePart(
		'docs/benchmarks.md',
		[describeMachine(), chart(CHART.replace('docs/', '')), await describeResults(results)].join(
			'\n\n',
		),
	);
	await replacePart('README.md', [describeInBrief(results), chart(CHART)].join('\n\n'));
}

/** Replaces what a file has between two comments. Throws when it has lost them. */
export async function replacePart(
	path: string,
	part: string,
	begin = BEGIN,
	end = END,
): Promise<void> {
	const file = join(REPOSITORY, path);
	const text = await readFile(file, 'utf8');
	const [before, rest] = text.split(begin);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined) {
		throw new Error(`${path} has lost the two comments that the results belong between.`);
	}
	const written = [before, begin, '\n\n', part, '\n\n', end, after].join('');
	const options = await resolveConfig(file);
	await writeFile(file, await format(written, { ...options, parser: 'markdown' }));
}

/** When and on what it was measured; `programs` share the processor cores. */
export function describeMachine(programs = 'n8n, the sandbox and the probe'): string {
	const { version, node } = findN8n();
	const load = loadavg()[2]?.toFixed(1);
	return `Measured on ${new Date().toISOString().slice(0, 10)}: n8n ${version} on Node ${node}, ${cpus().length} processor cores
shared by ${programs} (load average ${load} over the last 15 minutes).`;
}

/** The speed beside the HTTP Request node's with the sandbox or the plain server, whichever is less. */
function smallestRatio(each: Measurement, all: readonly Measurement[]): number {
	const alike = all.filter(
		({ case: { id }, server, rows, table }) =>
			id === each.case.id &&
			server.latency === each.server.latency &&
			rows === each.rows &&
			(table === 'latency' || table === 'plain'),
	);
	return Math.min(...alike.map((other) => speedRatio(other, all) ?? Infinity));
}

/** The result in two lines. */
function describeInBrief({ measurements }: Results): string {
	const preset = measurements.filter(
		({ case: { id }, table }) => id === AUTOMATIC_CASE && table === 'latency',
	);
	const ratios = preset
		.filter(({ server }) => server.latency !== LONG_TAIL)
		.map((each, index) => {
			const times = `**${smallestRatio(each, measurements).toFixed(1)} times**`;
			const latency = describeLatency(each.server.latency);
			if (index > 0) return `${times} at ${latency}`;
			return `${times} as fast as with n8n's HTTP Request node when a response takes ${latency}`;
		});
	const rows = formatNumber(preset[0]?.rows ?? 0);
	const gapMs = Math.max(...preset.map((each) => each.gapMs ?? 0));
	return `${rows} rows are paid ${new Intl.ListFormat('en').format(ratios)}.
In these runs, n8n was never silent for longer than **${gapMs} ms** ([how it was measured](docs/benchmarks.md)).`;
}
