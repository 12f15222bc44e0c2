import { createHash } from 'node:crypto';

/** A fault on demand. Each says whether the request is accepted, so that a payout may be made. */
export type FaultDetails =
	/** Accepted; then the connection is reset without a response. */
	| { type: 'reset_after_accepting' }
	/** Not accepted: the connection is reset before the body is read. */
	| { type: 'reset_before_reading' }
	/** Accepted, with a normal response; then connections are refused for `ms` (default 1000). */
	| { type: 'refuse_connection'; ms?: number }
	/** Not accepted: HTTP 401. */
	| { type: 'status_401' }
	/** Not accepted: HTTP 403. */
	| { type: 'status_403' }
	/** Not accepted: HTTP 429. `retryAfter` (seconds or an HTTP date) becomes the header. */
	| { type: 'status_429'; retryAfter?: number | string }
	/** Accepted; then HTTP 500. */
	| { type: 'status_500_after_accepting' }
	/** Accepted by default; then a gateway's HTML page with HTTP 502. */
	| { type: 'status_502_html'; accepted?: boolean }
	/** Not accepted: HTTP 200 with `status: error`. `code` is `internal_error` by default. */
	| { type: 'ok_with_error_status'; code?: string; description?: string }
	/** Accepted by default; then HTTP 200 with an empty body. */
	| { type: 'empty_body'; accepted?: boolean }
	/** Accepted by default; then half of the JSON. With `midBody` the connection breaks there. */
	| { type: 'cut_json'; accepted?: boolean; midBody?: boolean }
	/** Accepted on arrival; the response comes `ms` later (default 40000), `inDrops` byte by byte. */
	| { type: 'slow'; ms?: number; inDrops?: boolean }
	/** Accepted; the response uses the names of v2 whatever the version of the request. */
	| { type: 'v2_names' }
	/** Accepted; the response spells the session's status `canceled`. */
	| { type: 'canceled_spelling' }
	/** Accepted; the response has fields that are not documented, also `fields` in its session. */
	| { type: 'extra_fields'; fields?: Readonly<Record<string, unknown>> }
	/** Not accepted: any error code. `status` is 400 by default. */
	| { type: 'error'; code: string; description?: string; status?: number }
	/** Accepted; the response names another session, reference or amount, or an error beside `ok`. */
	| { type: 'contradict'; about: ContradictedPart }
	/** Accepted; the session in the response repeats the request's body, card numbers and all. */
	| { type: 'echo' }
	/** Accepted by default; then any `body`, as JSON unless it is text. `status` is 200 by default. */
	| { type: 'response'; body: unknown; status?: number; accepted?: boolean };

/** What a response can say differently from the request. */
export type ContradictedPart = 'session' | 'reference' | 'amount' | 'status';

type FaultType = FaultDetails['type'];

/** The faults that need no details. */
type PlainFaultType = Exclude<FaultType, 'contradict' | 'error' | 'response'>;

/** Every fault, and whether its request reaches the API unless `accepted` says otherwise. */
export const FAULTS_REACHING_API: Readonly<Record<FaultType, boolean>> = {
	reset_after_accepting: true,
	reset_before_reading: false,
	refuse_connection: true,
	status_401: false,
	status_403: false,
	status_429: false,
	status_500_after_accepting: true,
	status_502_html: true,
	ok_with_error_status: false,
	empty_body: true,
	cut_json: true,
	slow: true,
	v2_names: true,
	canceled_spelling: true,
	extra_fields: true,
	error: false,
	contradict: true,
	echo: true,
	response: true,
};

/** Which requests a rule applies to. Every condition that is given must hold. */
interface FaultCondition {
	/** Positions among the requests that match `key` and `path`, counted from 1 for each rule. */
	nth?: number | readonly number[];
	/** The first and the last position, both included. */
	from?: number;
	to?: number;
	/** A regular expression for the idempotency key. */
	key?: string;
	/** A regular expression for the path. */
	path?: string;
	/**
	 * Between 0 and 1; drawn from seeded numbers of their own for each path and key, so that a run can be
	 * repeated: in whatever order the requests of several payouts arrive, each meets the same faults.
	 */
	probability?: number;
	/** How often the rule applies at most. */
	times?: number;
}

/** A fault on demand. The first rule that matches a request applies. */
export interface FaultRule {
	when?: FaultCondition;
	/** The fault, or its name alone when it needs no details. */
	fault: FaultDetails | PlainFaultType;
}

interface RuleState {
	when: FaultCondition;
	fault: FaultDetails;
	key: RegExp | null;
	path: RegExp | null;
	seen: number;
	applied: number;
}

/**
 * Generates pseudo-random numbers from 0 up to, but not including, 1 (mulberry32, public domain).
 *
 * @param seed any integer; the same seed gives the same numbers
 */
export function seededNumbers(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

function startRule({ when = {}, fault }: FaultRule): RuleState {
	const details = typeof fault === 'string' ? { type: fault } : fault;
	if (!Object.hasOwn(FAULTS_REACHING_API, details.type)) {
		const names = Object.keys(FAULTS_REACHING_API).join(', ');
		throw new Error(`There is no fault "${details.type}". The faults are ${names}.`);
	}
	return {
		when,
		fault: details,
		key: when.key === undefined ? null : new RegExp(when.key),
		path: when.path === undefined ? null : new RegExp(when.path),
		seen: 0,
		applied: 0,
	};
}

/** Decides which request meets which fault. */
export class Faults {
	private rules: RuleState[] = [];
	/** By path and key. */
	private readonly draws = new Map<string, () => number>();

	constructor(private readonly seed: number) {}

	/**
	 * Replaces all rules and starts counting and drawing anew. An empty list ends all faults.
	 *
	 * @throws Error when there is no such fault or a regular expression is not valid
	 */
	set(rules: readonly FaultRule[]): void {
		this.rules = rules.map(startRule);
		this.draws.clear();
	}

	/** Counts a request (key: its idempotency key or nothing) and returns the fault that it meets. */
	next(path: string, key: string): FaultDetails | null {
		const draw = this.drawFor(path, key);
		let found: FaultDetails | null = null;
		for (const rule of this.rules) {
			if (rule.path?.test(path) === false || rule.key?.test(key) === false) continue;
			rule.seen += 1;
			if (found !== null || !this.applies(rule, draw)) continue;
			rule.applied += 1;
			found = rule.fault;
		}
		return found;
	}

	private drawFor(path: string, key: string): () => number {
		const name = `${path} ${key}`;
		let draw = this.draws.get(name);
		if (draw === undefined) {
			const hash = createHash('sha256').update(`${this.seed} ${name}`).digest();
			draw = seededNumbers(hash.readInt32BE());
			this.draws.set(name, draw);
		}
		return draw;
	}

	private applies({ when, seen, applied }: RuleState, draw: () => number): boolean {
		if (when.nth !== undefined && ![when.nth].flat().includes(seen)) return false;
		if (seen < (when.from ?? 1) || seen > (when.to ?? Infinity)) return false;
		if (applied >= (when.times ?? Infinity)) return false;
		return when.probability === undefined || draw() < when.probability;
	}
}
