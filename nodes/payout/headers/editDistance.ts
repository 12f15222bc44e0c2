/**
 * Counts the typing mistakes between two words: letters left out, added, changed or swapped with the
 * next one. Its time grows with the product of their lengths.
 */
export function countTypos(written: string, meant: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: meant.length + 1 }, (_, index) => index);
	for (let row = 1; row <= written.length; row++) {
		const current = [row];
		for (let column = 1; column <= meant.length; column++) {
			const isSame = written[row - 1] === meant[column - 1];
			const isSwapped =
				written[row - 1] === meant[column - 2] && written[row - 2] === meant[column - 1];
			current[column] = Math.min(
				at(last, column) + 1,
				at(current, column - 1) + 1,
				at(last, column - 1) + (isSame ? 0 : 1),
				isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
			);
		}
		[beforeLast, last] = [last, current];
	}
	return at(last, meant.length);
}

function at(counts: readonly number[], index: number): number {
	return counts[index] ?? Infinity;
}
