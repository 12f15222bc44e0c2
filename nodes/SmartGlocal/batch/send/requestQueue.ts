import { MAX_TRIES, MAX_WAIT_MS, waitUnless } from '../../../api/send';
import type { Leave, RequestQueue } from '../../../api/send';
import type { BatchSettings } from '../read/batchSettings';
import { Concurrency } from './concurrency';
import { RequestRate } from './requestRate';
import { createTurns } from './eventLoop';

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

interface Waiting {
	/** It is sent even when the batch was stopped. */
	isNeeded: boolean;
	/** It is the first of its row: requests of rows that have begun go before it. */
	isFirst: boolean;
	resolve: (leave: Leave | undefined) => void;
}

/** Where requests wait for a place, for the end of a wait (HTTP 429), and for n8n's own turn. */
export class BatchQueue implements RequestQueue {
	private readonly concurrency: Concurrency;
	private readonly rate = new RequestRate();
	private readonly giveTurn = createTurns(MAX_REQUESTS_PER_TURN, (ms) => {
		if (ms > MAX_LATENESS_MS) this.concurrency.noteLateness();
	});
	/** Responses that come at the same time are taken one after another. */
	private lastTurn = Promise.resolve();

	private readonly waiting: Waiting[] = [];
	private isServing = false;

	private round = 0;
	/** Rounds since the last response that was not a request to wait. */
	private refusedRounds = 0;
	/** Whether Smart Glocal keeps asking to wait, so that the batch should end; once true, for good. */
	isRefused = false;

	/** Automatic without a number. Once `isStopped`, nothing is sent; while `isFailing`, no more at once. */
	constructor(
		parallelRequests: number | undefined,
		private readonly isStopped: () => boolean,
		isFailing?: () => boolean,
	) {
		this.concurrency = new Concurrency(parallelRequests, createBusyReader(), isFailing);
	}

	/** @param isFirst whether it is the first request of its row */
	async enter(isNeeded: boolean, isFirst = false): Promise<Leave | undefined> {
		return await new Promise((resolve) => {
			this.waiting.push({ isNeeded, isFirst, resolve });
			void this.serve();
		});
	}

	endRow(): void {
		void this.serve();
	}

	private async serve() {
		if (this.isServing) return;
		this.isServing = true;
		for (;;) {
			const isStopped = this.isStopped();
			if (isStopped) this.sendAway();
			if (this.waiting.length === 0 || !this.concurrency.hasRoom) break;
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
		const begun = this.waiting.findIndex(({ isFirst }) => !isFirst);
		return this.waiting.splice(Math.max(0, begun), 1)[0];
	}

	private sendAway() {
		for (const request of this.waiting.splice(0)) {
			if (request.isNeeded) this.waiting.push(request);
			else request.resolve(undefined);
		}
	}

	private takePlace(): Leave {
		const now = Date.now();
		const flight = this.concurrency.begin(now);
		this.rate.begin(now);
		const { round } = this;
		return async (signal, waitMs) => {
			this.lastTurn = this.lastTurn.then(this.giveTurn);
			await this.lastTurn;
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
			this.isRefused = true;
			return;
		}
		this.rate.pauseUntil(Date.now() + waitMs);
		// Requests that left before the batch was slowed down say nothing new.
		if (round !== this.round) return;
		this.round++;
		this.refusedRounds++;
		if (this.refusedRounds >= MAX_TRIES) this.isRefused = true;
		this.rate.slowDown(Date.now(), waitMs);
	}
}

/**
 * Runs one task for each row in order, each as soon as its first request has a place in the queue.
 * Tasks must not throw. Once `isStopped`, nothing more is started; ends when all that was has ended.
 */
export async function runConcurrently<Item>(
	rows: readonly Item[],
	{ batchSize, batchIntervalMs }: Pick<BatchSettings, 'batchSize' | 'batchIntervalMs'>,
	queue: BatchQueue,
	task: (row: Item, queue: RequestQueue) => Promise<void>,
	isStopped: () => boolean,
): Promise<void> {
	const running = new Set<Promise<void>>();
	for (const [position, row] of rows.entries()) {
		if (position > 0 && position % batchSize === 0) await waitUnless(isStopped, batchIntervalMs);
		const first = await queue.enter(false, true);
		if (!first) break;
		const places = [first];
		const enter = async (isNeeded: boolean) => places.pop() ?? (await queue.enter(isNeeded));
		const run = task(row, { enter }).then(async () => {
			await places.pop()?.('answered');
			queue.endRow();
			running.delete(run);
		});
		running.add(run);
	}
	await Promise.all(running);
}
