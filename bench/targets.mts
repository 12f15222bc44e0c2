import { AUTOMATIC_CASE, EXPRESSIONS_CASE } from './cases.mts';
import { formatNumber, speedRatio } from './table.mts';
import type { Measurement } from './measure.mts';

/** The longest time for which n8n may be silent. */
export const MAX_GAP_MS = 250;

const MAX_SPREAD_PERCENT = 15;

/** How many times as fast as the HTTP Request node the cases must be. */
const SPEED_TARGETS = [
	[AUTOMATIC_CASE, 'automatic mapping', 2.5],
	[EXPRESSIONS_CASE, 'an expression for every column', 1],
] as const;

/** A target and whether it is met, as a sentence. */
export function describeTarget(met: boolean, sentence: string): string {
	return `${met ? 'Met' : 'MISSED'}: ${sentence}`;
}

/**
 * Compares values that should all be the same.
 *
 * @param what what the values are
 * @param where up to where they were measured
 */
export function describeSpread(values: readonly number[], what: string, where = ''): string {
	const middle = (Math.max(...values) + Math.min(...values)) / 2;
	const spread = ((Math.max(...values) - middle) / middle) * 100;
	return describeTarget(
		spread <= MAX_SPREAD_PERCENT,
		`${what} stays within ± ${spread.toFixed(0)} %${where} (target ± ${MAX_SPREAD_PERCENT} %).`,
	);
}

/** Says for each target whether the measurements meet it. */
export function describeTargets(all: readonly Measurement[]): string[] {
	return SPEED_TARGETS.flatMap(([id, name, target]) => {
		const taken = all.filter((each) => each.case.id === id).sort((a, b) => a.rows - b.rows);
		const largest = taken.at(-1);
		if (!largest) return [];
		const rows = `${formatNumber(largest.rows)} rows`;
		const sentences: string[] = [];
		const ratios = taken.flatMap((each) => speedRatio(each, all) ?? []);
		if (ratios.length > 0) {
			const worst = Math.min(...ratios);
			const text = `${name} is at least ${worst.toFixed(2)} times as fast as the HTTP Request node (target ${target}).`;
			sentences.push(describeTarget(worst >= target, text));
		}
		if (largest.gapMs !== undefined) {
			const text = `the longest gap with ${name} and ${rows} is ${largest.gapMs} ms (target ${MAX_GAP_MS} ms).`;
			sentences.push(describeTarget(largest.gapMs <= MAX_GAP_MS, text));
		}
		if (taken.length > 1) {
			const perRow = taken.map((each) => each.ms / each.rows);
			sentences.push(describeSpread(perRow, `the time per row with ${name}`, ` up to ${rows}`));
		}
		return sentences;
	});
}
