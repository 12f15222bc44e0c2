import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/credentialType';
import { classifyNetworkFailure } from './networkFailures';
import type { Failure } from './outcomes';
import { toHttpRequest } from './request';
import type { ApiRequest } from './request';
import { waitUnless } from './wait';

/** How one call ended: with a response of any status, or without one. */
export type Exchange = { response: IN8nHttpFullResponse } | { failure: Failure };

/** Signs and sends one request. Never throws. */
export type Send = (request: ApiRequest) => Promise<Exchange>;

/** What every request of a batch shares: proxy, timeout, certificates. */
export type ConnectionSettings = Pick<
	IHttpRequestOptions,
	'proxy' | 'skipSslCertificateValidation' | 'timeout'
>;

const MAX_TRIES = 3;
const DEFAULT_WAIT_MS = 1_000;
/** The longest that a batch waits because Smart Glocal asks it to. */
const MAX_WAIT_MS = 60_000;

/**
 * Opens the way to Smart Glocal for a whole batch.
 *
 * HTTP 429 means that the request was not accepted. It is the only response after which a request is
 * sent again, with the same key: at most twice, each time after the wait that `Retry-After` asks for.
 *
 * @param credentials the decrypted credential, so that n8n does not decrypt it for every request
 */
export function createSend(
	context: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
	connection: ConnectionSettings,
): Send {
	const cancelSignal = context.getExecutionCancelSignal();
	const isCancelled = () => cancelSignal?.aborted === true;
	// n8n aborts requests in flight when the execution is cancelled. A payout on its way must still
	// get its outcome, so these requests do not see the signal.
	const uncancelled = Object.create(context, {
		getExecutionCancelSignal: { value: () => undefined },
	}) as IExecuteFunctions;
	const decrypted = {
		credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data: credentials },
	};
	const sendOnce = async (request: IHttpRequestOptions) =>
		(await context.helpers.httpRequestWithAuthentication.call(
			uncancelled,
			CREDENTIAL_TYPE,
			// A copy for each try, because n8n changes what it is given.
			{ ...request, ...connection, returnFullResponse: true },
			decrypted,
		)) as IN8nHttpFullResponse;

	return async (apiRequest) => {
		const request = toHttpRequest(apiRequest);
		try {
			for (let attempt = 1; ; attempt++) {
				const response = await sendOnce(request);
				if (response.statusCode !== 429 || attempt === MAX_TRIES) return { response };

				const waitMs = readRetryAfter(response.headers['retry-after'], Date.now());
				if (waitMs > MAX_WAIT_MS) return { response };
				await waitUnless(isCancelled, waitMs);
				if (isCancelled()) return { response };
			}
		} catch (failure) {
			return { failure: classifyNetworkFailure(failure) };
		}
	};
}

/**
 * Reads the header `Retry-After` (RFC 9110, section 10.2.3).
 *
 * @param now in ms since 1970
 * @returns the time to wait in ms; one second when the header cannot be read
 */
export function readRetryAfter(header: unknown, now: number): number {
	const text = typeof header === 'string' ? header.trim() : '';
	if (/^\d+$/.test(text)) return Number(text) * 1_000;
	const date = /^[A-Z][a-z]{2,8}, .{1,40} GMT$/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? DEFAULT_WAIT_MS : Math.max(0, date - now);
}
