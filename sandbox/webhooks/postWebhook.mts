import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import axios from 'axios';
import type { DeliveryAttempt } from './delivery.mts';

/** How long a webhook waits for its whole response. */
const TIMEOUT_MS = 10_000;

/**
 * Posts a webhook byte for byte, on a connection of its own. Redirects are not followed.
 *
 * @param signature RSA-SHA256 over the bytes, in base64
 * @param cancelled ends the request early
 * @returns the HTTP status or the reason why there was none; never throws
 */
export async function postWebhook(
	url: string,
	bytes: Buffer,
	signature: string,
	cancelled: AbortSignal,
): Promise<Pick<DeliveryAttempt, 'status' | 'error'>> {
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	try {
		const { status, data } = await axios.request<Readable>({
			method: 'POST',
			url,
			data: bytes,
			headers: {
				'Content-Type': 'application/json',
				'User-Agent': 'smart-glocal-sandbox',
				'X-PARTNER-SIGN': signature,
			},
			transformRequest: (body: Buffer) => body,
			responseType: 'stream',
			decompress: false,
			maxRedirects: 0,
			proxy: false,
			signal: AbortSignal.any([timeout, cancelled]),
			validateStatus: () => true,
		});
		// Only the status counts, so a body that breaks off does no harm.
		await finished(data.resume()).catch(() => undefined);
		return { status, error: null };
	} catch (failure) {
		const { code, message } = failure as { code?: string; message: string };
		const reason = code ?? message;
		return {
			status: null,
			error: timeout.aborted ? `no response within ${TIMEOUT_MS} ms` : reason,
		};
	}
}
