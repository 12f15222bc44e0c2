import { format } from 'prettier';

import { AUTOMATIC_CASE, REFERENCE_CASE } from './cases.mts';
import type { Measurement } from './measure.mts';
import { describeLatency, NEAR } from './servers.mts';

/** A column: heading, alignment in Markdown, and text. */
type Column = [string, string, (each: Measurement, all: readonly Measurement[]) => string];

const ROWS: Column = ['Rows', '-:', ({ rows }) => formatNumber(rows)];
const LATENCY: Column = ['Latency', '-', ({ server }) => describeLatency(server.latency)];
const WAY: Column = ['Way', '-', (each) => each.case.label + remark(each)];
const SPEED: Column = ['Rows/s', '-:', (each) => formatNumber(Math.round(rowsPerSecond(each)))];
const TIME_PER_ROW: Column = ['ms/row', '-:', ({ ms, rows }) => (ms / rows).toFixed(2)];
const RATIO: Column = [
	'× HTTP Request',
	'-:',
	(each, all) => speedRatio(each, all)?.toFixed(2) ?? '–',
];
const GAP: Column = [
	'Longest gap',
	'-:',
	({ gapMs }) => (gapMs === undefined ? '–' : `${formatNumber(gapMs)} ms`),
];
const PEAK: Column = ['Peak memory', '-:', ({ memory }) => describePeak(memory)];
const IN_FLIGHT: Column = ['Most in flight', '-:', ({ maxInFlight }) => formatNumber(maxInFlight)];
const USED: Column = ['Used', '-:', (each) => formatPercent(shareOfLimit(each))];
const REFUSED: Column = ['Got 429', '-:', (each) => formatPercent(shareRefused(each))];
const NOT_PAID: Column = ['Not paid', '-:', ({ rows, paid }) => formatNumber(rows - paid)];
const PAID_AGAIN: Column = ['Paid twice', '-:', ({ paidAgain }) => formatNumber(paidAgain)];

/** The tables: what is in each, and its columns. */
const TABLES: ReadonlyArray<{
	/** `first` is one of those in the table. */
	title: (first: Measurement) => string;
	columns: readonly Column[];
	select: (all: readonly Measurement[]) => readonly Measurement[];
}> = [
	{
		title: ({ rows }) => `By latency, ${formatNumber(rows)} rows`,
		columns: [LATENCY, WAY, SPEED, RATIO, GAP, IN_FLIGHT],
		select: (all) => all.filter(({ table }) => table === 'latency'),
	},
	{
		title: ({ server }) =>
			`With a server that does no more than answer, ${describeLatency(server.latency)}`,
		columns: [ROWS, WAY, SPEED, RATIO, GAP, IN_FLIGHT],
		select: (all) => all.filter(({ table }) => table === 'plain'),
	},
	{
		title: ({ rows, server }) =>
			`With ${server.requestsPerSecond} requests a second allowed, ${formatNumber(rows)} rows`,
		columns: [LATENCY, WAY, USED, REFUSED, NOT_PAID, PAID_AGAIN, GAP, IN_FLIGHT],
		select: (all) => all.filter(({ table }) => table === 'limit'),
	},
	{
		title: ({ rows, server }) =>
			`With ${server.mostInFlight} requests in flight allowed, ${formatNumber(rows)} rows`,
		columns: [LATENCY, WAY, USED, REFUSED, NOT_PAID, GAP, IN_FLIGHT],
		select: (all) => all.filter(({ table }) => table === 'limit-in-flight'),
	},
	{
		title: () => 'By the number of rows',
		columns: [ROWS, WAY, SPEED, TIME_PER_ROW, GAP, PEAK],
		select: selectSizes,
	},
	{
		title: ({ rows }) => `Other ways, ${formatNumber(rows)} rows`,
		columns: [WAY, SPEED, RATIO, GAP, IN_FLIGHT],
		select: (all) => all.filter(({ table }) => table === 'way'),
	},
];

/** Writes all measurements as Markdown: a heading and a table for each part. */
export async function formatTables(all: readonly Measurement[]): Promise<string> {
	const parts = TABLES.map(({ title, columns, select }) => {
		const selected = select(all);
		const [first] = selected;
		if (!first) return '';
		const lines = [
			columns.map(([heading]) => heading),
			columns.map(([, alignment]) => alignment),
			...selected.map((each) => columns.map(([, , text]) => text(each, all))),
		];
		return `### ${title(first)}\n\n${lines.map((texts) => `| ${texts.join(' | ')} |`).join('\n')}\n`;
	});
	return (await format(parts.join('\n'), { parser: 'markdown' })).trim();
}

/** Our node as it is preset, nearby and without a limit: one measurement for each number of rows. */
export function selectSizes(all: readonly Measurement[]): Measurement[] {
	const sizes = all
		.filter(({ case: { id }, server }) => id === AUTOMATIC_CASE && isNear(server))
		.sort((a, b) => a.rows - b.rows);
	return sizes.length > 1 ? sizes : [];
}

function isNear({ latency, requestsPerSecond, isPlain = false }: Measurement['server']): boolean {
	return latency === NEAR && requestsPerSecond === undefined && !isPlain;
}

/** Paid rows in a second. */
export function rowsPerSecond({ paid, ms }: Measurement): number {
	return (paid * 1_000) / ms;
}

/** The share of the allowed requests that paid a row, while the node ran. */
export function shareOfLimit(each: Measurement): number {
	const { requestsPerSecond, mostInFlight = Infinity, latency } = each.server;
	return rowsPerSecond(each) / (requestsPerSecond ?? (mostInFlight * 1_000) / Number(latency));
}

/** The share of the requests that got HTTP 429. */
export function shareRefused({ refused, received }: Measurement): number {
	return refused / received;
}

/** How many times as fast as the HTTP Request node; undefined if that was not measured. */
export function speedRatio(each: Measurement, all: readonly Measurement[]): number | undefined {
	const reference = findBeside(each, REFERENCE_CASE, all);
	return reference && reference.ms / each.ms;
}

/** The measurement of another case with the same server and as many rows. */
export function findBeside(
	{ server, rows, table }: Pick<Measurement, 'server' | 'rows' | 'table'>,
	id: string,
	all: readonly Measurement[],
): Measurement | undefined {
	return all.find(
		(other) =>
			other.case.id === id &&
			other.server.latency === server.latency &&
			other.rows === rows &&
			other.table === table,
	);
}

function remark({ table, paid, rows }: Measurement): string {
	return table === 'limit' || paid === rows ? '' : ` (${formatNumber(paid)} paid)`;
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

/** A share as a percentage with one decimal. */
export function formatPercent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
