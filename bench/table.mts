import { format } from 'prettier';

import { REFERENCE_CASE } from './cases.mts';
import type { Measurement } from './measure.mts';

/** The columns of the table: heading, alignment in Markdown, and text. */
const TABLE_COLUMNS: ReadonlyArray<
	[string, string, (each: Measurement, all: readonly Measurement[]) => string]
> = [
	['Rows', '-:', ({ rows }) => formatNumber(rows)],
	['Way', '-', ({ case: { label }, rows, accepted }) => label + remark(accepted, rows)],
	['At once', '-:', ({ case: { parallel } }) => parallel?.toString() ?? '–'],
	['Rows/s', '-:', ({ rows, ms }) => formatNumber(Math.round((rows * 1_000) / ms))],
	['ms/row', '-:', ({ rows, ms }) => (ms / rows).toFixed(2)],
	['× HTTP Request', '-:', (each, all) => speedRatio(each, all)?.toFixed(2) ?? '–'],
	['Longest gap', '-:', ({ gapMs }) => (gapMs === undefined ? '–' : `${formatNumber(gapMs)} ms`)],
	['Peak memory', '-:', ({ memory }) => describePeak(memory)],
	['Most in flight', '-:', ({ maxInFlight }) => formatNumber(maxInFlight)],
];

/** Writes all measurements as a Markdown table, sorted by the number of rows. */
export async function formatMarkdownTable(all: readonly Measurement[]): Promise<string> {
	const sorted = [...all].sort((a, b) => a.rows - b.rows);
	const lines = [
		TABLE_COLUMNS.map(([heading]) => heading),
		TABLE_COLUMNS.map(([, alignment]) => alignment),
		...sorted.map((each) => TABLE_COLUMNS.map(([, , text]) => text(each, all))),
	];
	const table = lines.map((texts) => `| ${texts.join(' | ')} |`).join('\n');
	return (await format(table, { parser: 'markdown' })).trim();
}

/** How many times as fast as the HTTP Request node; undefined if that was not measured. */
export function speedRatio(each: Measurement, all: readonly Measurement[]): number | undefined {
	const reference = all.find(
		({ case: { id }, rows }) => id === REFERENCE_CASE && rows === each.rows,
	);
	return reference && reference.ms / each.ms;
}

function remark(accepted: number, rows: number): string {
	return accepted === rows ? '' : ` (${formatNumber(accepted)} accepted)`;
}

function describePeak(memory: Measurement['memory']): string {
	if (!memory) return '–';
	const megabytes = (bytes: number) => formatNumber(Math.max(0, Math.round(bytes / 1e6)));
	return `${megabytes(memory.peak)} MB (+${megabytes(memory.growth)})`;
}

/** A number with commas between its thousands. */
export function formatNumber(value: number): string {
	return value.toLocaleString('en-US');
}
