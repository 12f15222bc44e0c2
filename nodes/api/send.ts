import { sleep } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { isObject } from '../payout/json/jsonObject';
import { DUPLICATE_KEY_CODE } from './errorCodes';
import { classifyNetworkFailure } from './networkFailures';
import { classifyResponse, TOO_LARGE_CODE } from './outcomes';
import type { Failure, Verdict } from './outcomes';
import { toHttpRequest } from './request';
import type { ApiRequest, RequestKind } from './request';
import { isMissing, listPayouts, normalizeStatus, parseBody } from './sessions';

/** With the session of an order in two steps, once it is known. */
export type Exchange = ({ response: IN8nHttpFullResponse } | { failure: Failure }) & {
	sessionId?: string;
};

/** Signs and sends one request. Never throws. */
export type Send = (request: ApiRequest) => Promise<Exchange>;
type SharedOptions = 'proxy' | 'skipSslCertificateValidation' | 'timeout';
export type ConnectionSettings = Pick<IHttpRequestOptions, SharedOptions>;
/** How a request ended: whether Smart Glocal can take more of them, or must be given fewer. */
export type LoadSignal = 'answered' | 'asked_to_wait' | 'failed';
/** Gives a place back; `waitMs` is the wait that was asked for. Ends when it is this response's turn. */
export type Leave = (signal: LoadSignal, waitMs?: number) => Promise<void>;
/** `enter` waits for a place; it gives undefined when the batch was stopped, unless `isNeeded`. */
export type RequestQueue = { enter: (isNeeded: boolean) => Promise<Leave | undefined> };
/** How often a request is sent, and the batch asked to wait in a row, before both give up. */
export const MAX_TRIES = 3;
const DEFAULT_WAIT_MS = 1_000;
export const MAX_WAIT_MS = 60_000;
/** The most that is read of a response, after decompression: 1 MiB, far more than a session has. */
export const MAX_RESPONSE_BYTES = 1_048_576;
export const STOPPED: Failure = { outcome: 'not_sent', source: 'client', code: 'stopped' };
const TOO_LARGE: Failure = { outcome: 'unknown', source: 'client', code: TOO_LARGE_CODE };
/** With the code that n8n has for a request without any response in time. */
const TIMED_OUT: Failure = { outcome: 'unknown', source: 'network', code: 'ECONNABORTED' };

/** Opens the way to Smart Glocal for a batch. Only after HTTP 429 is a request sent again. */
export function createSend(
	context: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
	connection: ConnectionSettings,
): (queue: RequestQueue) => Send {
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL_TYPE, data: credentials };
	const inTime = createDeadlines(connection.timeout);
	const sendOnce = async (request: IHttpRequestOptions, ending: AbortController) => {
		// n8n aborts requests in flight when the execution is cancelled. A payout on its way must still
		// get its outcome, so the only signal that n8n sees is that of the request's own ending.
		const getExecutionCancelSignal = { value: () => ending.signal };
		const own = Object.create(context, { getExecutionCancelSignal }) as IExecuteFunctions;
		let response: IN8nHttpFullResponse | undefined;
		try {
			response = (await context.helpers.httpRequestWithAuthentication.call(
				own,
				CREDENTIAL_TYPE,
				// A copy for each try, because n8n changes what it is given. As a stream, because n8n would
				// read a body of any size, and its parser would round long ids.
				{ ...request, ...connection, encoding: 'stream', returnFullResponse: true },
				{ credentialsDecrypted },
			)) as IN8nHttpFullResponse;
			const body = (await readBody(response.body, ending)) as IDataObject;
			return { response: { ...response, headers: response.headers ?? {}, body } };
		} catch (error) {
			const failure = classifyNetworkFailure(error);
			// A response that breaks off shows that the request has arrived.
			return { failure: response ? { ...failure, outcome: 'unknown' as const } : failure };
		}
	};

	return (queue) => async (apiRequest) => {
		const request = toHttpRequest(apiRequest);
		let exchange: Exchange = { failure: STOPPED };
		for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
			const leave = await queue.enter(apiRequest.isFollowUp === true);
			if (!leave) break;
			exchange = await inTime(async (ending) => await sendOnce(request, ending));
			const response = 'response' in exchange ? exchange.response : undefined;
			if (response?.statusCode !== 429) {
				await leave((response?.statusCode ?? 500) >= 500 ? 'failed' : 'answered');
				break;
			}
			const waitMs = readRetryAfter(response.headers['retry-after'], Date.now());
			await leave('asked_to_wait', waitMs);
			// It can also speak of an order that is there, or on its way.
			if (classifyResponse(response).outcome !== 'not_sent' || waitMs > MAX_WAIT_MS) break;
		}
		return exchange;
	};
}

/** Reads a body as JSON, or as text if it is none. Ends a request whose response is too large. */
async function readBody(body: unknown, ending: AbortController): Promise<unknown> {
	if (typeof body === 'string') return parseBody(body) ?? body;
	if (!isObject(body) || !(Symbol.asyncIterator in body)) return body;
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
		bytes += chunk.length;
		if (bytes > MAX_RESPONSE_BYTES) ending.abort(TOO_LARGE);
		if (ending.signal.aborted) return undefined;
		text += decoder.decode(chunk, { stream: true });
	}
	text += decoder.decode();
	return parseBody(text) ?? text;
}

/** Reads `Retry-After` (RFC 9110, section 10.2.3) at `Date.now()`, in ms; one second if unreadable. */
export function readRetryAfter(header: unknown, now: number): number {
	const text = typeof header === 'string' ? header.trim() : '';
	if (/^\d+$/.test(text)) return Number(text) * 1_000;
	const date = /^[A-Z][a-z]{2,8}, .{1,40} GMT$/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? DEFAULT_WAIT_MS : Math.max(0, date - now);
}

/** How long a wait can go on after it is no longer needed. */
const POLL_INTERVAL_MS = 100;

/** Waits, but stops early once `isOver` is true. Leaves no timer behind. */
export async function waitUnless(isOver: () => boolean, ms: number): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !isOver(); left = end - Date.now()) {
		await sleep(Math.min(left, POLL_INTERVAL_MS));
	}
}

/** Runs requests, each for so many ms at most. One timer serves all: thousands would be left behind. */
function createDeadlines(ms = Infinity) {
	const open = new Map<AbortController, number>();
	let watching: Promise<void> | undefined;
	const watch = async () => {
		// The first that began is the first whose time is over.
		for (const [ending, deadline] of open) {
			await waitUnless(() => !open.has(ending), deadline - Date.now());
			if (open.delete(ending)) ending.abort(TIMED_OUT);
		}
		watching = undefined;
	};
	return async (send: (ending: AbortController) => Promise<Exchange>): Promise<Exchange> => {
		const ending = new AbortController();
		const { signal } = ending;
		const ended = new Promise<Exchange>((resolve) => {
			signal.addEventListener('abort', () => resolve({ failure: signal.reason as Failure }));
		});
		open.set(ending, Date.now() + ms);
		watching ??= watch();
		const sent = send(ending).finally(() => open.delete(ending));
		return await Promise.race([ended, sent]);
	};
}

/**
 * Orders a payout in two steps (API reference, section 3), so that its session is known before money can
 * move, and can be looked at when the response to the start is lost. Only the start carries the idempotency
 * key: whether methods share keys is unknown. `earlier` is a session of an earlier try.
 */
export async function orderThroughSession(
	{ version, body, order }: ApiRequest,
	send: Send,
	earlier?: string,
	claim?: (sessionId: string) => Failure | undefined,
): Promise<Exchange> {
	const judge = (exchange: Exchange, kind: RequestKind, sessionId?: string): Verdict => {
		if ('failure' in exchange) return exchange.failure;
		return classifyResponse(exchange.response, kind, { body, sessionId });
	};
	const findStart = async (sessionId: string): Promise<Exchange | undefined> => {
		const lookup = { path: 'session/status', version, body: { session_id: sessionId } };
		const status = await send({ ...lookup, isFollowUp: true });
		return hasStarted(judge(status, 'lookup', sessionId)) ? { ...status, sessionId } : undefined;
	};
	const found = earlier === undefined ? undefined : await findStart(earlier);
	if (found) return found;

	const creation = judge(await send({ path: 'session/create', version, body }), 'creation');
	if ('code' in creation) return { failure: beforeStart(creation) };

	const sessionId = String(creation.session.id);
	const isTaken = claim?.(sessionId);
	if (isTaken) return { failure: beforeStart(isTaken) };
	const start = { path: 'session/start/payout', version, body: { session_id: sessionId } };
	const started = await send({ ...start, ...(order && { order }) });
	const verdict = judge(started, 'order', sessionId);
	// A duplicate key belongs to the session of an earlier run, not to the new one.
	if (verdict.outcome === 'already_submitted') return started;
	if (verdict.outcome !== 'unknown') return { ...started, sessionId };

	return (await findStart(sessionId)) ?? { failure: verdict, sessionId };
}

/** Without a start no payout exists. A refusal stays one, but a duplicate key of a session is none. */
function beforeStart(failure: Failure): Failure {
	const isRefusal = failure.outcome === 'rejected' && failure.code !== DUPLICATE_KEY_CODE;
	if (isRefusal || failure.outcome === 'not_sent') return failure;
	return { ...failure, outcome: 'not_sent', beforeStart: true };
}

/** What only a start leads to, in a session and in its payouts (API reference, section 8). */
const AFTER_START = /^(?:in_progress|pending|accepted|succeeded|failed|cancelled|error)$/;

/** Whether a status shows that the start has arrived; `created`, or one not known, proves nothing. */
function hasStarted(verdict: Verdict): boolean {
	if (verdict.outcome !== 'submitted') return false;
	const payouts = listPayouts(verdict.session);
	const statuses = payouts.map(({ status }) => status).filter((status) => !isMissing(status));
	const all = [verdict.session.status, ...statuses].map(normalizeStatus).map(String);
	return payouts.length > 0 && all.every((status) => AFTER_START.test(status));
}
