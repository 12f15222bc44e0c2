import { findSlowGrowth, inputsOf } from '../support/growth.mts';

/** Keeps the processor busy for as many steps. */
function compute(steps: number): number {
	let sum = 0;
	for (let step = 0; step < steps; step++) sum = (sum * 31 + step) % 1_000_003;
	return sum;
}

const sizes = inputsOf((size) => size, 4_096);
/** So that a moment is enough to measure the small input too. */
const HARMLESS_MS = 10;

test('finds work that grows with the square of its input', async () => {
	expect(await findSlowGrowth((size) => compute(size ** 2), sizes, HARMLESS_MS)).toMatch(
		/^\d+\.\d ms for 16 times what takes \d+\.\d ms$/,
	);
});

test.each([
	['as its input', (size: number) => size * 1_000],
	['as its input and the logarithm of it', (size: number) => size * 100 * Math.log2(size)],
	['not at all', () => 5_000_000],
])('has nothing against work that grows %s', async (_growth, stepsOf) => {
	expect(
		await findSlowGrowth((size) => compute(stepsOf(size)), sizes, HARMLESS_MS),
	).toBeUndefined();
});
