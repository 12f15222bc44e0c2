import { setTimeout as sleep } from 'node:timers/promises';

import { seededNumbers } from '../../sandbox/faults/rules.mts';
import { automatic, openAccount } from '../engine/account.mts';
import type { Account } from '../engine/account.mts';
import { runNode } from '../engine/engine.mts';
import { NODE_TIMEOUT_MS, stormFaults } from './faults.mts';
import { judgeEnd, judgeRun } from './judge.mts';
import { readSaid } from './outcomes.mts';
import { describePlan, drawPlan } from './plan.mts';
import type { RunPlan } from './plan.mts';
import { makeStormRows, shuffled } from './rows.mts';
import type { StormRow } from './rows.mts';

/** A storm that can be repeated: the same seed draws the same rows, settings and faults. */
export interface StormOptions {
	seed: number;
	/** How many rows, beside two that share a reference. */
	rows: number;
	/** Told about each run, in one line. */
	log?: (line: string) => void;
}

/** What a storm came to. */
export interface StormReport {
	seed: number;
	/** A sentence for everything that broke; empty when all was well. */
	broken: string[];
	goodRows: number;
	badRows: number;
	runs: number;
	/** How often each outcome was given, over all runs. */
	outcomes: Record<string, number>;
	/** Requests that the sandbox received. */
	requests: number;
	/** How often each fault was applied. */
	faults: Record<string, number>;
}

/** A storm that takes more runs than this has a row that is never settled. */
const MOST_RUNS = 80;
const SETTLING_MS = 50;
/** Sentences that are enough to find what broke. */
const MOST_SENTENCES = 20;

/** The calm run at the end: nothing goes wrong any more. */
const CALM: RunPlan = {
	onError: 'continueErrorOutput',
	retryOnFail: false,
	withBadRows: true,
	options: { parallelRequests: 10 },
};

/**
 * Runs the same rows through n8n's own engine again and again, under all faults at once, until
 * every good row is reported as submitted or already submitted, and judges every run by the books.
 */
export async function runStorm({ seed, rows: count, log }: StormOptions): Promise<StormReport> {
	const random = seededNumbers(seed);
	const rows = makeStormRows(count, random);
	// No run sends more than nine requests for a row: three steps, three tries each.
	const account = await openAccount({ seed, keepRequests: 20 * rows.length });
	const unsettled = new Set(rows.filter(({ good }) => good).map(({ reference }) => reference));
	const report: StormReport = {
		...{ seed, broken: [], runs: 0, outcomes: {}, requests: 0, faults: {} },
		goodRows: unsettled.size,
		badRows: rows.length - unsettled.size,
	};
	const run = async (plan: RunPlan) => {
		report.runs += 1;
		const broken = await judgedRun(account, plan, rows, random, report, unsettled);
		const name = `run ${report.runs} (${describePlan(plan)})`;
		log?.(`seed ${seed}, ${name}: ${unsettled.size} rows are not settled yet`);
		report.broken.push(...broken.slice(0, MOST_SENTENCES).map((text) => `In ${name}: ${text}`));
	};
	try {
		account.sandbox.setFaults(stormFaults());
		while (unsettled.size > 0 && report.runs < MOST_RUNS && report.broken.length === 0) {
			await run(drawPlan(random));
		}
		report.faults = account.sandbox.counters().faults;
		account.sandbox.setFaults([]);
		if (report.broken.length === 0) await run(CALM);
		if (unsettled.size > 0) {
			report.broken.push(`${unsettled.size} rows were not settled by ${report.runs} runs.`);
		}
		const { books } = account.sandbox;
		report.broken.push(...judgeEnd(rows, books).slice(0, MOST_SENTENCES));
		report.requests = account.sandbox.counters().received;
		return report;
	} finally {
		await account.sandbox.stop();
	}
}

async function judgedRun(
	{ sandbox, credentials }: Account,
	plan: RunPlan,
	all: readonly StormRow[],
	random: () => number,
	report: StormReport,
	unsettled: Set<string>,
): Promise<string[]> {
	const rows = shuffled(
		all.filter(({ good }) => good || plan.withBadRows),
		random,
	);
	// A request that the last run gave up may still be on its way.
	await sleep(SETTLING_MS);
	const { books } = sandbox;
	const acceptedBefore = new Map(rows.map((row) => [row.reference, accepted(row)]));
	const seen = sandbox.counters().received;
	const parameters = {
		...automatic('TUR-TRY', plan.options),
		requestOptions: { timeout: NODE_TIMEOUT_MS },
	};
	const items = rows.map(({ json }) => ({ ...json }));
	const said = readSaid(await runNode({ ...plan, items, parameters, credentials }));
	for (const { outcome, reference } of said) {
		report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
		if (/submitted$/.test(outcome)) unsettled.delete(reference);
	}
	const requests = sandbox.requests().filter(({ number }) => number > seen);
	return judgeRun({ plan, rows, said, acceptedBefore, requests }, books);

	function accepted({ reference }: StormRow) {
		return books.acceptedTimes(reference);
	}
}
