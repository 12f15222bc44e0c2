/** A cache that forgets its oldest entry when it is full. */
export class BoundedCache<Value> {
	private readonly entries = new Map<string, Value>();

	constructor(private readonly maxEntries: number) {}

	get(name: string): Value | undefined {
		return this.entries.get(name);
	}

	set(name: string, value: Value): void {
		this.entries.delete(name);
		const [oldest] = this.entries.keys();
		if (this.entries.size >= this.maxEntries && oldest !== undefined) this.entries.delete(oldest);
		this.entries.set(name, value);
	}
}
