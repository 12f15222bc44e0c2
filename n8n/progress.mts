/** Shows people what is going on, and every few seconds that it still is. */
export interface Progress {
	/** Prints a sentence that stays on the screen. */
	tell: (sentence: string) => void;
	/** Begins a phase, named by a sentence without its full stop. */
	phase: (text: string) => void;
	/** Ends the last phase. */
	end: () => void;
}

/**
 * Writes progress to stderr: one line that keeps changing in a terminal, a new line every `everyMs`
 * elsewhere, such as in a CI log.
 */
export function showProgress(out: NodeJS.WriteStream = process.stderr, everyMs = 15_000): Progress {
	const started = Date.now();
	let text = '';
	let timer: NodeJS.Timeout | undefined;
	const line = () => `  ${text} (${elapsed(Date.now() - started)})`;
	const say = () => out.write(out.isTTY ? `\r\x1b[K${line()}` : `${line()}\n`);
	const close = () => {
		clearInterval(timer);
		if (text && out.isTTY) out.write('\n');
		text = '';
	};
	return {
		tell: (sentence) => {
			close();
			out.write(`${sentence}\n`);
		},
		phase: (next) => {
			close();
			text = next;
			say();
			timer = setInterval(say, out.isTTY ? 1_000 : everyMs);
		},
		end: close,
	};
}

function elapsed(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	const minutes = Math.floor(seconds / 60);
	return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
