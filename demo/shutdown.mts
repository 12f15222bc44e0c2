import { stopEverything } from './n8n/processes.mts';

/** Ends what a run has started, when it is over and when somebody stops it. */
export interface Shutdown {
	/** Whether somebody has asked the run to stop. */
	asked: () => boolean;
	/** Resolves when somebody asks the run to stop. */
	whenAsked: Promise<void>;
	/** Remembers how to end something; the last one remembered is ended first. */
	remember: (end: () => Promise<void>) => void;
	/** Ends everything that was remembered. */
	finish: () => Promise<void>;
}

/**
 * Listens to Ctrl-C, to the closing of the terminal and to a polite kill. Programs that are running
 * are stopped at once, so that whatever waits for them goes on. A second Ctrl-C does not wait.
 */
export function listenForStop(say: (text: string) => void): Shutdown {
	const ends: Array<() => Promise<void>> = [];
	let asked = false;
	let resolve: () => void = () => undefined;
	const whenAsked = new Promise<void>((done) => (resolve = done));
	const onSignal = () => {
		if (asked) return void stopEverything(0);
		asked = true;
		say('\nStopping: everything that was started is being ended.');
		resolve();
		void stopEverything();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
	return {
		asked: () => asked,
		whenAsked,
		remember: (end) => void ends.push(end),
		finish: async () => {
			for (const end of ends.reverse()) await end().catch(() => undefined);
			await stopEverything();
		},
	};
}
