interface Timer {
	/** In milliseconds of this clock. */
	dueAt: number;
	action: () => void;
	handle?: NodeJS.Timeout;
}

/** Runs actions later. It can run faster than real time, and never keeps the process alive. */
export class Clock {
	private readonly timers = new Set<Timer>();
	/** What this clock showed at `readAt`, a time of `performance.now()`. */
	private shownMs = 0;
	private readAt = performance.now();

	/** @param speed how many times faster than real time the clock runs */
	constructor(private speed = 1) {}

	/** Runs an action after so many milliseconds of this clock. */
	after(ms: number, action: () => void): void {
		const timer: Timer = { dueAt: this.now() + ms, action };
		this.timers.add(timer);
		this.start(timer);
	}

	/** Changes the speed, also for timers that are already running. */
	setSpeed(speed: number): void {
		if (speed === this.speed) return;
		this.shownMs = this.now();
		this.readAt = performance.now();
		this.speed = speed;
		for (const timer of this.timers) {
			clearTimeout(timer.handle);
			this.start(timer);
		}
	}

	/** Cancels every action that has not run yet. */
	clear(): void {
		for (const { handle } of this.timers) clearTimeout(handle);
		this.timers.clear();
	}

	private now(): number {
		return this.shownMs + (performance.now() - this.readAt) * this.speed;
	}

	private start(timer: Timer): void {
		const delayMs = (timer.dueAt - this.now()) / this.speed;
		timer.handle = setTimeout(
			() => {
				// A timer of Node.js can fire a moment early.
				if (this.now() < timer.dueAt) {
					this.start(timer);
					return;
				}
				this.timers.delete(timer);
				timer.action();
			},
			Math.max(0, delayMs),
		);
		timer.handle.unref();
	}
}
