import type { LoadSignal } from '../../../api/send';

/** The most requests that are ever in flight. */
export const MAX_PARALLEL_REQUESTS = 800;
/** How many are in flight before the first responses, and the fewest that the search tries. */
const FIRST_LIMIT = 5;
/** So many responses, as a share of the limit, show that a round trip has passed since it changed. */
const ROUND_SHARE = 0.75;

/** By how much the limit grows in a round trip at most, and by how much it changes in a trial. */
const MAX_GROWTH = 4;
const TRIAL_GROWTH = 1.5;
const TRIAL_CUT = 0.8;
/** More in flight are worthwhile when this share of the growth shows in the responses per second. */
const WORTHWHILE_SHARE = 0.2;
/** Responses that take so many times as long as before show that the server, or n8n, is full. */
const FULL_LATENCY = 1.6;
/** Responses that take so many times as long as the fastest have waited for others. */
const QUEUEING_LATENCY = 1.25;

/** What is left of the limit when requests fail or are asked to wait, and when n8n is late. */
const SHARE_AFTER_TROUBLE = 0.5;
const SHARE_WHEN_LATE = 0.75;
/** The limit comes back within so many round trips, to what was answered or a little below the trouble. */
const RECOVERY_ROUNDS = 4;
const LEAST_RETURN = 1.25;
const SHARE_BELOW_TROUBLE = 0.95;
/** How many it takes to get as far beyond that: twice as many after each refusal, up to a number. */
const FIRST_PROBE_ROUNDS = 8;
const MAX_PROBE_ROUNDS = 256;

export interface Flight {
	/** In ms. */
	startedAt: number;
	round: number;
}

/** How many requests are in flight, and how long a response typically takes then. */
interface Level {
	limit: number;
	latencyMs: number;
}

/**
 * Decides how many requests are in flight, without a clock. Automatic: begins with few, and searches
 * for the number that brings the most responses per second. Trouble halves the limit, also a fixed one,
 * once for all requests in flight; then it comes back.
 */
export class Concurrency {
	limit: number;
	private inFlight = 0;
	/** What is measured since the limit last changed. */
	private round = { id: 0, responses: 0, sumOfLogs: 0, wasFull: false };
	private proven: Level | undefined;
	private shortestMs = Infinity;
	private triesMore = false;
	/** `answered` are those that were in flight when it began: as many as the server works on at once. */
	private recovery: { from: number; most: number; answered: number; passed: number } | undefined;
	private probeRounds = FIRST_PROBE_ROUNDS;
	private firstRoundAfterTrouble = 0;

	/** `isFailing` says whether the last rows failed for a reason that others would fail for, too. */
	constructor(
		private readonly fixed?: number,
		private readonly readBusyShare = () => 0,
		private readonly isFailing = () => false,
	) {
		this.limit = fixed ?? FIRST_LIMIT;
	}

	get hasRoom(): boolean {
		return this.inFlight < this.limit;
	}

	begin(now: number): Flight {
		this.inFlight++;
		if (!this.hasRoom) this.round.wasFull = true;
		return { startedAt: now, round: this.round.id };
	}

	end({ startedAt, round: id }: Flight, now: number, signal: LoadSignal): void {
		this.inFlight--;
		if (signal !== 'answered') {
			// Requests that left before the limit was cut say nothing new.
			if (id < this.firstRoundAfterTrouble) return;
			this.cut(SHARE_AFTER_TROUBLE, 1, 2);
			this.firstRoundAfterTrouble = this.round.id;
			return;
		}
		const { round, recovery } = this;
		if (recovery && id < this.firstRoundAfterTrouble) recovery.answered++;
		// Requests that left before the limit last changed say nothing of what that brought.
		if (id !== round.id) return;
		round.responses++;
		round.sumOfLogs += Math.log(Math.max(1, now - startedAt));
		if (round.responses >= this.limit * ROUND_SHARE) this.endRound();
	}

	/** Takes note that n8n's event loop is late, unless nothing was answered since it last was. */
	noteLateness(): void {
		if (this.round.responses > 0) this.cut(SHARE_WHEN_LATE, Math.min(FIRST_LIMIT, this.limit), 1);
	}

	private cut(factor: number, least: number, probeFactor: number) {
		const from = Math.max(least, this.limit * factor);
		// Trouble that goes on with fewer in flight is not due to their number, nor is any with so few.
		if (this.recovery?.passed === 0) this.recovery.from = from;
		else if (this.limit > FIRST_LIMIT) {
			this.recovery = { from, most: this.limit * SHARE_BELOW_TROUBLE, answered: 0, passed: 0 };
			this.probeRounds = Math.min(MAX_PROBE_ROUNDS, probeFactor * this.probeRounds);
		}
		this.proven = undefined;
		this.beginRound(from);
	}

	private endRound() {
		const { responses, sumOfLogs, wasFull } = this.round;
		// The geometric mean, which a few very slow responses do not move.
		const level = { limit: this.limit, latencyMs: Math.exp(sumOfLogs / responses) };
		const busyShare = this.readBusyShare();
		// Where rows or pauses were what limited it, nothing was learnt; nor from rows that fail.
		const isLearnt = wasFull && !this.isFailing();
		const wanted = this.fixed ?? (isLearnt ? this.search(level, busyShare) : this.limit);
		this.beginRound(this.recover(wanted));
	}

	/**
	 * Searches for the number in flight that brings the most responses per second (by Little's law, it
	 * divided by the time that each takes): grows while that is worthwhile (slow start, RFC 5681),
	 * keeps what has proved itself, and tries more or less, because servers change. Gives the limit of
	 * the next round.
	 */
	private search(level: Level, busyShare: number): number {
		const { proven } = this;
		this.shortestMs = Math.min(this.shortestMs, level.latencyMs);
		// By what n8n has time for; a share that is no number must not become the limit.
		const most = busyShare > 1 / MAX_GROWTH ? Math.max(TRIAL_GROWTH, 1 / busyShare) : MAX_GROWTH;
		if (!proven) return this.keep(level, most);
		const growth = level.limit / proven.limit;
		if (growth === 1) {
			// Where nothing queues, fewer in flight would only bring fewer responses.
			const isQueueing = level.latencyMs > QUEUEING_LATENCY * this.shortestMs;
			this.triesMore = !isQueueing || !this.triesMore;
			return this.keep(level, this.triesMore ? TRIAL_GROWTH : TRIAL_CUT);
		}
		const slower = level.latencyMs / proven.latencyMs;
		const gain = growth / slower - 1;
		if (slower < FULL_LATENCY && gain >= WORTHWHILE_SHARE * (growth - 1)) {
			return this.keep(level, growth > 1 ? Math.min(most, growth ** 2) : growth);
		}
		// As many as bring the most responses per second in the shortest time.
		const rate = Math.max(level.limit / level.latencyMs, proven.limit / proven.latencyMs);
		const latencyMs = Math.min(level.latencyMs, proven.latencyMs);
		const limit = Math.max(FIRST_LIMIT, Math.floor(rate * latencyMs));
		this.proven = { limit, latencyMs };
		return limit;
	}

	private keep(level: Level, factor: number): number {
		this.proven = level;
		const limit = Math.max(FIRST_LIMIT, Math.floor(level.limit * factor));
		return Math.min(MAX_PARALLEL_REQUESTS, limit);
	}

	/** Holds the limit back after trouble as CUBIC does (RFC 9438): less and less, then not at all. */
	private recover(wanted: number): number {
		if (!this.recovery) return wanted;
		const { from, most, answered } = this.recovery;
		const to = answered > 0 ? Math.max(from * LEAST_RETURN, answered) : most;
		// Many that were not answered show clearly how many are too many.
		if (answered > 0 && answered < SHARE_BELOW_TROUBLE * most) this.probeRounds = MAX_PROBE_ROUNDS;
		const passed = this.recovery.passed + 1;
		const back = Math.min(1, passed / RECOVERY_ROUNDS);
		const beyond = Math.max(0, passed - RECOVERY_ROUNDS) / this.probeRounds;
		const highest = growBack(from, to, back + beyond);
		if (wanted >= highest) this.recovery.passed = passed;
		return Math.min(wanted, highest);
	}

	private beginRound(limit: number) {
		this.limit = Math.max(1, Math.floor(limit));
		const id = this.round.id + 1;
		this.round = { id, responses: 0, sumOfLogs: 0, wasFull: !this.hasRoom };
	}
}

/** How something that was cut comes back: `from` when `passed` is 0, `to` when it is 1, then beyond. */
export function growBack(from: number, to: number, passed: number): number {
	return to - (to - from) * (1 - passed) ** 3;
}
