import { AUTOMATIC_CASE } from './cases.mts';
import type { BenchN8n } from './n8n.mts';
import { spreadOf } from './spread.mts';

/** How much memory an execution held at most, garbage not counted, beyond what n8n held before. */
export interface LiveMemory {
	rows: number;
	bytes: number;
}

/** Fewer rows weigh less than what n8n itself takes and gives back meanwhile. */
const FEWEST_ROWS = 5_000;
const MOST_SPREAD = 15;

/**
 * Runs automatically mapped rows once more, without taking the time, because n8n's garbage is
 * collected again and again meanwhile.
 */
export async function measureMemory(
	n8n: BenchN8n,
	sizes: readonly number[],
	reset: () => Promise<void>,
): Promise<LiveMemory[]> {
	const measured: LiveMemory[] = [];
	for (const rows of sizes.filter((size) => size >= FEWEST_ROWS)) {
		await reset();
		measured.push({ rows, bytes: await n8n.liveMemory(AUTOMATIC_CASE, rows) });
	}
	return measured;
}

/** The result in sentences, with the target judged where there is something to compare. */
export function describeMemory(measured: readonly LiveMemory[]): string[] {
	if (measured.length === 0) return [];
	const perRow = measured.map(({ rows, bytes }) => bytes / rows);
	const listed = measured.map(
		({ rows, bytes }) =>
			`${(bytes / 1e6).toFixed(1)} MB with ${rows.toLocaleString('en-US')} rows (${(bytes / rows / 1e3).toFixed(1)} kB a row)`,
	);
	const sentence = `An execution with automatic mapping holds at most ${listed.join(', ')}: the rows as read from the file, their requests, and the node's output.`;
	if (perRow.length < 2) return [sentence];
	const spread = spreadOf(perRow);
	return [
		sentence,
		`${spread <= MOST_SPREAD ? 'Met' : 'MISSED'}: the memory per row stays within ± ${spread.toFixed(0)} % (target ± ${MOST_SPREAD} %).`,
	];
}
