import { createPrivateKey } from 'node:crypto';

import { openAccount } from '../support/account.mts';
import type { Account } from '../support/account.mts';
import { storedRails } from '../support/guardRails.mts';
import { auditBooks, auditRun } from './audit.mts';
import { stormFaults } from './faults.mts';
import { CARD_NUMBERS, MISTYPED_CARD_NUMBER } from './hostileRows.mts';
import { PROXY_PASSWORD } from './hostileSettings.mts';
import { keyLines } from './leaks.mts';
import type { Secrets } from './leaks.mts';
import { chooseRows, describePlan, planStorm } from './plan.mts';
import type { RunPlan } from './plan.mts';
import type { StormRow } from './rows.mts';
import { runPlan } from './runPlan.mts';

/** A storm to run: the same seed draws the same rows, plans and, for each payout, faults. */
export interface StormOptions {
	seed: number;
	/** How many rows. */
	rows: number;
	/** Called with one line for each run. */
	log?: (line: string) => void;
}

/** The result of a storm. */
export interface StormReport {
	seed: number;
	/** A sentence for everything that went wrong; empty when all went well. */
	violations: string[];
	/** How many rows there were of which each was promised. */
	promised: Record<StormRow['promised'], number>;
	/** How many kinds of rows there were. */
	kinds: number;
	/** The plans of the runs, as `describePlan` puts them. */
	runs: string[];
	/** How often each outcome was reported, over all runs. */
	outcomes: Record<string, number>;
	/** How many requests the sandbox received. */
	requests: number;
	/** How often each fault occurred. */
	faults: Record<string, number>;
	/** See `watchFreezes`. */
	longestFreezeMs: number;
}

/** After this many runs, a row that is not settled never will be. */
const MAX_RUNS = 200;
/** Enough sentences to find what went wrong. */
const MAX_VIOLATIONS = 20;

/** What the company allows: more than good rows need, and less than some hostile ones do. */
const GUARD_RAILS = {
	maxAmount: 'USD 5000, EUR 5000',
	maxTotal: 'USD 90000000, EUR 90000000',
	destinations: 'TUR-TRY, GBR, CAN-CAD, CARD',
	currencies: 'USD; EUR',
};

/** The calm run at the end, without faults. */
const CALM: RunPlan = {
	way: 'columns',
	onError: 'continueErrorOutput',
	retryOnFail: false,
	withBadRows: true,
	options: { parallelRequests: 10 },
};

/** What the runs of a storm share. */
interface Storm {
	account: Account;
	secrets: Secrets;
	/** The references of the good rows that are not settled yet. */
	unsettled: Set<string>;
	report: StormReport;
}

/**
 * Runs the same rows through n8n's own engine again and again, under all faults at once, until
 * every good row is reported as submitted or already submitted. Audits every run by the books.
 */
export async function runStorm({ seed, rows: count, log }: StormOptions): Promise<StormReport> {
	const { rows, run: planRun } = planStorm(seed, count);
	// A run sends at most nine requests for a row: three steps, three tries each.
	const storm = await openStorm(seed, rows, 20 * rows.length);
	const { account, report, unsettled } = storm;
	const run = async (planned: { plan: RunPlan; rows: StormRow[] }) => {
		report.runs.push(describePlan(planned.plan));
		const name = `run ${report.runs.length} (${describePlan(planned.plan)})`;
		const began = Date.now();
		const violations = await auditedRun(storm, planned.plan, planned.rows);
		const ms = Date.now() - began;
		log?.(`seed ${seed}, ${name}: ${ms} ms, ${unsettled.size} rows are not settled yet`);
		report.violations.push(
			...violations.slice(0, MAX_VIOLATIONS).map((text) => `In ${name}: ${text}`),
		);
	};
	try {
		account.sandbox.setFaults(stormFaults());
		while (unsettled.size > 0 && report.runs.length < MAX_RUNS && report.violations.length === 0) {
			await run(planRun(report.runs.length + 1));
		}
		report.faults = account.sandbox.counters().faults;
		account.sandbox.setFaults([]);
		// A violation ends the storm, and rows that are not settled by then say nothing.
		if (report.violations.length === 0) await run({ plan: CALM, rows: chooseRows(rows, CALM) });
		if (report.violations.length === 0) {
			report.violations.push(
				...[...unsettled].map((reference) => `'${reference}' was never settled.`),
				...auditBooks(rows, account.sandbox.books),
			);
			report.violations.splice(MAX_VIOLATIONS);
		}
		report.requests = account.sandbox.counters().received;
		return report;
	} finally {
		await account.sandbox.stop();
	}
}

async function openStorm(
	seed: number,
	rows: readonly StormRow[],
	keepRequests: number,
): Promise<Storm> {
	const account = await openAccount({ seed, keepRequests });
	const plainKey = String(account.credentials.privateKey);
	const passphrase = `passphrase of storm ${seed}`;
	const privateKey = createPrivateKey(plainKey)
		.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
		.toString();
	const guardRails = storedRails(GUARD_RAILS);
	Object.assign(account.credentials, { privateKey, passphrase, guardRails });
	const count = (promised: StormRow['promised']) =>
		rows.filter((row) => row.promised === promised).length;
	return {
		account,
		secrets: {
			cardNumbers: [...CARD_NUMBERS, MISTYPED_CARD_NUMBER],
			texts: [passphrase, PROXY_PASSWORD, ...keyLines(plainKey), ...keyLines(privateKey)],
		},
		unsettled: new Set(
			rows.filter(({ promised }) => promised === 'paid').map(({ reference }) => reference),
		),
		report: {
			seed,
			violations: [],
			promised: { paid: count('paid'), refused: count('refused'), either: count('either') },
			kinds: new Set(rows.map(({ kind }) => kind)).size,
			runs: [],
			outcomes: {},
			requests: 0,
			faults: {},
			longestFreezeMs: 0,
		},
	};
}

async function auditedRun(
	{ account, secrets, unsettled, report }: Storm,
	plan: RunPlan,
	rows: readonly StormRow[],
): Promise<string[]> {
	const { run, books } = await runPlan(account, plan, rows, `run-${report.runs.length}`);
	for (const { outcome, reference } of run.reported) {
		report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
		if (/submitted$/.test(outcome)) unsettled.delete(reference);
	}
	report.longestFreezeMs = Math.max(report.longestFreezeMs, run.longestFreezeMs);
	return auditRun({ ...run, secrets }, books);
}
