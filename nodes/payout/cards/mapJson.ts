/** Gives what is put in the place of a text or a number; `path` has the keys that lead to it. */
export type ChangeValue = (value: string | number, path: readonly string[]) => unknown;

/** Deeper than any data that means something; a function that calls itself must end somewhere. */
const MAX_DEPTH = 200;
const TOO_DEEP = '…';
/** How much is changed between two turns: characters, and for each value as many as it costs more. */
const MAX_PIECE = 16_384;
const COST_PER_VALUE = 16;

/**
 * Changes the texts, the numbers and the keys of JSON data. Data in which nothing changes is returned
 * itself, not as a copy; what lies deeper than 200 levels is left out.
 *
 * @param changeKey applied to each key of an object, after the values
 */
export function mapJson<T>(data: T, change: ChangeValue, changeKey?: (key: string) => string): T {
	const pieces = mapInPieces(data, change, changeKey);
	for (;;) {
		const { done, value } = pieces.next();
		if (done) return value as T;
	}
}

/**
 * The same for data of any size.
 *
 * @param giveTurn called between pieces of the work
 */
export async function mapJsonInTurns<T>(
	data: T,
	change: ChangeValue,
	changeKey: (key: string) => string,
	giveTurn: () => Promise<void>,
): Promise<T> {
	const pieces = mapInPieces(data, change, changeKey);
	for (;;) {
		const { done, value } = pieces.next();
		if (done) return value as T;
		await giveTurn();
	}
}

/** Changes data, and pauses after each piece of the work. */
function* mapInPieces(
	data: unknown,
	change: ChangeValue,
	changeKey = (key: string) => key,
): Generator<undefined, unknown> {
	const path: string[] = [];
	let done = 0;
	const isPieceDone = (entry: unknown) => {
		done += COST_PER_VALUE + (typeof entry === 'string' ? entry.length : 0);
		if (done < MAX_PIECE) return false;
		done = 0;
		return true;
	};
	function* visit(value: unknown): Generator<undefined, unknown> {
		if (isScalar(value)) return change(value, path);
		if (typeof value !== 'object' || value === null) return value;
		// A date is written as text in the end.
		if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
		if (path.length >= MAX_DEPTH) return TOO_DEEP;
		const isList = Array.isArray(value);
		// Much faster than the entries of an object that has thousands of them.
		const keys = Object.keys(value);
		/** Only once something changes, because that is rare. */
		let copy: Array<[key: string, entry: unknown]> | undefined;
		for (const [position, key] of keys.entries()) {
			const entry = entryAt(value, key);
			path.push(key);
			const newEntry = isScalar(entry) ? change(entry, path) : yield* visit(entry);
			path.pop();
			const newKey = isList ? key : changeKey(key);
			if (!copy && (newKey !== key || newEntry !== entry)) {
				copy = keys.slice(0, position).map((same) => [same, entryAt(value, same)]);
			}
			copy?.push([newKey, newEntry]);
			if (isPieceDone(entry)) yield;
		}
		if (!copy) return value;
		return isList ? copy.map(([, entry]) => entry) : Object.fromEntries(copy);
	}
	return yield* visit(data);
}

function entryAt(value: object, key: string): unknown {
	return (value as Record<string, unknown>)[key];
}

function isScalar(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}
