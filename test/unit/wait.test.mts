import { waitUnlessCancelled } from '../../nodes/SmartGlocal/transport/dispatch';

test('a wait lasts as long as it was told to', async () => {
	const begin = performance.now();
	await waitUnlessCancelled(50, new AbortController().signal);
	await waitUnlessCancelled(50, undefined);
	expect(performance.now() - begin).toBeGreaterThan(95);
});

test('a wait ends at once when the execution is cancelled, or was', async () => {
	const begin = performance.now();
	const controller = new AbortController();
	setTimeout(() => controller.abort(), 20);
	await waitUnlessCancelled(2_000, controller.signal);
	await waitUnlessCancelled(2_000, controller.signal);
	expect(performance.now() - begin).toBeLessThan(1_000);
});

test('a wait leaves no timer behind when it was cancelled', async () => {
	const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
	const before = timers().length;
	const controller = new AbortController();
	const wait = waitUnlessCancelled(2_000, controller.signal);
	controller.abort();
	await wait;
	expect(timers()).toHaveLength(before);
});

test('a wait leaves no listener behind', async () => {
	const { signal } = new AbortController();
	const added = jest.spyOn(signal, 'addEventListener');
	const removed = jest.spyOn(signal, 'removeEventListener');
	for (let n = 0; n < 20; n++) await waitUnlessCancelled(1, signal);
	expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
		added.mock.calls.map(([, listener]) => listener),
	);
});
