const TICK_MS = 20;

/**
 * A run that keeps n8n from everything else for so long is a violation. A hostile text that is read in
 * quadratic time takes several times as long; n8n's own work on a batch, much less.
 */
export const MAX_FREEZE_MS = 2_000;

/**
 * Measures for how long nothing else could run in this process.
 *
 * @returns ends the measurement and gives the longest time in ms, without the time in which a busy
 *   machine let other processes run
 */
export function watchFreezes(): () => number {
	let longest = 0;
	let last = { at: performance.now(), cpu: process.cpuUsage() };
	const tick = () => {
		const at = performance.now();
		const { user, system } = process.cpuUsage(last.cpu);
		longest = Math.max(longest, Math.min(at - last.at, (user + system) / 1_000));
		last = { at, cpu: process.cpuUsage() };
	};
	const timer = setInterval(tick, TICK_MS).unref();
	return () => {
		clearInterval(timer);
		tick();
		return Math.round(longest);
	};
}
