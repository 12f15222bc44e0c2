import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { PROJECT } from '../n8n/credential.mts';
import { startSandbox } from '../sandbox/server.mts';
import type { SandboxCommand, SandboxReport, SandboxStart } from './benchSandbox.mts';
import { digestBodies } from './rows.mts';
import { LONG_TAIL, longTailFaults } from './servers.mts';

// A process of its own, so that it takes no time from what is measured.

/** All of them, so that every byte can be compared. */
const KEEP_REQUESTS = 1_000_000;

let inFlight = 0;
let maxInFlight = 0;

subscribe('http.server.request.start', (message) => {
	const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
	if (!request.url?.startsWith('/api/')) return;
	inFlight += 1;
	maxInFlight = Math.max(maxInFlight, inFlight);
	response.once('close', () => (inFlight -= 1));
});

async function serve({ publicKey }: SandboxStart) {
	const sandbox = await startSandbox({
		projects: [{ id: PROJECT, publicKey }],
		keepRequests: KEEP_REQUESTS,
		// Payouts must not change while the time is taken.
		processingMs: 24 * 60 * 60 * 1000,
	});
	const report = (): SandboxReport => {
		const { received, signatureValid, outcomes } = sandbox.counters();
		const accepted = sandbox.requests().filter(({ outcome }) => outcome === 'ok');
		const times = sandbox.books.keys().map((key) => sandbox.books.paidTimes(key));
		return {
			received,
			signatureValid,
			refused: outcomes.status_429 ?? 0,
			paid: times.filter((count) => count > 0).length,
			paidAgain: times.filter((count) => count > 1).length,
			maxInFlight,
			digest: digestBodies(accepted.map(({ rawBody }) => rawBody)),
		};
	};
	process.on('message', (command: SandboxCommand) => {
		if (command === 'report') {
			process.send?.(report());
			return;
		}
		const { latency, requestsPerSecond = null } = command;
		sandbox.reset();
		sandbox.changeSettings({
			latencyMs: latency === LONG_TAIL ? 0 : latency,
			requestsPerSecond,
		});
		sandbox.setFaults(latency === LONG_TAIL ? longTailFaults() : []);
		maxInFlight = inFlight;
		process.send?.('done');
	});
	process.send?.(sandbox.url);
}

process.once('message', (start: SandboxStart) => void serve(start));
process.once('disconnect', () => process.exit());
