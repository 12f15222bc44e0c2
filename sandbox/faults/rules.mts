/** What goes wrong on demand. `accepted` says whether the payout is booked first. */
export type FaultDetails =
	/** The request is handled and booked, then the connection is destroyed without an answer. */
	| { type: 'reset_after_accepting' }
	/** The connection is destroyed before the body is read; nothing is booked. */
	| { type: 'reset_before_reading' }
	/** The request is answered as usual; then nobody listens for `ms` (default 1000). */
	| { type: 'refuse_connection'; ms?: number }
	/** Not booked. */
	| { type: 'status_401' }
	/** Not booked. */
	| { type: 'status_403' }
	/** Not booked. `retryAfter` is sent as it is: seconds, or an HTTP date; no header without it. */
	| { type: 'status_429'; retryAfter?: number | string }
	/** Booked, then answered with HTTP 500. */
	| { type: 'status_500_after_accepting' }
	/** A gateway's HTML page with HTTP 502. */
	| { type: 'status_502_html'; accepted?: boolean }
	/** HTTP 200 with `status: error`; not booked. `code` is `internal_error` when left out. */
	| { type: 'ok_with_error_status'; code?: string; description?: string }
	/** HTTP 200 with an empty body. */
	| { type: 'empty_body'; accepted?: boolean }
	/** HTTP 200 with half of the JSON; with `midBody` the connection is cut in the middle of it. */
	| { type: 'cut_json'; accepted?: boolean; midBody?: boolean }
	/** Booked at arrival, answered `ms` later (default 40000). */
	| { type: 'slow'; ms?: number }
	/** Answers with the names of v2, whatever the version of the request. */
	| { type: 'v2_names' }
	/** Spells the session's status `canceled`. */
	| { type: 'canceled_spelling' }
	/** Adds fields that no documentation knows. */
	| { type: 'extra_fields' }
	/** Refuses with any code; not booked. `status` is 400 when left out. */
	| { type: 'error'; code: string; description?: string; status?: number };

export type FaultType = FaultDetails['type'];

/** Every fault, and whether its request is handled (a payout booked) unless `accepted` says so. */
export const faultTypes: Readonly<Record<FaultType, boolean>> = {
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
};

/** Which requests a rule is for. Every condition that is given must hold. */
export interface FaultCondition {
	/** The position among the requests that fit `key` and `path`, counted from 1 per rule. */
	nth?: number | readonly number[];
	/** The first and the last position, both included. */
	from?: number;
	to?: number;
	/** A regular expression for the idempotency key. */
	key?: string;
	/** A regular expression for the path. */
	path?: string;
	/** Between 0 and 1; drawn from the seeded numbers, so that a run can be repeated. */
	probability?: number;
	/** How often the rule is applied at most. */
	times?: number;
}

/** A fault on demand. The first rule that fits a request is applied. */
export interface FaultRule {
	when?: FaultCondition;
	/** The fault, or just its name when it needs no more. */
	fault: FaultDetails | Exclude<FaultType, 'error'>;
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
 * A small generator of pseudo-random numbers (mulberry32, public domain).
 *
 * @param seed any integer; the same one gives the same numbers
 * @returns a function that returns the next number from 0 up to, but not including, 1
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

function freshRule({ when = {}, fault }: FaultRule): RuleState {
	const details = typeof fault === 'string' ? { type: fault } : fault;
	if (!Object.hasOwn(faultTypes, details.type)) {
		const names = Object.keys(faultTypes).join(', ');
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

/** The faults that were asked for, and which request meets which of them. */
export class Faults {
	private rules: RuleState[] = [];
	private random: () => number;

	constructor(private readonly seed: number) {
		this.random = seededNumbers(seed);
	}

	/**
	 * Replaces all rules. Positions are counted anew and the pseudo-random numbers start again.
	 *
	 * @param rules the rules, the most important one first; none to behave well again
	 * @throws Error when there is no such fault, or a regular expression is not valid
	 */
	set(rules: readonly FaultRule[]): void {
		this.rules = rules.map(freshRule);
		this.random = seededNumbers(this.seed);
	}

	/**
	 * Finds the fault that a request meets.
	 *
	 * @param path the request's path
	 * @param key its idempotency key, empty when it has none
	 * @returns the fault of the first rule that fits, or null
	 */
	next(path: string, key: string): FaultDetails | null {
		let found: FaultDetails | null = null;
		for (const rule of this.rules) {
			if (rule.path?.test(path) === false || rule.key?.test(key) === false) continue;
			rule.seen += 1;
			if (found !== null || !this.fits(rule)) continue;
			rule.applied += 1;
			found = rule.fault;
		}
		return found;
	}

	private fits({ when, seen, applied }: RuleState): boolean {
		if (when.nth !== undefined && ![when.nth].flat().includes(seen)) return false;
		if (seen < (when.from ?? 1) || seen > (when.to ?? Infinity)) return false;
		if (applied >= (when.times ?? Infinity)) return false;
		return when.probability === undefined || this.random() < when.probability;
	}
}
