import { AUTOMATIC_CASE, COMPARED_CASES, FEW_ROWS_CASES, LIMITED_CASES } from './cases.mts';
import type { BenchCase } from './cases.mts';
import { LATENCIES, LIMITED, NEAR } from './servers.mts';
import type { BenchServer, Latency } from './servers.mts';

/** A case to measure: with which server, with how many rows, and in which table it is shown. */
export interface PlannedRun {
	case: BenchCase;
	server: BenchServer;
	rows: number;
	table: 'latency' | 'limit' | 'size' | 'way';
}

/** What to look at quickly, instead of everything. */
export interface Look {
	latencies: readonly Latency[];
	requestsPerSecond?: number | undefined;
	cases: readonly string[];
}

/** The numbers of rows that the other parts of the benchmark take. */
export function rowNumbers(rows: number) {
	return { few: Math.round(rows / 5), limited: rows, many: rows * 10 };
}

/**
 * Plans the whole benchmark.
 *
 * @param rows at every latency; the other parts change along
 */
export function planAll(cases: readonly BenchCase[], rows: number): PlannedRun[] {
	const { few, limited, many } = rowNumbers(rows);
	const near = { latency: NEAR };
	return [
		...LATENCIES.flatMap((latency) =>
			plan(cases, COMPARED_CASES, { server: { latency }, rows, table: 'latency' }),
		),
		...plan(cases, [AUTOMATIC_CASE], { server: near, rows: many, table: 'size' }),
		...plan(cases, LIMITED_CASES, { server: LIMITED, rows: limited, table: 'limit' }),
		// Last, because n8n's declarative engine leaves n8n with more memory.
		...plan(cases, FEW_ROWS_CASES, { server: near, rows: few, table: 'way' }),
	];
}

/** Plans only what is looked at. */
export function planLook(cases: readonly BenchCase[], rows: number, look: Look): PlannedRun[] {
	const { requestsPerSecond } = look;
	const table = requestsPerSecond === undefined ? 'latency' : 'limit';
	return look.latencies.flatMap((latency) =>
		plan(cases, look.cases, { server: { latency, requestsPerSecond }, rows, table }),
	);
}

/** Throws for an id that no case has. */
function plan(
	cases: readonly BenchCase[],
	ids: readonly string[],
	run: Omit<PlannedRun, 'case'>,
): PlannedRun[] {
	return ids.map((id) => {
		const found = cases.find((each) => each.id === id);
		if (found) return { case: found, ...run };
		const known = cases.map((each) => each.id).join(', ');
		throw new Error(`There is no case "${id}". The cases are ${known}.`);
	});
}
