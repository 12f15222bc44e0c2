/** A map that forgets its oldest entry when it is full. */
export class BoundedCache<Value> extends Map<string, Value> {
	constructor(private readonly maxEntries: number) {
		super();
	}

	override set(name: string, value: Value): this {
		this.delete(name);
		const [oldest] = this.keys();
		if (this.size >= this.maxEntries && oldest !== undefined) this.delete(oldest);
		return super.set(name, value);
	}
}
