import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SandboxReport } from './benchSandbox.mts';
import type { BenchServer } from './servers.mts';

// A process of its own that does no more than answer: it checks nothing and keeps nothing, so that it
// slows no way of paying down.

/** Each payout has a session of its own, as at Smart Glocal. */
function accept(number: number): string {
	const payments = [{ id: `po_${number}`, status: 'in_progress' }];
	const session = { id: `ps_${number}`, status: 'in_progress', payments };
	return JSON.stringify({ status: 'ok', session });
}

let latencyMs = 0;
let mostInFlight = Infinity;
let inFlight = 0;
const NOTHING = { received: 0, refused: 0, paid: 0, maxInFlight: 0 };

let counts = { ...NOTHING };

const server = createServer((request, response) => {
	counts.received++;
	response.once('close', () => inFlight--);
	counts.maxInFlight = Math.max(counts.maxInFlight, ++inFlight);
	request.resume();
	const isRefused = inFlight > mostInFlight;
	if (isRefused) {
		counts.refused++;
		response.writeHead(429, { 'Retry-After': '1' }).end();
		return;
	}
	setTimeout(() => {
		counts.paid++;
		const text = accept(counts.paid);
		response.writeHead(200, { 'Content-Type': 'application/json' }).end(text);
	}, latencyMs);
});

function report(): SandboxReport {
	const { received } = counts;
	return { ...counts, signatureValid: received, paidAgain: 0, digest: undefined };
}

process.on('message', (command: 'start' | 'report' | BenchServer) => {
	if (command === 'report') process.send?.(report());
	else if (command === 'start') {
		server.listen(0, '127.0.0.1', () => {
			process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		});
	} else {
		latencyMs = Number(command.latency);
		mostInFlight = command.mostInFlight ?? Infinity;
		counts = { ...NOTHING };
		process.send?.('done');
	}
});
process.once('disconnect', () => process.exit());
