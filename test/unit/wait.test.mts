import { waitUnless } from '../../nodes/api/send';

const never = () => false;

test.each([50, 250])('a wait of %i ms lasts as long as it was told to', async (ms) => {
	const begin = performance.now();
	await waitUnless(never, ms);
	expect(performance.now() - begin).toBeGreaterThan(ms - 5);
	expect(performance.now() - begin).toBeLessThan(ms + 1_000);
});

test('a wait of no time is none', async () => {
	const timers = jest.spyOn(globalThis, 'setTimeout');
	for (const ms of [0, -5]) await waitUnless(never, ms);
	expect(timers).not.toHaveBeenCalled();
	timers.mockRestore();
});

test('a wait ends soon when the execution is cancelled, and at once when it was', async () => {
	const controller = new AbortController();
	const isOver = () => controller.signal.aborted;
	setTimeout(() => controller.abort(), 20);
	const begin = performance.now();
	await waitUnless(isOver, 2_000);
	expect(performance.now() - begin).toBeLessThan(1_500);

	const timers = jest.spyOn(globalThis, 'setTimeout');
	await waitUnless(isOver, 2_000);
	expect(timers).not.toHaveBeenCalled();
	timers.mockRestore();
});

test('a wait leaves no timer behind, however it ended', async () => {
	const begun = jest.spyOn(globalThis, 'setTimeout');
	let isOver = false;
	const waits = [waitUnless(never, 30), waitUnless(() => isOver, 2_000)];
	isOver = true;
	await Promise.all(waits);
	const timers = begun.mock.results.map(({ value }) => value as NodeJS.Timeout);
	expect(timers.length).toBeGreaterThanOrEqual(2);
	// A timer that has run or was cleared is destroyed.
	expect(timers.filter((timer) => Reflect.get(timer, '_destroyed') !== true)).toEqual([]);
	begun.mockRestore();
});
