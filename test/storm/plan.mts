import type { IDataObject, OnError } from 'n8n-workflow';

import { seededNumbers } from '../../sandbox/faults/rules.mts';
import { HOSTILE_SETTINGS } from './hostileSettings.mts';
import type { HostileSetting } from './hostileSettings.mts';
import { makeStormRows, shuffled } from './rows.mts';
import type { StormRow } from './rows.mts';
import { WAYS } from './ways.mts';
import type { WayName } from './ways.mts';

/** How one run of the workflow is set up. */
export interface RunPlan {
	way: WayName;
	onError: OnError;
	retryOnFail: boolean;
	/** Bad rows keep a run that stops from sending anything. */
	withBadRows: boolean;
	options: IDataObject;
	/** One that cannot be used: nothing may be sent. */
	setting?: HostileSetting;
}

/** Everything that a storm draws before it begins. */
export interface StormPlan {
	rows: StormRow[];
	/** The plan of a run, from 1, and its rows with what is promised about them in this run. */
	run: (number: number) => { plan: RunPlan; rows: StormRow[] };
}

/**
 * Draws a storm. The same seed draws the same rows and, for the run of each number, the same plan and
 * the same order of the rows, whatever happens in the other runs.
 */
export function planStorm(seed: number, count: number): StormPlan {
	const randomOf = (run: number) => seededNumbers(Math.imul(seed, 1_000_003) + run);
	const all = makeStormRows(count, randomOf(0));
	return {
		rows: all,
		run: (number) => {
			const random = randomOf(number);
			const plan = drawPlan(random);
			const mixed = shuffled(chooseRows(all, plan), random);
			return { plan, rows: plan.way === 'session' ? shareSession(mixed, plan) : mixed };
		},
	};
}

/** Puts two good rows into one session, which keeps both of them from being sent. */
function shareSession(rows: readonly StormRow[], plan: RunPlan): StormRow[] {
	const good = rows.filter(({ promised }) => promised === 'paid').slice(0, 2);
	if (!plan.withBadRows || good.length < 2) return [...rows];
	return rows.map((row) =>
		good.includes(row) ? { ...row, promised: 'refused', sharesSession: true } : row,
	);
}

/** Draws the settings of one run, so that over a storm all settings meet all faults. */
function drawPlan(random: () => number): RunPlan {
	const draw = <T,>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
	const stops = random() < 0.2;
	const inPlace = random() < 0.15;
	const way = draw(Object.keys(WAYS) as WayName[]);
	const setting = random() < 0.25 ? draw(HOSTILE_SETTINGS) : undefined;
	const plan: RunPlan = {
		way,
		onError: stops ? 'stopWorkflow' : inPlace ? 'continueRegularOutput' : 'continueErrorOutput',
		retryOnFail: random() < 0.3,
		withBadRows: !stops || random() < 0.3,
		options: {
			parallelRequests: random() < 0.3 ? 'automatic' : 1 + Math.floor(random() * 20),
			sessionFirst: random() < 0.35,
			simplify: random() < 0.7,
			duplicates: random() < 0.1 ? 'error' : 'report',
			apiVersion: random() < 0.2 ? 'v2' : 'v1',
		},
	};
	// A setting that only the form has would be without effect in another way.
	return setting ? { ...plan, way: 'columns', setting } : plan;
}

/** The rows that can come in the way of the plan, with what is promised about them in this run. */
export function chooseRows(rows: readonly StormRow[], plan: RunPlan): StormRow[] {
	const chosen = rows.flatMap((row) => {
		const promised = WAYS[plan.way].promise(row);
		return promised === undefined ? [] : [{ ...row, promised }];
	});
	const wanted = chosen.filter(({ promised }) => plan.withBadRows || promised === 'paid');
	if (!plan.setting) return wanted;
	return wanted.map((row) => ({ ...row, promised: 'refused' }));
}

/** Begins the description of a setting that cannot be used. */
export const REFUSED_SETTING = 'REFUSED SETTING';

/** A plan in one line, for whoever investigates a violation. */
export function describePlan({ way, onError, retryOnFail, options, setting }: RunPlan): string {
	const { parallelRequests, sessionFirst, simplify, apiVersion } = options;
	return [
		way,
		onError,
		`${String(parallelRequests)} at once`,
		...(sessionFirst === true ? ['session first'] : []),
		...(simplify === false ? ['not simplified'] : []),
		...(apiVersion === 'v2' ? ['v2'] : []),
		...(retryOnFail ? ['retry on fail'] : []),
		...(setting ? [`${REFUSED_SETTING} ${setting.name}`] : []),
	].join(', ');
}
