import { decideClaim } from '../../nodes/ledger/claims';
import type { Claim, Verdict, Word } from '../../nodes/ledger/claims';
import { isSamePayout, joinEntries } from '../../nodes/ledger/entry';
import type { Entry, Ordered, Reported } from '../../nodes/ledger/entry';
import { hasArrived } from '../../nodes/ledger/states';
import type { Outcome } from '../../nodes/ledger/states';
import { replaceAt, send } from './api.mts';
import type { Account, Api } from './api.mts';
import type { Model, Step } from './explore.mts';

/** What one run, of any workflow, is to do. */
export interface Plan {
	does:
		| 'pay'
		| 'pay_from_page'
		| 'pay_by_news'
		| 'ask'
		| 'approve'
		| 'decline'
		| 'catch_up'
		| 'fold';
	account: Account;
}

/** How the desk works; the planted mistakes each leave out one thing. */
export interface Design {
	/** Whether a claim can be seen as soon as it has an id, as in SQLite. */
	idsAreVisible: boolean;
	/** Whether a run says before its claims that it is about to write some, and readers wait for that. */
	opensFirst: boolean;
	/** In which order a run reads after it has claimed. */
	reads: ReadonlyArray<'claims' | 'events' | 'rows'>;
}

export const SQLITE: Design = {
	idsAreVisible: true,
	opensFirst: false,
	reads: ['claims', 'events', 'rows'],
};
export const POSTGRES: Design = { ...SQLITE, idsAreVisible: false, opensFirst: true };

interface Run extends Plan {
	next:
		| 'start'
		| 'look'
		| 'decide'
		| 'open'
		| 'claim'
		| 'commit'
		| 'read'
		| 'send'
		| 'record'
		| 'remove'
		| 'end'
		| 'dead';
	/** How many tables it has read. */
	reads: number;
	/** What a person saw. */
	seen?: Entry | undefined;
	/** What was written since it looked, of a run that reads no more than that. */
	news?: Entry | undefined;
	/** What was known when it claimed. */
	atClaim?: Entry | undefined;
	claim?: Claim;
	rivals: Claim[];
	known: Entry;
	verdict?: Verdict;
	outcome?: Outcome;
	/** When a person pressed the button. */
	outcome_at?: string | undefined;
	/** What the person who declined was told, which must stay true. */
	told?: 'declined';
	/** Of a fold: what it has read. */
	rowIds: number[];
	eventIds: number[];
}

export interface World {
	api: Api;
	claims: Claim[];
	/** Runs that have said that they are about to claim. */
	opening: string[];
	/** Ids that are given out and not visible yet. */
	uncommitted: Claim[];
	events: Array<{ id: number; entry: Entry; isFolded: boolean }>;
	rows: Array<{ id: number; entry: Entry }>;
	ids: number;
	kills: number;
	runs: Run[];
}

const WORDS: Partial<Record<Plan['does'], Word>> = {
	approve: 'approval',
	decline: 'decline',
	catch_up: 'catch_up',
};

/** What those write who only say what is to happen. */
const DECISIONS: Partial<Record<Plan['does'], Outcome>> = {
	ask: 'waiting_for_approval',
	approve: 'approved',
	decline: 'declined',
};

const payoutOf = (account: Account) => ({
	payout_fingerprint: account,
	account_fingerprint: account,
	recipient: account,
	destination: '',
	account,
	amount: '1.00',
	currency: 'EUR',
});

const joinAll = (entries: readonly Entry[]) => entries.reduce(joinEntries, {});

/** What the tables say of the reference. */
function readAll({ rows, events }: World): Entry {
	return joinAll([...rows, ...events].map(({ entry }) => entry));
}

export function modelLedger(
	plans: readonly Plan[],
	design: Design,
	{ kills = 0, refusals = 0, losses = 0 } = {},
): Model<World> {
	const initial: World = {
		api: { paid: null, requests: [], webhooks: 0, refusals, losses },
		claims: [],
		opening: [],
		uncommitted: [],
		events: [],
		rows: [],
		ids: 100,
		kills,
		runs: plans.map((plan) => ({ ...START, ...plan })),
	};
	const steps = (world: World) =>
		listSteps(world, design).map((step) => ({ ...step, next: normalize(step.next) }));
	return { initial, steps, judgeEnd };
}

const START = {
	next: 'start' as const,
	reads: 0,
	rivals: [] as Claim[],
	known: {},
	rowIds: [] as number[],
	eventIds: [] as number[],
};

/** In a list, or behind the name of one. */
const ID = /(?<="id":|"outcome_at":"|[[,])\d+/g;

/** Forgets what nobody reads again, and counts ids anew, so that worlds that act alike are one. */
function normalize(world: World): World {
	const runs = world.runs.map((run): Run => {
		const { does, account, next, told } = run;
		if (next === 'end' || next === 'dead') {
			return { ...START, does, account, next, ...(told && { told }) };
		}
		const isDecided = next === 'send' || next === 'record' || next === 'remove';
		if (!isDecided || does === 'fold') return run;
		const rivals = run.verdict === 'send_again' ? run.rivals : [];
		const rest = next === 'send' ? run : { ...run, seen: undefined, atClaim: undefined };
		return { ...rest, known: {}, rivals };
	});
	const unfolded = world.events.filter(({ isFolded }) => !isFolded);
	const isFolding = runs.some(({ does }) => does === 'fold');
	const joined = [{ id: 100, entry: joinAll(unfolded.map(({ entry }) => entry)), isFolded: false }];
	const events = isFolding || unfolded.length === 0 ? unfolded : joined;
	const text = JSON.stringify({ ...world, runs, events, ids: 0 });
	const ids = [...new Set(text.match(ID))].map(Number).sort((a, b) => a - b);
	const renamed = text.replace(ID, (id) => String(ids.indexOf(Number(id)) + 101));
	return { ...(JSON.parse(renamed) as World), ids: ids.length + 100 };
}

function listSteps(world: World, design: Design): Array<Step<World>> {
	const steps = world.runs.flatMap((run, index) => {
		const name = `${run.does} ${run.account} (${index + 1})`;
		const own = run.does === 'fold' ? fold(world, run) : pay(world, run, `run ${index}`, design);
		const all = own.map(({ change, next, what, violation }) => {
			const { runs: others = world.runs } = change;
			const runs = replaceAt<Run>(others, index, { ...(others[index] ?? run), ...next });
			return {
				name: `${name}: ${what}`,
				violation: violation ?? findViolation(world, { ...world, ...change }),
				next: { ...world, ...change, runs },
			};
		});
		const isRunning = !['start', 'end', 'dead'].includes(run.next);
		if (world.kills === 0 || !isRunning) return all;
		const runs = replaceAt<Run>(world.runs, index, { ...run, next: 'dead' });
		// What is on its way to the database may arrive or not.
		const pending = world.uncommitted.filter((claim) => claim.run !== `run ${index}`);
		const opening = world.opening.filter((other) => other !== `run ${index}`);
		const dead = { ...world, runs, kills: world.kills - 1, uncommitted: pending, opening };
		return [...all, { name: `${name}: killed`, next: dead }];
	});
	if (world.api.webhooks > 0) {
		const entry = { reported: { status: 'succeeded', rank: 31, status_at: '' } as Reported };
		const api = { ...world.api, webhooks: world.api.webhooks - 1 };
		steps.push({ name: 'webhook', next: { ...addEvent(world, entry), api }, violation: undefined });
	}
	return steps;
}

interface Change {
	what: string;
	change: Partial<World>;
	next: Partial<Run>;
	violation?: string | undefined;
}

function addEvent(world: World, entry: Entry): World {
	const ids = world.ids + 1;
	const runs = world.runs.map((run) =>
		run.news ? { ...run, news: joinEntries(run.news, entry) } : run,
	);
	return { ...world, ids, runs, events: [...world.events, { id: ids, entry, isFolded: false }] };
}

function pay(world: World, run: Run, me: string, design: Design): Change[] {
	const { does, account, claim, known, outcome, verdict } = run;
	const { claims, opening, uncommitted } = world;
	const own = payoutOf(account);
	const write = (written: Outcome) => {
		const at = run.outcome_at ?? String(world.ids + 1);
		return addEvent(world, { ordered: { ...own, outcome: written, outcome_at: at } as Ordered });
	};
	const word = WORDS[does] ?? 'ordered';
	switch (run.next) {
		case 'start': {
			const seen = readAll(world);
			const first = design.opensFirst ? 'open' : 'claim';
			const next = { next: first, ...(does === 'pay_from_page' && { seen }) } as const;
			const outcome = DECISIONS[does];
			if (does === 'ask') {
				const isFree = !seen.reported && isUnused(seen.ordered);
				return [{ what: 'looks', change: {}, next: isFree ? { outcome, next: 'record' } : END }];
			}
			if (outcome) {
				const isOwn = seen.ordered && isSamePayout(seen.ordered, own);
				const isWaiting = isOwn && seen.ordered?.outcome === 'waiting_for_approval';
				return isWaiting
					? [{ what: 'opens the link', change: {}, next: { seen, next: 'decide' } }]
					: [];
			}
			if (does === 'pay_by_news') {
				const found = joinAll(world.events.filter(isNew).map(({ entry }) => entry));
				const looking = { known: found, news: {}, next: 'look' } as const;
				return [{ what: 'looks at the events', change: {}, next: looking }];
			}
			if (does === 'pay') return pay(world, { ...run, ...next }, me, design);
			if (does !== 'catch_up') return [{ what: 'looks', change: {}, next }];
			// It takes over what another run has left.
			const left = claims.map(({ payout_fingerprint: of }) => of as Account);
			const doubt = seen.ordered?.outcome === 'unknown' || seen.ordered?.outcome === 'approved';
			if (seen.ordered && doubt) left.push(seen.ordered.payout_fingerprint as Account);
			return [...new Set(left)].map((taken) => ({
				what: `takes over ${taken}`,
				change: {},
				next: { ...next, account: taken },
			}));
		}
		case 'look': {
			const found = joinAll([known, ...world.rows.map(({ entry }) => entry)]);
			const next = {
				known: found,
				seen: found,
				next: design.opensFirst ? 'open' : 'claim',
			} as const;
			return [{ what: 'looks at the rows', change: {}, next }];
		}
		case 'decide': {
			const { ordered } = readAll(world);
			// Its code is that of this request.
			const isWaiting = ordered?.outcome === 'waiting_for_approval';
			const isOpen = isWaiting && ordered.outcome_at === run.seen?.ordered?.outcome_at;
			const at = { outcome: DECISIONS[does], outcome_at: String(world.ids + 1), seen: undefined };
			const next = isOpen ? ({ ...at, next: 'record' } as const) : END;
			return [{ what: 'decides', change: { ids: world.ids + 1 }, next }];
		}
		case 'open':
			return [{ what: 'opens', change: { opening: [...opening, me] }, next: { next: 'claim' } }];
		case 'claim': {
			const id = world.ids + 1;
			const added = { id, run: me, ...own } as Claim;
			const then = design.idsAreVisible ? 'read' : 'commit';
			const next = { claim: added, atClaim: readAll(world), next: then } as const;
			const change = design.idsAreVisible
				? { claims: [...claims, added] }
				: { uncommitted: [...uncommitted, added] };
			return [{ what: `claims as ${id}`, change: { ids: id, ...change }, next }];
		}
		case 'commit': {
			const mine = uncommitted.filter((each) => each.run === me);
			const change = {
				uncommitted: uncommitted.filter((each) => each.run !== me),
				claims: [...claims, ...mine],
				opening: opening.filter((other) => other !== me),
			};
			return [{ what: 'its claim is visible', change, next: { next: 'read' } }];
		}
		case 'read': {
			const order = run.news ? (['claims', 'news'] as const) : design.reads;
			const table = order[run.reads] ?? 'claims';
			// Who has said that it is about to claim is waited for.
			if (table === 'claims' && opening.some((other) => other !== me)) return [];
			const news = [{ entry: run.news ?? {} }];
			const tables = { claims: [], events: world.events.filter(isNew), rows: world.rows, news };
			const entry = joinAll([known, ...tables[table].map((each) => each.entry)]);
			const others = claims.filter((each) => each.run !== me);
			const rivals = table === 'claims' ? others : run.rivals;
			const reads = run.reads + 1;
			const what = `reads ${table}`;
			const looked_at = run.seen ? (run.seen.ordered?.outcome_at ?? '0') : '';
			const claimed = { ...(claim ?? { id: 0, ...own }), word, looked_at };
			if (reads < order.length) {
				return [{ what, change: {}, next: { known: entry, rivals, reads } }];
			}
			const verdicts = [true, false].map((isStale) =>
				decideClaim(claimed, rivals, () => isStale, entry),
			);
			return [...new Set(verdicts)].map((decided) => ({
				what: `${what}: ${decided}`,
				change: {},
				next: {
					rivals,
					news: undefined,
					verdict: decided,
					next: decided.startsWith('send') ? 'send' : 'remove',
					...(does === 'decline' && decided === 'declined' && { told: decided }),
				},
			}));
		}
		case 'record': {
			const isDoubt =
				verdict === 'send_again' && (outcome === 'rejected' || outcome === 'not_sent');
			const written = isDoubt ? 'unknown' : (outcome ?? 'sending');
			const first = design.opensFirst ? 'open' : 'claim';
			const next = claim ? 'remove' : does === 'ask' ? 'end' : first;
			const then = { next, outcome_at: undefined } as const;
			return [{ what: `writes ${written}`, change: write(written), next: then }];
		}
		case 'send':
			return send(world.api, account).map(({ name, api, answer, violation }) => ({
				what: `sends: ${name}`,
				change: { api },
				next: { outcome: answer, next: 'record' },
				violation: violation ?? findUnwanted(run, readAll(world)),
			}));
		case 'remove': {
			const isTaken = (each: Claim) =>
				(verdict === 'arrived' || verdict?.startsWith('send')) &&
				isSamePayout(each, own) &&
				run.rivals.some(({ id }) => id === each.id);
			const left = claims.filter((each) => each.run !== me && !isTaken(each));
			return [{ what: 'removes its claim', change: { claims: left }, next: { next: 'end' } }];
		}
		default:
			return [];
	}
}

const isNew = ({ isFolded }: World['events'][number]) => !isFolded;

const END = { next: 'end' } as const;

/** Whether a reference is free to ask for. */
function isUnused(ordered: Ordered | undefined): boolean {
	return !ordered || ordered.outcome === 'rejected' || ordered.outcome === 'not_sent';
}

/** New events become rows; a row is only removed when one that has all of it is there. */
function fold(world: World, run: Run): Change[] {
	const { events, rows } = world;
	switch (run.next) {
		case 'start': {
			const eventIds = events.filter(({ isFolded }) => !isFolded).map(({ id }) => id);
			const rowIds = rows.map(({ id }) => id);
			const known = readAll({ ...world, events: events.filter(({ id }) => eventIds.includes(id)) });
			const next = { eventIds, rowIds, known, next: 'claim' } as const;
			return eventIds.length > 0 ? [{ what: 'reads', change: {}, next }] : [];
		}
		case 'claim': {
			const id = world.ids + 1;
			const change = { ids: id, rows: [...rows, { id, entry: run.known }] };
			return [{ what: 'adds a row', change, next: { next: 'remove' } }];
		}
		case 'remove': {
			const left = rows.filter(({ id }) => !run.rowIds.includes(id));
			return [{ what: 'removes old rows', change: { rows: left }, next: { next: 'record' } }];
		}
		case 'record': {
			const marked = events.map((event) =>
				run.eventIds.includes(event.id) ? { ...event, isFolded: true } : event,
			);
			return [{ what: 'marks the events', change: { events: marked }, next: { next: 'end' } }];
		}
		default:
			return [];
	}
}

const hasNews = ({ ordered, reported }: Entry) =>
	reported !== undefined || (ordered !== undefined && hasArrived(ordered.outcome));

/** What a person reads in the tables must only move forward. */
function findViolation(before: World, after: World): string | undefined {
	const [known, now] = [before, after].map((world) => {
		const unfolded = world.events.filter(({ isFolded }) => !isFolded);
		return joinAll([...world.rows, ...unfolded].map(({ entry }) => entry));
	});
	if (!known || !now || !hasNews(known)) return undefined;
	if (!hasNews(now)) return 'moved back';
	const names = [known.ordered, now.ordered].map((ordered) => ordered?.payout_fingerprint);
	return names[0] !== undefined &&
		names[0] !== names[1] &&
		hasArrived(known.ordered?.outcome ?? 'sending')
		? 'named another person'
		: undefined;
}

/** Whether a request is sent against what was known when it was claimed, and is not decided since. */
function findUnwanted({ does, atClaim, seen }: Run, now: Entry): string | undefined {
	const { ordered } = atClaim ?? {};
	const isWaiting = [ordered, now.ordered].every(
		(each) => each?.outcome === 'waiting_for_approval',
	);
	if (isWaiting) return 'paid unapproved';
	if (ordered?.outcome === 'declined') return 'paid after it was declined';
	if (ordered?.outcome !== 'rejected' && ordered?.outcome !== 'not_sent') return undefined;
	const isNews = does.startsWith('pay_') && seen?.ordered?.outcome_at !== ordered.outcome_at;
	return does === 'catch_up' || isNews ? 'paid after it was refused' : undefined;
}

/** What is wrong when nothing more happens. */
function judgeEnd(world: World): string | undefined {
	const { api, claims, runs } = world;
	const { ordered, reported } = readAll(world);
	const isLeft = claims.length > 0;
	const wasKilled = runs.some(({ next }) => next === 'dead');
	if (api.paid !== null && runs.some(({ told }) => told)) return 'paid, and said to be declined';
	const ends = api.requests.filter(({ account }) => account === ordered?.payout_fingerprint);
	const isRefused = ends.length > 0 && ends.every(({ end }) => end === 'refused');
	if (ordered?.outcome === 'approved' && isRefused && !isLeft)
		return 'refused, and still called approved';
	if (isLeft && !wasKilled) return 'a claim was left';
	if (api.paid === null) {
		const isPaid = reported !== undefined || (ordered && hasArrived(ordered.outcome));
		return isPaid && !api.requests.some(({ end }) => end === 'lost') ? 'called paid' : undefined;
	}
	if (isLeft) return undefined;
	if (!ordered) return 'paid, and not in the ledger';
	if (ordered.payout_fingerprint !== api.paid) return 'names a person who was not paid';
	const isKnown = hasArrived(ordered.outcome) || ordered.outcome === 'unknown';
	return isKnown ? undefined : `paid, and called ${ordered.outcome}`;
}
