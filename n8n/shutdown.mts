import { stopEverything } from './processes.mts';

/** Ends everything a run has started: when the run is over, or when somebody stops it. */
export interface Shutdown {
	/** Whether somebody has asked the run to stop. */
	asked: () => boolean;
	/** Resolves when somebody asks the run to stop. */
	whenAsked: Promise<void>;
	/** Remembers how to end something; the last one remembered ends first. */
	remember: (end: () => Promise<void>) => void;
	/** Ends everything that was remembered. */
	finish: () => Promise<void>;
}

/**
 * Listens for Ctrl-C, a closed terminal and a polite kill. Stops running programs at once, so that
 * whatever waits for them goes on. A second Ctrl-C kills them.
 */
export function listenForStop(say: (text: string) => void): Shutdown {
	const ends: Array<() => Promise<void>> = [];
	let asked = false;
	let resolve: () => void = () => undefined;
	const whenAsked = new Promise<void>((done) => (resolve = done));
	const onSignal = () => {
		if (asked) return void stopEverything(0);
		asked = true;
		say('\nStopping everything that was started.');
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
