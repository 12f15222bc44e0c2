/** How many rows a sentence names by their numbers. */
const MAX_NAMED_ROWS = 10;

/**
 * Names rows as people count them, from 1: "rows 4, 9 and 17".
 *
 * @param indexes of the items, from 0; at least one
 */
export function nameRows(indexes: readonly number[]): string {
	return `${indexes.length === 1 ? 'row' : 'rows'} ${listRowNumbers(indexes)}`;
}

/** The numbers of rows as people count them, as in "4, 9, 17" or "1, 2, … and 40 more". */
export function listRowNumbers(indexes: readonly number[]): string {
	const named = indexes.slice(0, MAX_NAMED_ROWS).map((index) => index + 1);
	const rest = indexes.length - named.length;
	return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** "1 row", "5 rows". */
export function countRows(count: number): string {
	return count === 1 ? '1 row' : `${count} rows`;
}
