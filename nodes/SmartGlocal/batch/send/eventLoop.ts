import { sleep } from 'n8n-workflow';

/** The longest that rows are worked on before n8n gets its turn. */
const MAX_TURN_MS = 20;

/** Gives a function that lets n8n do other things, after `maxSteps` at the latest (`onPause`: for how long). */
export function createTurns(maxSteps = Infinity, onPause?: (ms: number) => void) {
	let turnEnds = Date.now() + MAX_TURN_MS;
	let steps = 0;
	return async () => {
		const begin = Date.now();
		if (begin <= turnEnds && ++steps < maxSteps) return;
		await sleep(0);
		const now = Date.now();
		turnEnds = now + MAX_TURN_MS;
		steps = 0;
		onPause?.(now - begin);
	};
}
