import { MAX_TRIES, MAX_WAIT_MS, waitUnless } from '../../../api/send';
import type { Leave, RequestQueue } from '../../../api/send';
import { Concurrency } from './concurrency';
import { RequestRate } from './requestRate';
import { createTurnQueue, createTurns } from './eventLoop';

/** n8n's event loop is late when something else had it for so long. */
const MAX_LATENESS_MS = 100;

/** How many requests are begun, or their responses taken, before n8n gets its turn. */
const MAX_REQUESTS_PER_TURN = 8;

/** Gives a function that says which share of the time since its last call the event loop was busy. */
function createBusyReader(): () => number {
	// The types of browsers do not have it.
	const node: { eventLoopUtilization: (since?: object) => { utilization: number } } =
		performance as never;
	let last = node.eventLoopUtilization();
	return () => {
		const { utilization } = node.eventLoopUtilization(last);
		last = node.eventLoopUtilization();
		return utilization;
	};
}

/** A request that waits for its place. */
interface Waiting {
	/** It is sent even when the batch was stopped. */
	isNeeded: boolean;
	resolve: (leave: Leave | undefined) => void;
}

/**
 * Where the requests of one batch wait for their turn: until there is a place, until Smart Glocal no
 * longer asks to wait (HTTP 429), and until n8n has had its own turn.
 */
export class BatchQueue implements RequestQueue {
	private readonly concurrency: Concurrency;
	private readonly rate = new RequestRate();
	private readonly giveTurn = createTurns(MAX_REQUESTS_PER_TURN, (ms) => {
		if (ms > MAX_LATENESS_MS) this.concurrency.noteLateness();
	});
	private readonly waitForTurn = createTurnQueue(this.giveTurn);

	/** Requests of rows that have begun: they go before new rows. */
	private readonly waiting: Waiting[] = [];
	private newRow: Waiting | undefined;
	private isServing = false;

	/** Counts how often the batch was slowed down. */
	private round = 0;
	/** Rounds since the last response that was not a request to wait. */
	private refusedRounds = 0;
	private refused = false;

	/**
	 * @param parallelRequests how many requests are in flight at most; none means automatic
	 * @param isStopped asked before each request; once true, nothing more is sent
	 * @param isFailing whether the last rows failed; as long as they do, no more requests are in flight
	 */
	constructor(
		parallelRequests: number | undefined,
		private readonly isStopped: () => boolean,
		isFailing?: () => boolean,
	) {
		this.concurrency = new Concurrency(parallelRequests, createBusyReader(), isFailing);
	}

	/** Whether Smart Glocal keeps asking to wait, so that the batch should end; once true, for good. */
	get isRefused(): boolean {
		return this.refused;
	}

	async enter(isNeeded: boolean): Promise<Leave | undefined> {
		return await new Promise((resolve) => {
			this.waiting.push({ isNeeded, resolve });
			void this.serve();
		});
	}

	/** Like `enter`, for the first request of the next row. */
	async enterRow(): Promise<Leave | undefined> {
		return await new Promise((resolve) => {
			this.newRow = { isNeeded: false, resolve };
			void this.serve();
		});
	}

	/** Takes note that a row has ended, with its result. */
	endRow(): void {
		void this.serve();
	}

	/** Gives away places, one after another, as long as there are any. */
	private async serve() {
		if (this.isServing) return;
		this.isServing = true;
		for (;;) {
			const isStopped = this.isStopped();
			if (isStopped) this.sendAway();
			if (!(this.waiting[0] ?? this.newRow) || !this.concurrency.hasRoom) break;
			const ms = this.rate.opensAt - Date.now();
			if (ms > 0) await waitUnless(() => !isStopped && this.isStopped(), ms);
			else {
				this.takeNext()?.resolve(this.takePlace());
				await this.giveTurn();
			}
		}
		this.isServing = false;
	}

	private takeNext(): Waiting | undefined {
		const begun = this.waiting.shift();
		if (begun) return begun;
		const { newRow } = this;
		this.newRow = undefined;
		return newRow;
	}

	/** Ends the waiting of all requests that need not be sent. */
	private sendAway() {
		const all = this.waiting.splice(0);
		this.waiting.push(...all.filter(({ isNeeded }) => isNeeded));
		for (const { isNeeded, resolve } of all) if (!isNeeded) resolve(undefined);
		this.newRow?.resolve(undefined);
		this.newRow = undefined;
	}

	private takePlace(): Leave {
		const now = Date.now();
		const flight = this.concurrency.begin(now);
		this.rate.begin(now);
		const { round } = this;
		return async (signal, waitMs) => {
			await this.waitForTurn();
			this.concurrency.end(flight, Date.now(), signal);
			if (signal === 'asked_to_wait') this.slowDown(waitMs ?? 0, round);
			else {
				this.refusedRounds = 0;
				this.rate.accept();
			}
			// Nothing new begins here: what this response says may stop the batch.
		};
	}

	private slowDown(waitMs: number, round: number) {
		if (waitMs > MAX_WAIT_MS) {
			this.refused = true;
			return;
		}
		this.rate.pauseUntil(Date.now() + waitMs);
		// Requests that left before the batch was slowed down say nothing new.
		if (round !== this.round) return;
		this.round++;
		this.refusedRounds++;
		if (this.refusedRounds >= MAX_TRIES) this.refused = true;
		this.rate.slowDown(Date.now(), waitMs);
	}
}
