/** Tells people what is being done, and every few seconds that it is still being done. */
export interface Progress {
	/** Says something that stays to be read. */
	tell: (sentence: string) => void;
	/** A new phase has begun: a sentence without its full stop. */
	phase: (text: string) => void;
	/** The work has ended: the last line of the phase is closed. */
	end: () => void;
}

/**
 * Writes progress to the error output: one line that is kept up to date in a terminal, and a line
 * every `everyMs` elsewhere (in a log of CI, for example).
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
