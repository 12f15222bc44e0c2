import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PROBE_EVERY_MS = 20;

/** Requests to n8n's own HTTP server, every 20 ms, from outside. */
export interface HealthProbe {
	/** Ends the requests. Returns when each response came, in ms since 1970. */
	stop: () => Promise<number[]>;
}

/** Asks the n8n at `url` for its health until it is stopped. */
export function probeHealth(url: string): HealthProbe {
	const responses: number[] = [];
	let stopped = false;
	const probing = (async () => {
		const agent = new Agent({ keepAlive: true });
		while (!stopped) {
			const next = Date.now() + PROBE_EVERY_MS;
			if (await responds(`${url}/healthz`, agent)) responses.push(Date.now());
			await sleep(Math.max(0, next - Date.now()));
		}
		agent.destroy();
	})();
	return {
		stop: async () => {
			stopped = true;
			await probing;
			return responses;
		},
	};
}

async function responds(url: string, agent: Agent): Promise<boolean> {
	return await new Promise<boolean>((resolve) => {
		get(url, { agent }, (response) => response.resume().once('end', () => resolve(true))).once(
			'error',
			() => resolve(false),
		);
	});
}

/** The longest time without a response between `from` and `to`; all in ms. */
export function longestGap(responses: readonly number[], from: number, to: number): number {
	const within = responses.filter((at) => at > from && at < to);
	const moments = [from, ...within, to];
	return Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? at)));
}
