/** Node.js fires a timer with a longer delay immediately, so a longer one is set again and again. */
const MAX_TIMER_MS = 2_147_483_647;

interface Timer {
	/** In milliseconds of this clock. */
	dueAt: number;
	action: () => void;
	handle?: NodeJS.Timeout;
}

/**
 * Runs actions later. It can run faster than real time and be moved forward, and never keeps the
 * process alive.
 */
export class Clock {
	private readonly timers = new Set<Timer>();
	/** What this clock showed at `readAt`, a time of `performance.now()`. */
	private shownMs = 0;
	private readAt = performance.now();
	/** How far it was moved forward. */
	private movedMs = 0;

	/** @param speed how many times faster than real time the clock runs */
	constructor(private speed = 1) {}

	/** Today's date and time, as far ahead as the clock was moved forward. */
	date(): Date {
		return new Date(Date.now() + this.movedMs);
	}

	/** Runs an action after so many milliseconds of this clock. */
	after(ms: number, action: () => void): void {
		const timer: Timer = { dueAt: this.now() + ms, action };
		this.timers.add(timer);
		this.start(timer);
	}

	/** Changes the speed, also for timers that are already running. */
	setSpeed(speed: number): void {
		if (speed === this.speed) return;
		this.show(this.now());
		this.speed = speed;
		this.restart();
	}

	/** Moves the clock forward and runs at once, each at its time, the actions that are due then. */
	forward(ms: number): void {
		const end = this.now() + ms;
		for (let next = this.nextBefore(end); next !== undefined; next = this.nextBefore(end)) {
			this.jump(next.dueAt);
			this.run(next);
		}
		this.jump(end);
		this.restart();
	}

	/** Cancels every action that has not run yet, and sets the date to today again. */
	clear(): void {
		for (const { handle } of this.timers) clearTimeout(handle);
		this.timers.clear();
		this.movedMs = 0;
	}

	private now(): number {
		return this.shownMs + (performance.now() - this.readAt) * this.speed;
	}

	private show(ms: number): void {
		this.shownMs = ms;
		this.readAt = performance.now();
	}

	private jump(target: number): void {
		const now = this.now();
		if (target <= now) return;
		this.movedMs += target - now;
		this.show(target);
	}

	private nextBefore(end: number): Timer | undefined {
		let next: Timer | undefined;
		for (const timer of this.timers) {
			if (timer.dueAt <= end && timer.dueAt < (next?.dueAt ?? Infinity)) next = timer;
		}
		return next;
	}

	private run(timer: Timer): void {
		clearTimeout(timer.handle);
		this.timers.delete(timer);
		timer.action();
	}

	private restart(): void {
		for (const timer of this.timers) {
			clearTimeout(timer.handle);
			this.start(timer);
		}
	}

	private start(timer: Timer): void {
		const delayMs = (timer.dueAt - this.now()) / this.speed;
		timer.handle = setTimeout(
			() => {
				if (this.now() < timer.dueAt) this.start(timer);
				else this.run(timer);
			},
			Math.min(Math.max(0, delayMs), MAX_TIMER_MS),
		);
		timer.handle.unref();
	}
}
