/** How many are in flight, and how long an answer typically takes then. */
export interface Level {
	limit: number;
	latencyMs: number;
	/** The share of the time in which n8n is busy, with this or with something else. */
	busyShare: number;
}

/** The limit to look at next, and after how many answers that look ends. */
export interface NextLook {
	limit: number;
	answers: number;
}

/** How many are in flight before the first answers, and whenever less is tried. */
export const FIRST_LIMIT = 5;

/**
 * More in flight are kept when at least this share of the growth shows in the answers per second. Where
 * n8n is busy anyway, they also cost it time and memory.
 */
const WORTHWHILE_SHARE = 0.2;
const WORTHWHILE_SHARE_WHEN_BUSY = 0.6;
/** Above this share, n8n counts as busy all the time. */
const MAX_BUSY_SHARE = 0.9;
/** By how much the limit changes in slow start, and when answers come much faster or slower. */
const SLOW_START_FACTOR = 2;
/** By how much it changes in a trial. */
const TRIAL_FACTOR = 1.25;
/** Answers that take so many times as long, or as short, mean that the way has changed. */
const OTHER_FACTOR = 1.6;
/** How many round trips pass between two trials. */
const ROUNDS_BETWEEN_TRIALS = 2;
/** So many answers tell a shortest time from chance. */
const MIN_ANSWERS = 20;

/**
 * Searches for the number in flight that gives the most answers per second, which by Little's law are
 * the number in flight divided by the time that each takes.
 *
 * It doubles (TCP's slow start, RFC 5681) as long as that is worthwhile, keeps what has proved itself,
 * and tries a little more or less again and again, because the way to Smart Glocal changes.
 */
export class LimitSearch {
	/** The limit that has proved itself. */
	private base: Level | undefined;
	/** Whether the limit was ever cut, so that it does not begin with few. */
	private isCut = false;
	/** The round trips since it was last compared. */
	private rounds = 0;
	private sumOfLogs = 0;
	/** Whether it was compared in slow start only, whose short looks miss the slow answers. */
	private isFresh = true;
	private isSecondLook = false;
	private triesLess = false;
	private shortestMs = Infinity;

	/** @param most the highest limit */
	constructor(private readonly most: number) {}

	/** Forgets what has proved itself. */
	restart(): void {
		this.base = undefined;
		this.isCut = true;
	}

	/**
	 * Takes the result of a look.
	 *
	 * @param answers how many it is the mean of
	 */
	next(level: Level, answers: number): NextLook {
		const { base } = this;
		if (answers >= MIN_ANSWERS) this.shortestMs = Math.min(this.shortestMs, level.latencyMs);
		if (!base) return this.keep(level, growthOf(level, this.isCut ? 1 : SLOW_START_FACTOR));
		return level.limit === base.limit ? this.endRound(base, level) : this.endTrial(base, level);
	}

	private endTrial(base: Level, level: Level): NextLook {
		const { limit } = level;
		const gain = ((limit / base.limit) * base.latencyMs) / level.latencyMs - 1;
		const isMore = limit > base.limit;
		const share = isMore && isBusy(level) ? WORTHWHILE_SHARE_WHEN_BUSY : WORTHWHILE_SHARE;
		const isWorthwhile = gain >= share * (limit / base.limit - 1);
		if (isMore && !isWorthwhile && !this.isSecondLook) {
			this.isSecondLook = true;
			return { limit, answers: limit };
		}
		if (!isWorthwhile) return this.hold(base);
		const isFaster = gain > WORTHWHILE_SHARE / 2;
		if (isMore) return this.keep(level, growthOf(level, limit / base.limit));
		return this.keep(level, isFaster ? growthOf(level) : 1 / TRIAL_FACTOR);
	}

	/** Ends a round trip with the limit that has proved itself. */
	private endRound(base: Level, level: Level): NextLook {
		const { limit, latencyMs } = level;
		this.rounds++;
		this.sumOfLogs += Math.log(latencyMs);
		const isOver = this.rounds >= ROUNDS_BETWEEN_TRIALS;
		const meanMs = isOver ? Math.exp(this.sumOfLogs / this.rounds) : latencyMs;
		const change = base.latencyMs / meanMs;
		if (change > OTHER_FACTOR) return this.try(limit * growthOf(level));
		if (!this.isFresh && change < 1 / OTHER_FACTOR) return this.try(limit / SLOW_START_FACTOR);
		if (!isOver) return { limit, answers: limit };

		base.latencyMs = meanMs;
		this.isFresh = false;
		this.shortestMs = Math.min(this.shortestMs, meanMs);
		const isQueueing = meanMs > TRIAL_FACTOR * this.shortestMs;
		if (isBusy(level)) return this.try(limit / TRIAL_FACTOR);
		if (!isQueueing) return this.try(limit * growthOf(level));
		this.triesLess = limit > FIRST_LIMIT && !this.triesLess;
		if (this.triesLess) return this.try(limit / TRIAL_FACTOR);
		return this.try(Math.max(limit * TRIAL_FACTOR, limit + FIRST_LIMIT));
	}

	private keep(level: Level, factor: number): NextLook {
		this.base = level;
		this.isFresh = true;
		return this.try(level.limit * factor);
	}

	private try(wanted: number): NextLook {
		const limit = Math.min(this.most, Math.max(FIRST_LIMIT, wanted));
		if (this.base && limit === this.base.limit) return this.hold(this.base);
		this.isSecondLook = false;
		// A doubled limit has as many new requests in flight after one round trip.
		return { limit, answers: this.isFresh ? limit / 2 : limit };
	}

	private hold({ limit }: Level): NextLook {
		this.rounds = 0;
		this.sumOfLogs = 0;
		return { limit, answers: limit };
	}
}

function isBusy({ busyShare }: Level): boolean {
	return busyShare > MAX_BUSY_SHARE;
}

/**
 * By how much the limit grows: by what n8n has time for.
 *
 * @param whenBusy where n8n has none, and may be busy with something else
 */
function growthOf(level: Level, whenBusy = 1): number {
	if (isBusy(level)) return whenBusy;
	// A share that could not be measured (NaN) must not become the limit.
	const isHalfBusy = level.busyShare > 1 / SLOW_START_FACTOR;
	return isHalfBusy ? 1 / level.busyShare : SLOW_START_FACTOR;
}
