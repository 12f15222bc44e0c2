import { setTimeout as sleep } from 'node:timers/promises';

/** How often to look, for how long, and the error when that was not enough. */
export interface PollOptions {
	everyMs: number;
	withinMs: number;
	/** A sentence. */
	tooLate: string;
}

/** Calls `read` until it returns something other than undefined, and returns that. */
export async function poll<T>(
	read: () => Promise<T | undefined> | T | undefined,
	{ everyMs, withinMs, tooLate }: PollOptions,
): Promise<T> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const found = await read();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(tooLate);
		await sleep(everyMs);
	}
}
