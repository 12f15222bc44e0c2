import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 50;
const PAGE_BYTES = 4096;

/** The resident memory of a process over time. */
export interface MemoryWatch {
	/** The most memory in bytes at times in ms since 1970; undefined where there is no /proc. */
	peakBetween: (from: number, to: number) => number | undefined;
	stop: () => void;
}

/** Looks at a process's memory now and every 50 ms until stopped. */
export function watchMemory(pid: number): MemoryWatch {
	const samples: Array<{ at: number; bytes: number }> = [];
	const look = () => {
		const bytes = residentMemory(pid);
		if (bytes !== undefined) samples.push({ at: Date.now(), bytes });
	};
	look();
	const looks = setInterval(look, LOOK_EVERY_MS);
	return {
		peakBetween: (from, to) => {
			const within = samples.filter(({ at }) => at >= from && at <= to);
			return within.length === 0 ? undefined : Math.max(...within.map(({ bytes }) => bytes));
		},
		stop: () => clearInterval(looks),
	};
}

export function residentMemory(pid: number): number | undefined {
	try {
		const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
		return Number(pages) * PAGE_BYTES;
	} catch {
		return undefined;
	}
}
