import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { parseJson } from '../payout/json/jsonObject';
import { classifyNetworkFailure } from './networkFailures';
import { classifyResponse } from './outcomes';
import type { Failure } from './outcomes';
import { toHttpRequest } from './request';
import type { ApiRequest } from './request';

/** How one call ended: with a response of any status, or without one. */
export type Exchange = { response: IN8nHttpFullResponse } | { failure: Failure };

/** Signs and sends one request. Never throws. */
export type Send = (request: ApiRequest) => Promise<Exchange>;

/** What every request of a batch shares: proxy, timeout, certificates. */
export type ConnectionSettings = Pick<
	IHttpRequestOptions,
	'proxy' | 'skipSslCertificateValidation' | 'timeout'
>;

/** How a request ended: whether Smart Glocal can take more of them, or must be given fewer. */
export type LoadSignal = 'answered' | 'asked_to_wait' | 'failed';

/**
 * Gives a place back.
 *
 * @param waitMs for how long Smart Glocal asks to wait
 * @returns when it is this response's turn
 */
export type Leave = (signal: LoadSignal, waitMs?: number) => Promise<void>;

/** Where the requests of a batch wait for their turn. */
export interface RequestQueue {
	/**
	 * Takes a place as soon as there is one.
	 *
	 * @param isNeeded whether the request is sent even when the batch was stopped meanwhile
	 * @returns undefined when it was, and nothing may be sent
	 */
	enter: (isNeeded: boolean) => Promise<Leave | undefined>;
}

/** How often a request is sent, and the batch asked to wait in a row, before both give up. */
export const MAX_TRIES = 3;
const DEFAULT_WAIT_MS = 1_000;
/** The longest that a batch waits because Smart Glocal asks it to. */
export const MAX_WAIT_MS = 60_000;

/** What a request ends with that never left, because its batch was stopped. */
export const STOPPED: Failure = { outcome: 'not_sent', source: 'client', code: 'stopped' };

/**
 * Opens the way to Smart Glocal for a whole batch.
 *
 * HTTP 429 means that the request was not accepted, unless its body says otherwise. It is the only
 * response after which a request is sent again, with the same key: at most twice, when the batch goes
 * on after its wait.
 *
 * @param credentials the decrypted credential, so that n8n does not decrypt it for every request
 */
export function createSend(
	context: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
	connection: ConnectionSettings,
): (queue: RequestQueue) => Send {
	// n8n aborts requests in flight when the execution is cancelled. A payout on its way must still
	// get its outcome, so these requests do not see the signal.
	const uncancelled = Object.create(context, {
		getExecutionCancelSignal: { value: () => undefined },
	}) as IExecuteFunctions;
	const decrypted = {
		credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data: credentials },
	};
	const sendOnce = async (request: IHttpRequestOptions) => {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			uncancelled,
			CREDENTIAL_TYPE,
			// A copy for each try, because n8n changes what it is given. As text, because its parser would
			// round long ids.
			{ ...request, ...connection, encoding: 'text', returnFullResponse: true },
			decrypted,
		)) as IN8nHttpFullResponse;
		return { ...response, body: parseBody(response.body) };
	};

	return (queue) => async (apiRequest) => {
		const request = toHttpRequest(apiRequest);
		let exchange: Exchange = { failure: STOPPED };
		for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
			const leave = await queue.enter(apiRequest.isFollowUp === true);
			if (!leave) break;
			let waitMs: number | undefined;
			let signal: LoadSignal = 'answered';
			try {
				const response = await sendOnce(request);
				exchange = { response };
				if (response.statusCode === 429) {
					signal = 'asked_to_wait';
					waitMs = readRetryAfter(response.headers['retry-after'], Date.now());
				} else if (response.statusCode >= 500) signal = 'failed';
			} catch (failure) {
				exchange = { failure: classifyNetworkFailure(failure) };
				signal = 'failed';
			}
			await leave(signal, waitMs);
			if (waitMs === undefined || waitMs > MAX_WAIT_MS || !isNotSent(exchange)) break;
		}
		return exchange;
	};
}

/** An id that JavaScript could round. In a string, the quotation marks around its name are escaped. */
const LONG_ID = /("(?:\w+_)?id"\s*:\s*)(\d{16,99})(?![\d.eE])/g;

/** Parses a body, with long ids as text, so that two never become one; what is not JSON stays text. */
function parseBody(body: IN8nHttpFullResponse['body']): IN8nHttpFullResponse['body'] {
	if (typeof body !== 'string') return body;
	return (parseJson(body.replace(LONG_ID, '$1"$2"')) ?? body) as IDataObject;
}

/** Whether a request to wait says nothing of an order that is there, or on its way. */
function isNotSent(exchange: Exchange): boolean {
	return 'response' in exchange && classifyResponse(exchange.response).outcome === 'not_sent';
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
