/** How many rows a sentence names by their numbers. */
const MAX_NAMED_ROWS = 10;

/**
 * Names rows as people count them, from 1: "rows 4, 9, 17".
 *
 * @param indexes of the items, from 0; at least one besides the one left out
 * @param leftOut one of them that is not named
 */
export function nameRows(indexes: readonly number[], leftOut?: number): string {
	const count = indexes.length - (leftOut === undefined ? 0 : 1);
	return `${count === 1 ? 'row' : 'rows'} ${listRowNumbers(indexes, leftOut)}`;
}

/**
 * The numbers of rows as people count them, as in "4, 9, 17" or "1, 2, … and 40 more". Parameters as
 * for `nameRows`; its time does not grow with the number of rows.
 */
export function listRowNumbers(indexes: readonly number[], leftOut?: number): string {
	const first = indexes.slice(0, MAX_NAMED_ROWS + 1).filter((index) => index !== leftOut);
	const named = first.slice(0, MAX_NAMED_ROWS).map((index) => index + 1);
	const rest = indexes.length - named.length - (leftOut === undefined ? 0 : 1);
	return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** "1 row", "5 rows". */
export function countRows(count: number): string {
	return count === 1 ? '1 row' : `${count} rows`;
}
