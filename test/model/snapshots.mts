import type { Outcome } from '../../nodes/ledger/states';
import { replaceAt, send } from './api.mts';
import type { Account, Answer, Api } from './api.mts';
import type { Model, Step } from './explore.mts';

/*
 * The desk until now: every run decides by what it read before, and then writes into the ledger's row,
 * which is the only one that anybody reads. Kept so that the model is known to find what happened.
 */

export interface SnapshotPlan {
	does: 'pay' | 'pay_from_page' | 'ask' | 'decline' | 'catch_up';
	account: Account;
	/** Its reference is written with two spaces, which are one when it is sent. */
	isSpaced?: boolean;
}

interface Row {
	account: Account;
	outcome: Outcome;
}

interface Run extends SnapshotPlan {
	next: 'look' | 'look_again' | 'write' | 'send' | 'record' | 'end';
	/** The row that it saw when it decided. */
	seen?: Row;
	/** Whether there was a row right before it wrote. */
	isKnown?: boolean;
	row?: number;
	answer?: Answer;
}

interface World {
	api: Api;
	rows: Row[];
	/** Whether somebody was told that account A was refused. */
	isTold: boolean;
	runs: Run[];
}

/** Models runs of today's workflows on one reference. */
export function modelSnapshots(
	plans: readonly SnapshotPlan[],
	{ refusals = 0, losses = 0 } = {},
): Model<World> {
	const api: Api = { paid: null, requests: [], webhooks: 0, refusals, losses };
	const runs = plans.map((plan): Run => ({ ...plan, next: 'look' }));
	return { initial: { api, rows: [], isTold: false, runs }, steps: listSteps, judgeEnd };
}

interface Change extends Partial<Omit<World, 'runs'>> {
	what: string;
	next: Partial<Run>;
	violation?: string | undefined;
}

function listSteps(world: World): Array<Step<World>> {
	return world.runs.flatMap((run, index) =>
		takeSteps(world, run).map(({ what, next, violation, ...change }) => ({
			name: `${run.does} ${run.account} (${index + 1}): ${what}`,
			next: { ...world, ...change, runs: replaceAt(world.runs, index, { ...run, ...next }) },
			violation,
		})),
	);
}

function takeSteps({ api, rows, isTold }: World, run: Run): Change[] {
	const { does, account, seen } = run;
	const row = rows[0];
	switch (run.next) {
		case 'look': {
			if (does === 'decline') {
				const isWaiting = row?.outcome === 'waiting_for_approval';
				const declined: Row[] = [{ account, outcome: 'declined' }];
				return isWaiting ? [{ what: 'declines', rows: declined, next: { next: 'end' } }] : [];
			}
			if (does === 'catch_up') {
				const isOpen = row?.outcome === 'sending' || row?.outcome === 'unknown';
				const taken = { seen: row, account: row?.account, row: 0, next: 'send' } as Partial<Run>;
				return isOpen ? [{ what: 'reads what is open', next: taken }] : [];
			}
			const isFree = !row || row.outcome === 'not_sent' || row.outcome === 'rejected';
			const isAgain = row?.outcome === 'unknown' || row?.outcome === 'sending';
			const pays = isFree || (isAgain && row.account === account);
			const next = does === 'ask' ? 'write' : 'look_again';
			const looked = { ...(row && { seen: row }), isKnown: row !== undefined };
			return [
				{ what: pays ? 'decides to pay' : 'holds', next: { ...looked, next: pays ? next : 'end' } },
			];
		}
		case 'look_again':
			return [{ what: 'looks for the row', next: { isKnown: rows.length > 0, next: 'write' } }];
		case 'write': {
			const outcome = does === 'ask' ? 'waiting_for_approval' : 'sending';
			const written: Row = { account, outcome };
			const next = {
				row: run.isKnown ? 0 : rows.length,
				next: does === 'ask' ? 'end' : 'send',
			} as const;
			return [
				{ what: `writes ${outcome}`, rows: run.isKnown ? [written] : [...rows, written], next },
			];
		}
		case 'send':
			return send(api, account).map(({ name, answer, violation, api: after }) => ({
				what: `sends: ${name}`,
				api: { ...after, webhooks: 0 },
				next: { answer, next: 'record' },
				violation: violation ?? findUnwanted(run, seen, row, isTold),
			}));
		case 'record': {
			const outcome = run.answer ?? 'unknown';
			const isMissed = run.isSpaced === true;
			const written = rows.map((each, index) => (index === run.row ? { ...each, outcome } : each));
			const told = { isTold: isTold || outcome === 'rejected' };
			return [
				{
					what: isMissed ? 'finds no row to write into' : `writes ${outcome}`,
					rows: isMissed ? rows : written,
					...told,
					next: { next: 'end' },
				},
			];
		}
		default:
			return [];
	}
}

function findUnwanted(run: Run, seen: Row | undefined, row: Row | undefined, isTold: boolean) {
	if (run.does === 'catch_up' && (isTold || row?.outcome === 'rejected')) {
		return 'paid after it was refused';
	}
	const isNews = row?.outcome !== seen?.outcome;
	return row?.outcome === 'declined' && isNews ? 'paid after it was declined' : undefined;
}

function judgeEnd({ api, rows }: World): string | undefined {
	if (rows.length > 1) return 'two rows for one reference';
	const says = rows[0]?.outcome === 'submitted' || rows[0]?.outcome === 'already_submitted';
	return says && rows[0]?.account !== api.paid ? 'names a person who was not paid' : undefined;
}
