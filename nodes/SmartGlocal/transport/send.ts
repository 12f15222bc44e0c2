import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { waitUnless } from './dispatch';

/** Sends one signed request and gives the full answer, whatever its status. */
export type Send = (request: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

export const CREDENTIAL_TYPE = 'smartGlocalApi';

const MOST_TRIES = 3;
const DEFAULT_WAIT = 1_000;
/** Longest time in ms that a batch waits because Smart Glocal asks it to. */
const LONGEST_WAIT = 60_000;

/**
 * Prepares sending for a whole batch: the credential is read and decrypted once.
 *
 * HTTP 429 means that the request was not accepted, and is the only answer after which the same
 * request is sent again, with the same key: at most twice, after the time that `Retry-After` says.
 *
 * @param common what all requests share
 * @returns a function that throws only when there was no answer
 */
export function createSend(
	context: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
	common: Partial<IHttpRequestOptions>,
): Send {
	const cancelSignal = context.getExecutionCancelSignal();
	// n8n aborts requests in flight when the execution is cancelled; a payout on its way must still
	// get its outcome, so these requests do not see the signal.
	const uncancelled = Object.create(context, {
		getExecutionCancelSignal: { value: () => undefined },
	}) as IExecuteFunctions;
	const decrypted = {
		credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data: credentials },
	};

	return async (request) => {
		for (let attempt = 1; ; attempt++) {
			const answer = (await context.helpers.httpRequestWithAuthentication.call(
				uncancelled,
				CREDENTIAL_TYPE,
				{ ...request, ...common, returnFullResponse: true },
				decrypted,
			)) as IN8nHttpFullResponse;
			if (answer.statusCode !== 429 || attempt === MOST_TRIES || cancelSignal?.aborted)
				return answer;

			const wait = readRetryAfter(answer.headers['retry-after'], Date.now());
			if (wait > LONGEST_WAIT) return answer;
			await waitUnless(() => cancelSignal?.aborted === true, wait);
			if (cancelSignal?.aborted) return answer;
		}
	};
}

/**
 * Reads the header `Retry-After` (RFC 9110, section 10.2.3).
 *
 * @param now in ms since 1970
 * @returns the time to wait in ms; one second when there is no readable header
 */
export function readRetryAfter(header: unknown, now: number): number {
	const text = typeof header === 'string' ? header.trim() : '';
	if (/^\d+$/.test(text)) return Number(text) * 1_000;
	const date = /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? DEFAULT_WAIT : Math.max(0, date - now);
}
