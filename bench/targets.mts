import { AUTOMATIC_CASE, COMPUTED_CASE, EXPRESSIONS_CASE, RAW_CASE } from './cases.mts';
import type { Measurement } from './measure.mts';
import { describeLatency, PLAIN } from './servers.mts';
import type { Latency } from './servers.mts';
import {
	findBeside,
	formatNumber,
	formatPercent,
	selectSizes,
	shareOfLimit,
	shareRefused,
	speedRatio,
} from './tables.mts';

/** The longest time for which n8n may be silent. */
export const MAX_GAP_MS = 250;

/** How many times as fast as the HTTP Request node the preset must be, by latency. */
const SPEED_TARGETS = new Map<Latency, number>([
	[20, 3],
	[300, 3],
	[1_000, 2],
]);

/** The same where the server does no more than answer, by rows. */
const PLAIN_TARGETS = new Map([
	[1_000, 1],
	[3_000, 2],
	[5_000, 2.2],
]);

/** What must be as fast as the HTTP Request node. */
const EXPRESSION_TARGETS = [
	[EXPRESSIONS_CASE, 'an expression for every column'],
	[COMPUTED_CASE, 'a computed expression for every column'],
] as const;

const MIN_SHARE_OF_RAW = 0.75;
const MIN_SHARE_OF_LIMIT = 0.9;
const MAX_SHARE_REFUSED = 0.05;
const MAX_SPREAD = 0.15;

/** A target and whether it is met, as a sentence. */
export function describeTarget(met: boolean, sentence: string): string {
	return `${met ? 'Met' : 'MISSED'}: ${sentence}`;
}

/** Says how many targets are met, of those that something was measured for, and names the others. */
export function describeTargets(all: readonly Measurement[]): string[] {
	const told = judgeTargets(all);
	const missed = told.filter((sentence) => !sentence.startsWith('Met'));
	return [`${told.length - missed.length} of ${told.length} targets are met.`, ...missed];
}

function judgeTargets(all: readonly Measurement[]): string[] {
	const preset = all.filter(({ case: { id } }) => id === AUTOMATIC_CASE);
	const atLatencies = preset.filter(({ table }) => table === 'latency');
	return [
		...atLatencies.flatMap((each) => describeSpeed(each, all)),
		...preset.filter(({ table }) => table === 'plain').flatMap((each) => describePlain(each, all)),
		...atLatencies.flatMap((each) => describeShareOfRaw(each, all)),
		...describeGap(all),
		...preset.filter(({ table }) => table.startsWith('limit')).flatMap(describeLimit),
		...describeSizes(all),
		...describeExpressions(all),
	];
}

function describeSpeed(each: Measurement, all: readonly Measurement[]): string[] {
	const ratio = speedRatio(each, all);
	const target = SPEED_TARGETS.get(each.server.latency);
	if (ratio === undefined || target === undefined) return [];
	const text = `at ${at(each)}, the preset is ${ratio.toFixed(2)} times as fast as the HTTP Request node (target ${target}).`;
	return [describeTarget(ratio >= target, text)];
}

function describePlain(each: Measurement, all: readonly Measurement[]): string[] {
	const ratio = speedRatio(each, all);
	const target = PLAIN_TARGETS.get(each.rows);
	if (ratio === undefined || target === undefined || each.server.latency !== PLAIN.latency)
		return [];
	const text = `with a server that does no more than answer, after ${at(each)}, the preset pays ${formatNumber(each.rows)} rows ${ratio.toFixed(2)} times as fast as the HTTP Request node (target ${target}).`;
	return [describeTarget(ratio >= target, text)];
}

function describeShareOfRaw(each: Measurement, all: readonly Measurement[]): string[] {
	const raw = findBeside(each, RAW_CASE, all);
	if (!raw) return [];
	const share = raw.ms / each.ms;
	const text = `at ${at(each)}, the preset has ${formatPercent(share)} of the raw loop's speed with as many in flight (target ${MIN_SHARE_OF_RAW * 100} %).`;
	return [describeTarget(share >= MIN_SHARE_OF_RAW, text)];
}

function describeGap(all: readonly Measurement[]): string[] {
	const ours = all.filter((each) => each.case.isOurs && each.gapMs !== undefined);
	const [worst] = ours.sort((a, b) => (b.gapMs ?? 0) - (a.gapMs ?? 0));
	if (worst?.gapMs === undefined) return [];
	const text = `the longest gap in all runs of the node is ${worst.gapMs} ms (target ${MAX_GAP_MS} ms; ${worst.case.id}, ${formatNumber(worst.rows)} rows at ${at(worst)}).`;
	return [describeTarget(worst.gapMs <= MAX_GAP_MS, text)];
}

function describeLimit(each: Measurement): string[] {
	const { rows, paid, paidAgain, server } = each;
	const used = shareOfLimit(each);
	const refused = shareRefused(each);
	const { requestsPerSecond, mostInFlight } = server;
	const allowed = requestsPerSecond
		? `${requestsPerSecond} requests a second`
		: `${mostInFlight} requests in flight`;
	const limit = `with ${allowed} allowed,`;
	return [
		describeTarget(
			used >= MIN_SHARE_OF_LIMIT,
			`${limit} the preset uses ${formatPercent(used)} of them (target ${MIN_SHARE_OF_LIMIT * 100} %).`,
		),
		describeTarget(
			refused < MAX_SHARE_REFUSED,
			`${limit} ${formatPercent(refused)} of its requests get HTTP 429 (target less than ${MAX_SHARE_REFUSED * 100} %).`,
		),
		describeTarget(
			paid === rows && paidAgain === 0,
			`${limit} ${formatNumber(paid)} of ${formatNumber(rows)} rows are paid, and ${formatNumber(paidAgain)} of them twice.`,
		),
	];
}

function describeSizes(all: readonly Measurement[]): string[] {
	const sizes = selectSizes(all);
	const [fewest, most] = [sizes[0], sizes.at(-1)];
	if (!fewest || !most) return [];
	const perRow = sizes.map(({ ms, rows }) => ms / rows);
	const middle = (Math.max(...perRow) + Math.min(...perRow)) / 2;
	const spread = (Math.max(...perRow) - middle) / middle;
	const text = `the time per row stays within ± ${(spread * 100).toFixed(0)} % from ${formatNumber(fewest.rows)} to ${formatNumber(most.rows)} rows (target ± ${MAX_SPREAD * 100} %).`;
	return [describeTarget(spread <= MAX_SPREAD, text)];
}

function describeExpressions(all: readonly Measurement[]): string[] {
	return EXPRESSION_TARGETS.flatMap(([id, name]) => {
		const measured = all.find((each) => each.case.id === id);
		const ratio = measured && speedRatio(measured, all);
		if (ratio === undefined) return [];
		const text = `${name} is ${ratio.toFixed(2)} times as fast as the HTTP Request node (target 1).`;
		return [describeTarget(ratio >= 1, text)];
	});
}

function at({ server }: Measurement): string {
	return describeLatency(server.latency);
}
