import { setTimeout as sleep } from 'node:timers/promises';

/** How often to look, for how long, and the error when that was not enough. */
export interface PollOptions {
	/** 200 by default. */
	everyMs?: number;
	/** A minute by default. */
	withinMs?: number;
	/** A sentence. */
	tooLate: string;
}

/** Calls `read` until it returns something other than undefined, and returns that. */
export async function poll<T>(
	read: () => Promise<T | undefined> | T | undefined,
	{ everyMs = 200, withinMs = 60_000, tooLate }: PollOptions,
): Promise<T> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const found = await read();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(tooLate);
		await sleep(everyMs);
	}
}

/** Waits until something holds. */
export async function waitUntil(
	holds: () => Promise<boolean> | boolean,
	tooLate: string,
	times: Omit<PollOptions, 'tooLate'> = {},
): Promise<void> {
	await poll(async () => (await holds()) || undefined, { ...times, tooLate });
}
