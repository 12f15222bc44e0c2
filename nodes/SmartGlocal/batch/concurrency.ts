import { MAX_TRIES, MAX_WAIT_MS } from '../../api/send';
import type { Leave, Pace } from '../../api/send';
import { waitUnless } from '../../api/wait';

/** How many requests are in flight at once, and where the user wants pauses. */
export interface ConcurrencySettings {
	parallelRequests: number;
	/** After this many rows comes a pause. */
	batchSize: number;
	batchIntervalMs: number;
}

/** The most that 'Parallel Requests' can be. */
export const MAX_PARALLEL_REQUESTS = 20;

/**
 * Runs one task for each row in order, never more than `parallelRequests` at a time.
 *
 * @param task must not throw
 * @param isStopped asked before each start; once true, nothing more is started
 * @returns when everything that was started has ended
 */
export async function runConcurrently<Item>(
	rows: readonly Item[],
	settings: ConcurrencySettings,
	task: (row: Item) => Promise<void>,
	isStopped: () => boolean,
): Promise<void> {
	let next = 0;
	let gate = Promise.resolve();
	// A fixed set of workers instead of a race over all tasks in flight: what waits for a row that
	// hangs must not grow with the number of rows.
	const work = async () => {
		while (next < rows.length && !isStopped()) {
			const position = next++;
			if (position > 0 && position % settings.batchSize === 0 && settings.batchIntervalMs > 0) {
				gate = gate.then(async () => await waitUnless(isStopped, settings.batchIntervalMs));
			}
			await gate;
			if (!isStopped()) await task(rows[position] as Item);
		}
	};
	await Promise.all(Array.from({ length: settings.parallelRequests }, work));
}

/**
 * Bounds the requests of one batch, and slows all of them down when Smart Glocal asks one to wait
 * (HTTP 429): none is sent until then, and half as many are in flight afterwards. Each response after
 * that adds a little, until the most are reached again (AIMD, as in TCP).
 */
export class BatchPace implements Pace {
	private limit: number;
	private inFlight = 0;
	private readonly waiting: Array<() => void> = [];
	/** In ms since 1970. */
	private opensAt = 0;
	/** Counts how often the batch was slowed down. */
	private round = 0;
	/** Rounds since the last response that was not a request to wait. */
	private refusedRounds = 0;
	private refused = false;

	/**
	 * @param most how many requests are in flight at most
	 * @param isStopped asked before each request; once true, nothing more is sent
	 */
	constructor(
		private readonly most: number,
		private readonly isStopped: () => boolean,
	) {
		this.limit = most;
	}

	/** Whether Smart Glocal keeps asking to wait, so that the batch should end; once true, for good. */
	get isRefused(): boolean {
		return this.refused;
	}

	async enter(isNeeded: boolean): Promise<Leave | undefined> {
		const isOver = () => !isNeeded && this.isStopped();
		while (!isOver()) {
			const ms = this.opensAt - Date.now();
			if (ms > 0) await waitUnless(isOver, ms);
			else if (this.inFlight < Math.floor(this.limit)) return this.takePlace();
			else await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.wake();
		return undefined;
	}

	private takePlace(): Leave {
		this.inFlight++;
		const { round } = this;
		return (waitMs) => {
			this.inFlight--;
			if (waitMs !== undefined) this.slowDown(waitMs, round);
			else {
				this.refusedRounds = 0;
				this.limit = Math.min(this.most, this.limit + 1 / this.limit);
			}
			this.wake();
		};
	}

	private slowDown(waitMs: number, round: number) {
		if (waitMs > MAX_WAIT_MS) {
			this.refused = true;
			return;
		}
		this.opensAt = Math.max(this.opensAt, Date.now() + waitMs);
		// Requests that left before the batch was slowed down say nothing new.
		if (round !== this.round) return;
		this.round++;
		this.refusedRounds++;
		if (this.refusedRounds >= MAX_TRIES) this.refused = true;
		this.limit = Math.max(1, Math.floor(this.limit / 2));
	}

	/** Lets those that wait for a place look again: as many as there are places, or one, to stop. */
	private wake() {
		const places = Math.max(1, Math.floor(this.limit) - this.inFlight);
		for (const resolve of this.waiting.splice(0, places)) resolve();
	}
}
