/** Keeps the newest entries and drops the oldest. */
export class History<Entry> {
	private kept: Entry[] = [];

	constructor(private readonly maxEntries: number) {}

	add(entry: Entry): void {
		if (this.maxEntries > 0) this.kept.push(entry);
		if (this.kept.length > this.maxEntries) this.kept.shift();
	}

	/** The entries, oldest first. */
	entries(): readonly Entry[] {
		return this.kept;
	}

	clear(): void {
		this.kept = [];
	}
}
