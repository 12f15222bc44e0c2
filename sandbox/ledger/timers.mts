// Node.js fires timers that are longer than this at once.
const longestDelay = 2_147_483_647;

/** The timers of the life cycle. None of them keeps the process alive. */
export class Timers {
	private readonly running = new Set<NodeJS.Timeout>();

	/**
	 * Runs something later.
	 *
	 * @param ms the delay in milliseconds, at most 24 days (longer ones are cut to that)
	 * @param action what to run
	 */
	after(ms: number, action: () => void): void {
		const timer = setTimeout(
			() => {
				this.running.delete(timer);
				action();
			},
			Math.min(ms, longestDelay),
		);
		timer.unref();
		this.running.add(timer);
	}

	/** Calls everything off. */
	clear(): void {
		for (const timer of this.running) clearTimeout(timer);
		this.running.clear();
	}
}
