/** Node.js fires a timer with a longer delay immediately. */
const MAX_TIMER_MS = 2_147_483_647;

interface PendingTimer {
	/** In milliseconds of this clock, as of `startedAt`. */
	remainingMs: number;
	startedAt: number;
	action: () => void;
	handle?: NodeJS.Timeout;
}

/** Runs actions later. It can run faster than real time, and never keeps the process alive. */
export class Clock {
	private readonly pending = new Set<PendingTimer>();

	/** @param speed how many times faster than real time the clock runs */
	constructor(private speed = 1) {}

	/** Runs an action after so many milliseconds of this clock. */
	after(ms: number, action: () => void): void {
		const timer: PendingTimer = { remainingMs: ms, startedAt: 0, action };
		this.pending.add(timer);
		this.start(timer);
	}

	/** Changes the speed, also for timers that are already running. */
	setSpeed(speed: number): void {
		if (speed === this.speed) return;
		const now = performance.now();
		for (const timer of this.pending) {
			clearTimeout(timer.handle);
			timer.remainingMs = Math.max(0, timer.remainingMs - (now - timer.startedAt) * this.speed);
		}
		this.speed = speed;
		for (const timer of this.pending) this.start(timer);
	}

	/** Cancels every action that has not run yet. */
	clear(): void {
		for (const { handle } of this.pending) clearTimeout(handle);
		this.pending.clear();
	}

	private start(timer: PendingTimer): void {
		timer.startedAt = performance.now();
		const delayMs = Math.min(timer.remainingMs / this.speed, MAX_TIMER_MS);
		timer.handle = setTimeout(() => {
			this.pending.delete(timer);
			timer.action();
		}, delayMs);
		timer.handle.unref();
	}
}
