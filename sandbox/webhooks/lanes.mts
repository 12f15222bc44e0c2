/** Lets only some through at the same time; the others wait in line. */
export class Lanes {
	private busy = 0;
	private readonly line: (() => void)[] = [];

	/**
	 * @param width how many may be under way at the same time; asked each time, so it can change
	 */
	constructor(private readonly width: () => number) {}

	/** Waits for a free lane. Whoever comes through must call `leave` in the end. */
	async enter(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.line.push(resolve);
			this.open();
		});
	}

	/** Makes a lane free again. */
	leave(): void {
		this.busy -= 1;
		this.open();
	}

	/** Lets through as many as there is room for, for example after the width has changed. */
	open(): void {
		while (this.busy < this.width()) {
			const next = this.line.shift();
			if (next === undefined) return;
			this.busy += 1;
			next();
		}
	}

	/** Lets everybody through at once, so that nobody waits for ever. */
	openAll(): void {
		this.busy += this.line.length;
		for (const next of this.line.splice(0)) next();
	}
}
