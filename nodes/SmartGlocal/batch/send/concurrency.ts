import type { LoadSignal } from '../../../api/send';
import { FIRST_LIMIT, LimitSearch } from './limitSearch';
import type { NextLook } from './limitSearch';
import { Recovery } from './recovery';

/** The most requests that are ever in flight. */
export const MAX_PARALLEL_REQUESTS = 800;

/** A request in flight. */
export interface Flight {
	/** In ms. */
	startedAt: number;
	/** In which look it began. */
	look: number;
}

/** Of the limit, when requests fail or are asked to wait, and when n8n's event loop is late. */
const FACTOR_AFTER_TROUBLE = 0.5;
const FACTOR_WHEN_LATE = 0.75;
/** Over about so many answers, the time that they take is smoothed. */
const SMOOTHED_ANSWERS = 20;

/**
 * Decides how many requests are in flight. It knows no clock and starts nothing.
 *
 * Automatic: begins with few, and searches for the number that gives the most answers per second.
 * Fixed: keeps the number. Trouble halves the limit either way, once for all requests in flight; then
 * it comes back.
 */
export class Concurrency {
	private readonly most: number;
	private readonly search: LimitSearch | undefined;
	private readonly recovery = new Recovery();
	private current: number;
	private inFlight = 0;
	/** Of late answers. */
	private latencyMs: number | undefined;

	/** What is measured between two changes of the limit. */
	private look = { id: 0, needed: 0, answers: 0, sumOfLogs: 0, wasFull: false };
	private firstLookAfterCut = 0;

	/**
	 * @param fixed the number that the user chose; none means automatic
	 * @param readBusyShare gives the share of the time since the last call in which n8n was busy
	 */
	constructor(
		fixed?: number,
		private readonly readBusyShare = () => 0,
	) {
		this.most = fixed ?? MAX_PARALLEL_REQUESTS;
		this.search = fixed === undefined ? new LimitSearch(this.most) : undefined;
		this.current = fixed ?? FIRST_LIMIT;
		this.beginLook({ limit: this.current, answers: this.current });
	}

	/** How many may be in flight now. */
	get limit(): number {
		return Math.floor(this.current);
	}

	/** Whether one more may begin. */
	get hasRoom(): boolean {
		return this.inFlight < this.limit;
	}

	/** How many are answered per ms, as far as is known. */
	get answerRate(): number {
		return this.current / (this.latencyMs ?? 1);
	}

	/** Takes note of a request that begins now. */
	begin(now: number): Flight {
		this.inFlight++;
		if (!this.hasRoom) this.look.wasFull = true;
		return { startedAt: now, look: this.look.id };
	}

	/** Takes note of its end. */
	end({ startedAt, look: id }: Flight, now: number, signal: LoadSignal): void {
		this.inFlight--;
		const { look } = this;
		const ms = Math.max(1, now - startedAt);
		this.latencyMs ??= ms;
		this.latencyMs += (ms - this.latencyMs) / SMOOTHED_ANSWERS;
		if (signal !== 'answered') {
			// Requests that left before the limit was cut say nothing new.
			if (id < this.firstLookAfterCut) return;
			this.cut(Math.max(1, this.current * FACTOR_AFTER_TROUBLE), signal === 'failed');
			return;
		}
		// Requests that left before the last change say nothing of what it brought.
		if (id !== look.id) return;
		look.answers++;
		look.sumOfLogs += Math.log(ms);
		if (look.answers >= look.needed) this.endLook();
	}

	/** Takes note that n8n's event loop is late, unless nothing was answered since it last was. */
	noteLateness(): void {
		if (this.look.answers === 0) return;
		const least = Math.min(FIRST_LIMIT, this.current);
		this.cut(Math.max(least, this.current * FACTOR_WHEN_LATE), false);
	}

	private cut(limit: number, isFailure: boolean) {
		this.recovery.begin(limit, this.current, isFailure);
		this.search?.restart();
		this.beginRound(limit);
		this.firstLookAfterCut = this.look.id;
	}

	private endLook() {
		const { answers, sumOfLogs, wasFull } = this.look;
		const limit = this.current;
		// The geometric mean, which a few very slow answers do not move.
		const latencyMs = Math.exp(sumOfLogs / answers);
		const busyShare = this.readBusyShare();
		if (this.recovery.isOn) this.beginRound(this.recovery.passRound(this.most));
		else if (this.search && wasFull)
			this.beginLook(this.search.next({ limit, latencyMs, busyShare }, answers));
		// Where rows or pauses were what limited it, nothing was learnt.
		else this.beginRound(limit);
	}

	/** Half of the answers show that a round trip has passed since the limit changed. */
	private beginRound(limit: number) {
		this.beginLook({ limit, answers: limit / 2 });
	}

	private beginLook({ limit, answers }: NextLook) {
		this.current = limit;
		const id = this.look.id + 1;
		const wasFull = !this.hasRoom;
		this.look = { id, needed: answers, answers: 0, sumOfLogs: 0, wasFull };
	}
}
