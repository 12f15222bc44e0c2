import type { BenchN8n } from './benchN8n.mts';
import { AUTOMATIC_CASE } from './cases.mts';
import { formatNumber } from './table.mts';
import { describeSpread } from './targets.mts';

/** The most memory that an execution held, garbage not counted, above what n8n held before. */
export interface LiveMemory {
	rows: number;
	bytes: number;
}

/** With fewer rows, what n8n itself takes and frees meanwhile weighs more. */
const MIN_ROWS = 5_000;

/** Runs automatically mapped rows once more, while n8n keeps collecting its garbage. */
export async function measureMemory(
	n8n: BenchN8n,
	sizes: readonly number[],
	reset: () => Promise<void>,
): Promise<LiveMemory[]> {
	const measured: LiveMemory[] = [];
	for (const rows of sizes.filter((size) => size >= MIN_ROWS)) {
		await reset();
		measured.push({ rows, bytes: await n8n.liveMemory(AUTOMATIC_CASE, rows) });
	}
	return measured;
}

/** The result in sentences. */
export function describeMemory(measured: readonly LiveMemory[]): string[] {
	if (measured.length === 0) return [];
	const listed = measured.map(({ rows, bytes }) => {
		const perRow = `${(bytes / rows / 1e3).toFixed(1)} kB a row`;
		return `${(bytes / 1e6).toFixed(1)} MB with ${formatNumber(rows)} rows (${perRow})`;
	});
	const perRow = measured.map(({ rows, bytes }) => bytes / rows);
	return [
		`An execution with automatic mapping holds at most ${listed.join(', ')}: the rows as read from the file, their requests, and the node's output.`,
		...(perRow.length > 1 ? [describeSpread(perRow, 'the memory per row')] : []),
	];
}
