import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook as it arrived. */
export interface ReceivedWebhook {
	url: string;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
}

/** How to respond: with an HTTP status, never, or by resetting the connection. */
export type ReceiverResponse = number | 'never' | 'reset';

/** The address that receives a partner's webhooks. */
export interface WebhookReceiver {
	/** Changes when the receiver is cleared. */
	readonly url: string;
	/** Everything that arrived, in the order of arrival. */
	readonly received: ReceivedWebhook[];
	/** Decides how to respond to the next webhooks. */
	respondWith(respond: (webhook: ReceivedWebhook) => ReceiverResponse): void;
	/** Waits until so many webhooks have arrived; throws after 20 seconds. */
	waitFor(count: number): Promise<ReceivedWebhook[]>;
	/** Forgets what arrived and responds with HTTP 200 again. */
	clear(): void;
	stop(): Promise<void>;
}

const WAIT_LIMIT_MS = 20_000;

/** Starts to listen for webhooks on 127.0.0.1. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
	const received: ReceivedWebhook[] = [];
	let generation = 0;
	let path = `/webhook/${generation}`;
	let respond: (webhook: ReceivedWebhook) => ReceiverResponse = () => 200;
	const server = createServer(async (request, response) => {
		if (request.url !== path) {
			// A late webhook of an earlier test.
			response.end();
			return;
		}
		const chunks: Buffer[] = [];
		try {
			for await (const chunk of request) chunks.push(chunk);
		} catch {
			return;
		}
		const { url = '', headers } = request;
		const webhook = { url, headers, bytes: Buffer.concat(chunks) };
		received.push(webhook);
		const decided = respond(webhook);
		if (decided === 'never') return;
		if (decided === 'reset') request.socket.resetAndDestroy();
		else response.writeHead(decided, { location: '/elsewhere' }).end(`HTTP ${decided}`);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		get url() {
			return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
		},
		received,
		respondWith(next) {
			respond = next;
		},
		async waitFor(count) {
			const deadline = performance.now() + WAIT_LIMIT_MS;
			while (received.length < count) {
				if (performance.now() > deadline) {
					throw new Error(`Only ${received.length} of ${count} webhooks arrived.`);
				}
				await new Promise((resolve) => setTimeout(resolve, 2));
			}
			return received;
		},
		clear() {
			generation += 1;
			path = `/webhook/${generation}`;
			received.length = 0;
			respond = () => 200;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
