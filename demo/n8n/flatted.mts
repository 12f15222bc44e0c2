/**
 * Reads the format that n8n keeps an execution's data in (that of the npm package `flatted`): a
 * JSON list of values in which every text inside an object or a list is the position of the value
 * meant. Position 0 is the whole.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const known = new Map<number, unknown>();

	const valueAt = (position: number): unknown => {
		if (known.has(position)) return known.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		// Entered before it is filled, because a value may contain itself.
		const filled: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		known.set(position, filled);
		for (const [key, inner] of Object.entries(value)) {
			Object.assign(filled, { [key]: typeof inner === 'string' ? valueAt(Number(inner)) : inner });
		}
		return filled;
	};
	return valueAt(0);
}
