import { setTimeout as sleep } from 'node:timers/promises';

import { seededNumbers } from '../../sandbox/faults/rules.mts';
import { automatic, openAccount } from '../support/account.mts';
import type { Account } from '../support/account.mts';
import { runNode } from '../support/engine.mts';
import { auditBooks, auditRun } from './audit.mts';
import { NODE_TIMEOUT_MS, stormFaults } from './faults.mts';
import { describePlan, drawPlan } from './plan.mts';
import type { RunPlan } from './plan.mts';
import { readReportedOutcomes } from './reportedOutcomes.mts';
import { makeStormRows, shuffled } from './rows.mts';
import type { StormRow } from './rows.mts';

/** A storm to run: the same seed draws the same rows, settings and faults. */
export interface StormOptions {
	seed: number;
	/** How many rows, besides two that share a reference. */
	rows: number;
	/** Called with one line for each run. */
	log?: (line: string) => void;
}

/** The result of a storm. */
export interface StormReport {
	seed: number;
	/** A sentence for everything that went wrong; empty when all went well. */
	violations: string[];
	goodRows: number;
	badRows: number;
	runs: number;
	/** How often each outcome was reported, over all runs. */
	outcomes: Record<string, number>;
	/** How many requests the sandbox received. */
	requests: number;
	/** How often each fault occurred. */
	faults: Record<string, number>;
}

/** After this many runs, a row that is not settled never will be. */
const MAX_RUNS = 80;
const SETTLING_MS = 50;
/** Enough sentences to find what went wrong. */
const MAX_VIOLATIONS = 20;

/** The calm run at the end, without faults. */
const CALM: RunPlan = {
	onError: 'continueErrorOutput',
	retryOnFail: false,
	withBadRows: true,
	options: { parallelRequests: 10 },
};

/**
 * Runs the same rows through n8n's own engine again and again, under all faults at once, until
 * every good row is reported as submitted or already submitted. Audits every run by the books.
 */
export async function runStorm({ seed, rows: count, log }: StormOptions): Promise<StormReport> {
	const random = seededNumbers(seed);
	const rows = makeStormRows(count, random);
	// A run sends at most nine requests for a row: three steps, three tries each.
	const account = await openAccount({ seed, keepRequests: 20 * rows.length });
	const unsettled = new Set(rows.filter(({ good }) => good).map(({ reference }) => reference));
	const report: StormReport = {
		seed,
		violations: [],
		runs: 0,
		outcomes: {},
		requests: 0,
		faults: {},
		goodRows: unsettled.size,
		badRows: rows.length - unsettled.size,
	};
	const run = async (plan: RunPlan) => {
		report.runs += 1;
		const violations = await auditedRun(account, plan, rows, random, report, unsettled);
		const name = `run ${report.runs} (${describePlan(plan)})`;
		log?.(`seed ${seed}, ${name}: ${unsettled.size} rows are not settled yet`);
		report.violations.push(
			...violations.slice(0, MAX_VIOLATIONS).map((text) => `In ${name}: ${text}`),
		);
	};
	try {
		account.sandbox.setFaults(stormFaults());
		while (unsettled.size > 0 && report.runs < MAX_RUNS && report.violations.length === 0) {
			await run(drawPlan(random));
		}
		report.faults = account.sandbox.counters().faults;
		account.sandbox.setFaults([]);
		if (report.violations.length === 0) await run(CALM);
		if (unsettled.size > 0) {
			report.violations.push(`${unsettled.size} rows were not settled by ${report.runs} runs.`);
		}
		const { books } = account.sandbox;
		report.violations.push(...auditBooks(rows, books).slice(0, MAX_VIOLATIONS));
		report.requests = account.sandbox.counters().received;
		return report;
	} finally {
		await account.sandbox.stop();
	}
}

async function auditedRun(
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
	// A request that the previous run gave up on may still be on its way.
	await sleep(SETTLING_MS);
	const { books } = sandbox;
	const acceptedBefore = new Map(rows.map((row) => [row.reference, accepted(row)]));
	const seen = sandbox.counters().received;
	const parameters = {
		...automatic('TUR-TRY', plan.options),
		requestOptions: { timeout: NODE_TIMEOUT_MS },
	};
	const items = rows.map(({ json }) => ({ ...json }));
	const result = await runNode({ ...plan, items, parameters, credentials });
	const reported = readReportedOutcomes(result);
	for (const { outcome, reference } of reported) {
		report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
		if (/submitted$/.test(outcome)) unsettled.delete(reference);
	}
	const requests = sandbox.requests().filter(({ number }) => number > seen);
	return auditRun({ plan, rows, reported, acceptedBefore, requests }, books);

	function accepted({ reference }: StormRow) {
		return books.acceptedTimes(reference);
	}
}
