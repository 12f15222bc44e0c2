import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { PROJECT } from '../n8n/credential.mts';
import { startSandbox } from '../sandbox/server.mts';
import type { SandboxCommand, SandboxReport, SandboxStart } from './benchSandbox.mts';
import { digestBodies } from './rows.mts';

// A process of its own, so that it takes no time from what is measured.

let inFlight = 0;
let maxInFlight = 0;

subscribe('http.server.request.start', (message) => {
	const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
	if (!request.url?.startsWith('/api/')) return;
	inFlight += 1;
	maxInFlight = Math.max(maxInFlight, inFlight);
	response.once('close', () => (inFlight -= 1));
});

async function serve({ publicKey, latencyMs, keepRequests }: SandboxStart) {
	const sandbox = await startSandbox({
		projects: [{ id: PROJECT, publicKey }],
		latencyMs,
		keepRequests,
		// Payouts must not change while the time is taken.
		processingMs: 24 * 60 * 60 * 1000,
	});
	const report = (): SandboxReport => {
		const { received, signatureValid, outcomes } = sandbox.counters();
		const bodies = sandbox.requests().map(({ rawBody }) => rawBody);
		const accepted = outcomes.ok ?? 0;
		return { received, signatureValid, accepted, maxInFlight, digest: digestBodies(bodies) };
	};
	process.on('message', (command: SandboxCommand) => {
		if (command === 'report') process.send?.(report());
		if (command === 'reset') {
			sandbox.reset();
			maxInFlight = inFlight;
			process.send?.('done');
		}
	});
	process.send?.(sandbox.url);
}

process.once('message', (start: SandboxStart) => void serve(start));
process.once('disconnect', () => process.exit());
