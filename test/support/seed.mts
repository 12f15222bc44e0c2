/**
 * Draws the seed of a property whose test also counts what was drawn: only fast-check says by itself
 * which seed it took, and only where the property fails.
 */
export function drawSeed(): number {
	return Math.floor(Math.random() * 2 ** 31);
}
