/** Gives what is put in the place of a text or a number; `path` has the keys that lead to it. */
export type ChangeValue = (value: string | number, path: readonly string[]) => unknown;

/** Deeper than any data that means something; a function that calls itself must end somewhere. */
const MAX_DEPTH = 200;
const TOO_DEEP = '…';

/**
 * Changes the texts, the numbers and the keys of JSON data. Data in which nothing changes is returned
 * itself, not as a copy; what lies deeper than 200 levels is left out.
 *
 * @param changeKey applied to each key of an object, after the values
 */
export function mapJson<T>(data: T, change: ChangeValue, changeKey = (key: string) => key): T {
	const path: string[] = [];
	const visitEntry = (key: string, value: unknown) => {
		path.push(key);
		const changed = visit(value);
		path.pop();
		return changed;
	};
	const visit = (value: unknown): unknown => {
		if (typeof value === 'string' || typeof value === 'number') return change(value, path);
		if (typeof value !== 'object' || value === null) return value;
		// A date is written as text in the end.
		if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
		if (path.length >= MAX_DEPTH) return TOO_DEEP;
		if (Array.isArray(value)) {
			const list = value.map((entry, index) => visitEntry(String(index), entry));
			return list.some((entry, index) => entry !== value[index]) ? list : value;
		}
		const entries = Object.entries(value).map(
			([key, entry]) => [key, entry, changeKey(key), visitEntry(key, entry)] as const,
		);
		const isChanged = entries.some(([key, entry, newKey, newEntry]) => {
			return newKey !== key || newEntry !== entry;
		});
		if (!isChanged) return value;
		return Object.fromEntries(entries.map(([, , key, entry]) => [key, entry]));
	};
	return visit(data) as T;
}
