import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What was seen of a process while it worked. */
export interface Watched {
	/** When n8n's own HTTP server answered, in ms since 1970. */
	answers: number[];
	/** Resident memory in bytes, and when. */
	memory: Array<{ at: number; rss: number }>;
}

const PROBE_EVERY_MS = 20;
const LOOK_AT_MEMORY_EVERY_MS = 50;

/**
 * Asks n8n for its health every 20 ms, from outside, and looks at its memory, until `work` is done.
 */
export async function watchWhile<T>(
	url: string,
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; watched: Watched }> {
	const watched: Watched = { answers: [], memory: [] };
	let done = false;
	const probes = (async () => {
		const agent = new Agent({ keepAlive: true });
		while (!done) {
			const next = Date.now() + PROBE_EVERY_MS;
			await answerOf(`${url}/healthz`, agent);
			watched.answers.push(Date.now());
			await sleep(Math.max(0, next - Date.now()));
		}
		agent.destroy();
	})();
	const looks = setInterval(() => {
		const rss = residentMemory(pid);
		if (rss !== undefined) watched.memory.push({ at: Date.now(), rss });
	}, LOOK_AT_MEMORY_EVERY_MS);
	try {
		return { result: await work(), watched };
	} finally {
		done = true;
		clearInterval(looks);
		await probes;
	}
}

async function answerOf(url: string, agent: Agent): Promise<void> {
	await new Promise<void>((resolve) => {
		get(url, { agent }, (response) => response.resume().once('end', resolve)).once('error', () =>
			setTimeout(resolve, PROBE_EVERY_MS),
		);
	});
}

/** The longest time without an answer that falls into a span of time; all in ms. */
export function longestGap(answers: readonly number[], from: number, to: number): number {
	let longest = 0;
	for (const [index, answer] of answers.entries()) {
		const previous = answers[index - 1] ?? from;
		longest = Math.max(longest, Math.min(answer, to) - Math.max(previous, from));
	}
	return Math.max(longest, to - Math.max(from, answers.at(-1) ?? from));
}

/** The resident memory of a process in bytes; undefined where there is no /proc. */
export function residentMemory(pid: number): number | undefined {
	try {
		const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
		return Number(pages) * 4096;
	} catch {
		return undefined;
	}
}
