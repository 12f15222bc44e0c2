import type { BenchN8n } from './benchN8n.mts';
import type { BenchSandbox } from './benchSandbox.mts';
import { AUTOMATIC_CASE } from './cases.mts';
import { NEAR } from './servers.mts';
import { formatNumber } from './tables.mts';
import { describeTarget } from './targets.mts';

/** The most memory that an execution held, garbage not counted, above what n8n held before. */
export interface LiveMemory {
	rows: number;
	bytes: number;
}

const MAX_BYTES_PER_ROW = 4_000;

/**
 * Runs automatically mapped rows once more, while n8n keeps collecting its garbage.
 *
 * @param sizes numbers of rows; with fewer than 5,000, what n8n itself takes and frees meanwhile weighs
 *   more than the rows
 */
export async function measureMemory(
	n8n: BenchN8n,
	sandbox: BenchSandbox,
	sizes: readonly number[],
): Promise<LiveMemory[]> {
	const measured: LiveMemory[] = [];
	for (const rows of sizes) {
		await sandbox.become({ latency: NEAR });
		measured.push({ rows, bytes: await n8n.liveMemory(AUTOMATIC_CASE, rows) });
	}
	return measured;
}

/** The result in sentences. */
export function describeMemory(measured: readonly LiveMemory[]): string[] {
	const perRow = ({ bytes, rows }: LiveMemory) => `${(bytes / rows / 1e3).toFixed(1)} kB a row`;
	const listed = measured.map((each) => {
		const { rows, bytes } = each;
		return `${(bytes / 1e6).toFixed(1)} MB with ${formatNumber(rows)} rows (${perRow(each)})`;
	});
	const [largest] = [...measured].sort((a, b) => b.bytes / b.rows - a.bytes / a.rows);
	if (!largest) return [];
	return [
		`An execution with automatic mapping holds at most ${listed.join(', ')}: the rows as read from the file, their requests, and the node's output.`,
		describeTarget(
			largest.bytes / largest.rows <= MAX_BYTES_PER_ROW,
			`an execution takes at most ${perRow(largest)} (target ${MAX_BYTES_PER_ROW / 1e3} kB).`,
		),
	];
}
