// Node.js fires timers that are longer than this at once.
const longestDelay = 2_147_483_647;

interface Waiting {
	/** Milliseconds of this clock that were left when the timer was set. */
	left: number;
	since: number;
	action: () => void;
	timer: NodeJS.Timeout;
}

/** A clock that can run faster than real time. None of its timers keeps the process alive. */
export class Clock {
	private readonly waiting = new Set<Waiting>();

	/**
	 * @param speed how many times faster than real time it runs
	 */
	constructor(private speed: number) {}

	/**
	 * Runs something later.
	 *
	 * @param ms the delay in milliseconds of this clock
	 * @param action what to run
	 */
	after(ms: number, action: () => void): void {
		const entry = { left: ms, action } as Waiting;
		this.start(entry);
		this.waiting.add(entry);
	}

	/**
	 * Changes the speed, also for what is waiting already.
	 *
	 * @param speed how many times faster than real time the clock runs from now on
	 */
	setSpeed(speed: number): void {
		if (speed === this.speed) return;
		const now = performance.now();
		for (const entry of this.waiting) {
			clearTimeout(entry.timer);
			entry.left = Math.max(0, entry.left - (now - entry.since) * this.speed);
		}
		this.speed = speed;
		for (const entry of this.waiting) this.start(entry);
	}

	/** Calls everything off. */
	clear(): void {
		for (const { timer } of this.waiting) clearTimeout(timer);
		this.waiting.clear();
	}

	private start(entry: Waiting): void {
		entry.since = performance.now();
		entry.timer = setTimeout(
			() => {
				this.waiting.delete(entry);
				entry.action();
			},
			Math.min(entry.left / this.speed, longestDelay),
		);
		entry.timer.unref();
	}
}
