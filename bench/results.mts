import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

import { REPOSITORY } from '../n8n/repository.mts';
import { N8N_VERSION, NODE_VERSION } from '../n8n/versions.mts';

/** The results of a run of the benchmark, in Markdown and in sentences. */
export interface Results {
	latencyMs: number;
	table: string;
	targets: string[];
	memory: string[];
	bursts: string[];
}

const BEGIN = '<!-- Written by npm run bench -- --write, from here … -->';
const END = '<!-- … to here. -->';

/** Replaces the measured part of docs/benchmarks.md. */
export async function writeResults(results: Results): Promise<void> {
	const file = join(REPOSITORY, 'docs', 'benchmarks.md');
	const text = await readFile(file, 'utf8');
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) {
		throw new Error(
			'docs/benchmarks.md has lost the two comments that the results belong between.',
		);
	}
	await writeFile(file, [before, BEGIN, '\n\n', formatResults(results), '\n', END, after].join(''));
}

function formatResults({ latencyMs, table, targets, memory, bursts }: Results): string {
	const processors = cpus().length;
	const load = loadavg()[2]?.toFixed(1);
	const list = (sentences: readonly string[]) => sentences.map((text) => `- ${text}`).join('\n');
	return `Measured on ${new Date().toISOString().slice(0, 10)}: n8n ${N8N_VERSION} on Node ${NODE_VERSION}, ${processors} processor cores
shared by n8n, the sandbox and the probe (load average ${load} over the last 15 minutes), ${latencyMs} ms in the sandbox.

${table}

### Targets

${list(targets)}

${memory.length > 0 ? `### Memory in use\n\n${list(memory)}\n\n` : ''}### Webhooks in a burst

${list(bursts)}
`;
}
