import { sleep } from 'n8n-workflow';

/** The longest that rows are worked on before n8n gets its turn. */
const MAX_TURN_MS = 20;

/** Gives a function to call between the steps of long work: it lets n8n do other things meanwhile. */
export function createTurns(): () => Promise<void> {
	let turnEnds = Date.now() + MAX_TURN_MS;
	return async () => {
		if (Date.now() <= turnEnds) return;
		await sleep(0);
		turnEnds = Date.now() + MAX_TURN_MS;
	};
}
