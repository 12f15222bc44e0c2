import { AUTOMATIC_CASE, EXPRESSIONS_CASE, REFERENCE_CASE } from './cases.mts';
import type { Measurement } from './measure.mts';
import { spreadOf } from './spread.mts';

const MEGABYTE = 1_000_000;

const HEADINGS = [
	'Rows',
	'Way',
	'At once',
	'Rows/s',
	'ms/row',
	'× HTTP Request',
	'Longest gap',
	'Peak memory',
	'Most in flight',
];

/** Writes all measurements as one Markdown table, sorted by the number of rows. */
export function formatTable(measurements: readonly Measurement[]): string {
	const sorted = [...measurements].sort((a, b) => a.rows - b.rows);
	const lines = sorted.map((each) => cells(each, measurements));
	const widths = HEADINGS.map((heading, column) =>
		Math.max(heading.length, ...lines.map((line) => line[column]?.length ?? 0)),
	);
	const line = (texts: readonly string[]) =>
		`| ${texts
			.map((text, column) =>
				column === 1 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
			)
			.join(' | ')} |`;
	const rule = widths.map((width, column) =>
		column === 1 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
	);
	return [line(HEADINGS), line(rule), ...lines.map(line)].join('\n');
}

function cells(each: Measurement, all: readonly Measurement[]): string[] {
	const { rows, ms, gapMs, peakMemory, memoryGrowth, accepted } = each;
	const ratio = speedRatio(each, all);
	return [
		number(rows),
		accepted === rows ? each.case.label : `${each.case.label} (${number(accepted)} accepted)`,
		each.case.parallel === undefined ? '–' : String(each.case.parallel),
		number(Math.round((rows * 1_000) / ms)),
		(ms / rows).toFixed(2),
		ratio === undefined ? '–' : ratio.toFixed(2),
		gapMs === undefined ? '–' : `${number(gapMs)} ms`,
		peakMemory === undefined || memoryGrowth === undefined
			? '–'
			: `${number(Math.round(peakMemory / MEGABYTE))} MB (+${Math.max(0, Math.round(memoryGrowth / MEGABYTE))})`,
		number(each.mostInFlight),
	];
}

function speedRatio(each: Measurement, all: readonly Measurement[]): number | undefined {
	const reference = find(all, REFERENCE_CASE, each.rows);
	return reference && reference.ms / each.ms;
}

function find(all: readonly Measurement[], id: string, rows: number): Measurement | undefined {
	return all.find((each) => each.case.id === id && each.rows === rows);
}

/** Says of each target whether it is met, in a sentence. */
export function judgeTargets(all: readonly Measurement[]): string[] {
	const sizes = [...new Set(all.map(({ rows }) => rows))].sort((a, b) => a - b);
	const largest = sizes.at(-1) ?? 0;
	const sentences: string[] = [];
	const judge = (met: boolean, text: string) =>
		sentences.push(`${met ? 'Met' : 'MISSED'}: ${text}`);
	for (const [id, name, target] of [
		[AUTOMATIC_CASE, 'automatic mapping', 2.5],
		[EXPRESSIONS_CASE, 'an expression for every column', 1],
	] as const) {
		const taken = sizes.flatMap((rows) => find(all, id, rows) ?? []);
		const ratios = taken.flatMap((each) => speedRatio(each, all) ?? []);
		if (ratios.length > 0) {
			const worst = Math.min(...ratios);
			const text = `${name} is at least ${worst.toFixed(2)} times as fast as the HTTP Request node (target ${target}).`;
			judge(worst >= target, text);
		}
		const last = taken.at(-1);
		if (last?.gapMs !== undefined) {
			const text = `the longest gap with ${name} and ${number(last.rows)} rows is ${last.gapMs} ms (target 250 ms).`;
			judge(last.gapMs <= 250, text);
		}
		const perRow = taken.map(({ ms, rows }) => ms / rows);
		if (perRow.length > 1) {
			const spread = spreadOf(perRow);
			const text = `the time per row with ${name} stays within ± ${spread.toFixed(0)} % up to ${number(largest)} rows (target ± 15 %).`;
			judge(spread <= 15, text);
		}
	}
	return sentences;
}

function number(value: number): string {
	return value.toLocaleString('en-US');
}
