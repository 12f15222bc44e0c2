import type { Readable } from 'node:stream';
import axios from 'axios';
import type { Sealed } from './delivery.mts';

const longestAnswer = 300;

/** What came back for a webhook. */
export interface WebhookAnswer {
	status: number | null;
	error: string | null;
	answer: string;
}

async function beginningOf(stream: Readable): Promise<string> {
	let text = '';
	try {
		for await (const chunk of stream) {
			if (text.length < longestAnswer) text += String(chunk);
		}
	} catch {
		// The status has been received, and nothing but the status counts.
	}
	return text.slice(0, longestAnswer);
}

function present(headers: Sealed['headers']): Record<string, string | string[] | false> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, value === null ? false : value]),
	);
}

/** Posts webhooks. Every one uses a connection of its own, which is closed afterwards. */
export class Postman {
	private readonly flights = new Set<AbortController>();
	private hasHungUp = false;

	/**
	 * Posts a webhook, byte for byte. Redirects are not followed.
	 *
	 * @param url where to
	 * @param sealed the bytes and headers
	 * @param timeoutMs how long to wait for the whole answer
	 * @returns the answer, or why there was none; nothing is thrown
	 */
	async post(url: string, sealed: Sealed, timeoutMs: number): Promise<WebhookAnswer> {
		if (this.hasHungUp) return { status: null, error: 'not sent', answer: '' };
		const flight = new AbortController();
		this.flights.add(flight);
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			flight.abort();
		}, timeoutMs);
		timer.unref();
		try {
			const { status, data } = await axios.request<Readable>({
				method: 'POST',
				url,
				data: sealed.bytes,
				headers: { 'User-Agent': 'smart-glocal-sandbox', ...present(sealed.headers) },
				transformRequest: (bytes: Buffer) => bytes,
				responseType: 'stream',
				decompress: false,
				maxRedirects: 0,
				proxy: false,
				signal: flight.signal,
				validateStatus: () => true,
			});
			return { status, error: null, answer: await beginningOf(data) };
		} catch (failure) {
			const { code, message } = failure as { code?: string; message: string };
			const error = late ? `no answer within ${timeoutMs} ms` : (code ?? message);
			return { status: null, error, answer: '' };
		} finally {
			clearTimeout(timer);
			this.flights.delete(flight);
		}
	}

	/** Cuts all connections, and makes no new ones. */
	hangUp(): void {
		this.hasHungUp = true;
		for (const flight of this.flights) flight.abort();
	}
}
