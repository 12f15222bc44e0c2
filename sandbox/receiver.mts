import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook as it arrived. */
export interface ReceivedWebhook {
	/** Milliseconds of `performance.now()`. */
	at: number;
	url: string;
	headers: IncomingHttpHeaders;
	/** Names and values as they came, repeated ones too. */
	rawHeaders: string[];
	bytes: Buffer;
}

/** What to answer: an HTTP status, no answer at all, or a connection that is cut. */
export type ReceiverAnswer = number | 'nothing' | 'reset';

/** Plays the merchant's address for webhooks, for the sandbox's own tests. */
export interface Receiver {
	readonly url: string;
	/** Everything that arrived, in the order of arrival. */
	readonly received: ReceivedWebhook[];
	/** The most that were waiting for an answer at the same time. */
	mostAtOnce(): number;
	/** Decides what the next ones are answered, and how many milliseconds later. */
	answerWith(answer: (webhook: ReceivedWebhook) => ReceiverAnswer, afterMs?: number): void;
	/** Waits until so many webhooks have arrived, for at most 20 seconds. */
	waitFor(count: number): Promise<ReceivedWebhook[]>;
	/** Forgets what arrived and answers HTTP 200 again. */
	clear(): void;
	stop(): Promise<void>;
}

const deadlineMs = 20_000;
const politely = { answer: (): ReceiverAnswer => 200, afterMs: 0 };

/**
 * Starts to listen for webhooks on 127.0.0.1.
 *
 * @returns the receiver; call `stop` when done
 */
export async function startReceiver(): Promise<Receiver> {
	const received: ReceivedWebhook[] = [];
	let manner: { answer: (webhook: ReceivedWebhook) => ReceiverAnswer; afterMs: number } = politely;
	const counts = { now: 0, most: 0 };
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		counts.now += 1;
		counts.most = Math.max(counts.most, counts.now);
		response.once('close', () => (counts.now -= 1));
		try {
			for await (const chunk of request) chunks.push(chunk);
		} catch {
			return;
		}
		const webhook = {
			at: performance.now(),
			url: request.url ?? '',
			headers: request.headers,
			rawHeaders: request.rawHeaders,
			bytes: Buffer.concat(chunks),
		};
		received.push(webhook);
		const { answer, afterMs } = manner;
		const decided = answer(webhook);
		if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
		if (decided === 'nothing') return;
		if (decided === 'reset') request.socket.resetAndDestroy();
		else response.writeHead(decided, { location: '/elsewhere' }).end(`Answer ${decided}`);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		received,
		mostAtOnce: () => counts.most,
		answerWith: (answer, afterMs = 0) => (manner = { answer, afterMs }),
		async waitFor(count) {
			const deadline = performance.now() + deadlineMs;
			while (received.length < count) {
				if (performance.now() > deadline) {
					throw new Error(`Only ${received.length} of ${count} webhooks arrived.`);
				}
				await new Promise((resolve) => setTimeout(resolve, 2));
			}
			return received;
		},
		clear() {
			received.length = 0;
			counts.most = 0;
			manner = politely;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
