import {
	AUTOMATIC_CASE,
	COMPARED_CASES,
	FEW_ROWS_CASES,
	LIMITED_CASES,
	PLAIN_CASES,
} from './cases.mts';
import type { BenchCase } from './cases.mts';
import { LATENCIES, LIMITED, LIMITED_IN_FLIGHT, NEAR, PLAIN } from './servers.mts';
import type { BenchServer, Latency } from './servers.mts';

/** A case to measure: with which server, with how many rows, and in which table it is shown. */
export interface PlannedRun {
	case: BenchCase;
	server: BenchServer;
	rows: number;
	table: 'latency' | 'plain' | 'limit' | 'limit-in-flight' | 'size' | 'way';
}

/** What to look at quickly, instead of everything. */
export interface Look {
	latencies: readonly Latency[];
	requestsPerSecond?: number | undefined;
	isPlain: boolean;
	cases: readonly string[];
}

/** The numbers of rows that the other parts of the benchmark take. */
export function rowNumbers(rows: number) {
	const few = Math.round(rows / 5);
	// So many take as long with 50 in flight, at 300 ms, as with 50 a second.
	const inFlight = Math.round((rows * 10) / 3);
	return { few, plain: [few, 3 * few, rows], limited: rows, inFlight, many: rows * 10 };
}

/**
 * Plans the whole benchmark.
 *
 * @param rows at every latency; the other parts change along
 */
export function planAll(cases: readonly BenchCase[], rows: number): PlannedRun[] {
	const { few, plain, limited, inFlight, many } = rowNumbers(rows);
	const near = { latency: NEAR };
	return [
		...LATENCIES.flatMap((latency) =>
			plan(cases, COMPARED_CASES, { server: { latency }, rows, table: 'latency' }),
		),
		...plain.flatMap((each) =>
			plan(cases, PLAIN_CASES, { server: PLAIN, rows: each, table: 'plain' }),
		),
		...plan(cases, [AUTOMATIC_CASE], { server: near, rows: many, table: 'size' }),
		...plan(cases, LIMITED_CASES, { server: LIMITED, rows: limited, table: 'limit' }),
		...plan(cases, PLAIN_CASES, {
			server: LIMITED_IN_FLIGHT,
			rows: inFlight,
			table: 'limit-in-flight',
		}),
		// Last, because n8n's declarative engine leaves n8n with more memory.
		...plan(cases, FEW_ROWS_CASES, { server: near, rows: few, table: 'way' }),
	];
}

/** Plans only what is looked at. */
export function planLook(cases: readonly BenchCase[], rows: number, look: Look): PlannedRun[] {
	const { requestsPerSecond, isPlain } = look;
	const shown = isPlain ? 'plain' : 'latency';
	const table = requestsPerSecond === undefined ? shown : 'limit';
	return look.latencies.flatMap((latency) =>
		plan(cases, look.cases, { server: { latency, requestsPerSecond, isPlain }, rows, table }),
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
