/**
 * Parses the format in which n8n stores an execution's data (that of the npm package `flatted`): a
 * JSON list of values, in which every string inside an object or list is the position of the value
 * it refers to. The whole is at position 0.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const known = new Map<number, unknown>();

	const valueAt = (position: number): unknown => {
		if (known.has(position)) return known.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		// Registered before it is filled, because a value may contain itself.
		const filled: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		known.set(position, filled);
		for (const [key, inner] of Object.entries(value)) {
			Object.assign(filled, { [key]: typeof inner === 'string' ? valueAt(Number(inner)) : inner });
		}
		return filled;
	};
	return valueAt(0);
}
