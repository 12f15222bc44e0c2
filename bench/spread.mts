/**
 * How far values lie from the middle between the least and the greatest of them, in percent of it.
 *
 * @param values at least one
 */
export function spreadOf(values: readonly number[]): number {
	const middle = (Math.max(...values) + Math.min(...values)) / 2;
	return ((Math.max(...values) - middle) / middle) * 100;
}
