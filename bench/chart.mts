import { AUTOMATIC_CASE, BATCHED_CASE, REFERENCE_CASE } from './cases.mts';
import type { Measurement } from './measure.mts';
import { describeLatency } from './servers.mts';
import { findBeside, formatNumber, rowsPerSecond } from './tables.mts';

/** A way in the chart; `name` is its class in the style sheet. */
const WAYS = [
	{ id: AUTOMATIC_CASE, name: 'ours', label: 'Smart Glocal node' },
	{ id: REFERENCE_CASE, name: 'preset', label: 'HTTP Request node' },
	{ id: BATCHED_CASE, name: 'batched', label: 'HTTP Request node with batching' },
] as const;

const WIDTH = 800;
const MARGIN = 24;
const LEGEND_Y = 62;
const LEGEND_X = [MARGIN, 210, 398] as const;
const FIRST_GROUP_Y = 94;
const BAR_X = 136;
/** Leaves room for the text beside the longest bar. */
const MAX_BAR_WIDTH = 430;
const BAR_HEIGHT = 22;
const BAR_STEP = 26;
const GROUP_STEP = 3 * BAR_STEP + 20;

/** The colours keep a contrast of 4.5 for text and 3 for bars, whatever page the chart is on. */
const STYLE = `
	text { font: 15px system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; fill: #1f2328 }
	.heading { font-size: 18px; font-weight: 600 }
	.strong { font-weight: 600 }
	.page { fill: #ffffff; stroke: #d1d9e0 }
	.ours { fill: #0969da }
	.preset { fill: #59636e }
	.batched { fill: #bc7a00 }
	@media (prefers-color-scheme: dark) {
		text { fill: #f0f6fc }
		.page { fill: #0d1117; stroke: #3d444d }
		.ours { fill: #4493f8 }
		.preset { fill: #9198a1 }
		.batched { fill: #d29922 }
	}`;

/** A bar of the chart. */
interface Bar {
	name: string;
	label: string;
	value: number;
	/** How many times as fast as the HTTP Request node; for our node only. */
	ratio: number | undefined;
}

/**
 * Draws the ways of paying the same rows as bars, by latency.
 *
 * @returns an SVG document for light and dark pages
 */
export function drawChart(all: readonly Measurement[]): string {
	const groups = all
		.filter(({ case: { id }, table }) => id === AUTOMATIC_CASE && table === 'latency')
		.map((ours) => ({ latency: describeLatency(ours.server.latency), bars: barsOf(ours, all) }));
	const height = FIRST_GROUP_Y + groups.length * GROUP_STEP + 4;
	const scale = MAX_BAR_WIDTH / Math.max(...groups.flatMap(({ bars }) => bars.map(valueOf)));
	const title = 'Rows paid per second, by how long Smart Glocal takes to respond';
	const description = groups.map(
		({ latency, bars }) =>
			`${latency}: ${bars.map(({ label, value }) => `${label} ${formatNumber(value)}`).join(', ')}.`,
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">`,
		`<title id="title">${title}</title>`,
		`<desc id="desc">${description.join(' ')}</desc>`,
		`<style>${STYLE}\n</style>`,
		`<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>`,
		`<text class="heading" x="${MARGIN}" y="36">${title}</text>`,
		...WAYS.map(({ name, label }, index) => drawLegend(name, label, LEGEND_X[index] ?? 0)),
		...groups.map((group, index) =>
			drawGroup(group.latency, group.bars, FIRST_GROUP_Y + index * GROUP_STEP, scale),
		),
		'</svg>\n',
	].join('\n');
}

function barsOf(ours: Measurement, all: readonly Measurement[]): Bar[] {
	return WAYS.flatMap(({ id, name, label }) => {
		const measured = findBeside(ours, id, all);
		if (!measured) return [];
		const reference = name === 'ours' ? findBeside(ours, REFERENCE_CASE, all) : undefined;
		const ratio = reference && reference.ms / measured.ms;
		return [{ name, label, value: Math.round(rowsPerSecond(measured)), ratio }];
	});
}

function valueOf({ value }: Bar): number {
	return value;
}

function drawLegend(name: string, label: string, x: number): string {
	return `<rect class="${name}" x="${x}" y="${LEGEND_Y - 12}" width="14" height="14" rx="3"/><text x="${x + 21}" y="${LEGEND_Y}">${label}</text>`;
}

function drawGroup(latency: string, bars: readonly Bar[], y: number, scale: number): string {
	const [time = '', kind = ''] = latency.split(', ');
	const heading = `<text class="strong" x="${MARGIN}" y="${y + 16}">${time}</text><text x="${MARGIN}" y="${y + 36}">${kind}</text>`;
	const drawn = bars.map(({ name, value, ratio }, index) => {
		const top = y + index * BAR_STEP;
		const width = Math.max(1, Math.round(value * scale));
		const times = ratio === undefined ? '' : `, ${ratio.toFixed(1)} times as fast`;
		const emphasis = name === 'ours' ? ' class="strong"' : '';
		return `<rect class="${name}" x="${BAR_X}" y="${top}" width="${width}" height="${BAR_HEIGHT}" rx="3"/><text${emphasis} x="${BAR_X + width + 8}" y="${top + 16}">${formatNumber(value)}${times}</text>`;
	});
	return [heading, ...drawn].join('\n');
}
