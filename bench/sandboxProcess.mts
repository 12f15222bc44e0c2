import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { PROJECT } from '../demo/credential.mts';
import { startSandbox } from '../sandbox/server.mts';
import { digestBodies } from './rows.mts';
import type { SandboxAsk, SandboxReport, SandboxStart } from './sandbox.mts';

// Runs in a process of its own, so that it takes no time from what is measured.

let inFlight = 0;
let mostInFlight = 0;

subscribe('http.server.request.start', (message) => {
	const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
	if (!request.url?.startsWith('/api/')) return;
	inFlight += 1;
	mostInFlight = Math.max(mostInFlight, inFlight);
	response.once('close', () => (inFlight -= 1));
});

async function serve({ publicKey, latencyMs, keepRequests }: SandboxStart) {
	const sandbox = await startSandbox({
		projects: [{ id: PROJECT, publicKey }],
		latencyMs,
		keepRequests,
		// Nothing more happens to a payout while the time is taken.
		processingMs: 24 * 60 * 60 * 1000,
	});
	const report = (): SandboxReport => {
		const { received, signatureValid, outcomes } = sandbox.counters();
		const bodies = sandbox.requests().map(({ rawBody }) => rawBody);
		const accepted = outcomes.ok ?? 0;
		return { received, signatureValid, accepted, mostInFlight, digest: digestBodies(bodies) };
	};
	process.on('message', (ask: SandboxAsk) => {
		if (ask === 'report') process.send?.(report());
		if (ask === 'reset') {
			sandbox.reset();
			mostInFlight = inFlight;
			process.send?.('done');
		}
	});
	process.send?.(sandbox.url);
}

process.once('message', (start: SandboxStart) => void serve(start));
process.once('disconnect', () => process.exit());
