import { sleep } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../credentials/authenticateRequest';
import { DUPLICATE_KEY_CODE } from './errorCodes';
import { classifyNetworkFailure } from './networkFailures';
import { classifyResponse } from './outcomes';
import type { Failure, SentRequest, Verdict } from './outcomes';
import { toHttpRequest } from './request';
import type { ApiRequest, RequestKind } from './request';
import { isMissing, listPayouts, normalizeStatus, parseBody } from './sessions';

export type Exchange = ({ response: IN8nHttpFullResponse } | { failure: Failure }) & {
	/** The session of an order in two steps, once it is known. */
	sessionId?: string;
};

/** Signs and sends one request. Never throws. */
export type Send = (request: ApiRequest) => Promise<Exchange>;

/** What every request of a batch shares: proxy, timeout, certificates. */
export type ConnectionSettings = Pick<
	IHttpRequestOptions,
	'proxy' | 'skipSslCertificateValidation' | 'timeout'
>;

/** How a request ended: whether Smart Glocal can take more of them, or must be given fewer. */
export type LoadSignal = 'answered' | 'asked_to_wait' | 'failed';

/** Gives a place back; `waitMs` is the wait that was asked for. Ends when it is this response's turn. */
export type Leave = (signal: LoadSignal, waitMs?: number) => Promise<void>;

/** Where the requests of a batch wait for their turn. */
export interface RequestQueue {
	/** Takes a place as soon as there is one; undefined when the batch was stopped, unless `isNeeded`. */
	enter: (isNeeded: boolean) => Promise<Leave | undefined>;
}

/** How often a request is sent, and the batch asked to wait in a row, before both give up. */
export const MAX_TRIES = 3;
const DEFAULT_WAIT_MS = 1_000;
/** The longest that a batch waits because Smart Glocal asks it to. */
export const MAX_WAIT_MS = 60_000;

/** How a request ends that never left, because its batch was stopped. */
export const STOPPED: Failure = { outcome: 'not_sent', source: 'client', code: 'stopped' };

/**
 * Opens the way to Smart Glocal for a whole batch. HTTP 429 is the only response after which a request
 * is sent again, with the same key: it was not accepted, unless the body says otherwise.
 *
 * @param credentials decrypted once, so that n8n does not do it for every request
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
		const { body, headers = {} } = response;
		const parsed = typeof body === 'string' ? ((parseBody(body) ?? body) as IDataObject) : body;
		return { ...response, headers, body: parsed };
	};

	return (queue) => async (apiRequest) => {
		const request = toHttpRequest(apiRequest);
		let exchange: Exchange = { failure: STOPPED };
		for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
			const leave = await queue.enter(apiRequest.isFollowUp === true);
			if (!leave) break;
			try {
				exchange = { response: await sendOnce(request) };
			} catch (failure) {
				exchange = { failure: classifyNetworkFailure(failure) };
				await leave('failed');
				break;
			}
			const { response } = exchange;
			if (response.statusCode !== 429) {
				await leave(response.statusCode >= 500 ? 'failed' : 'answered');
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

/**
 * Orders a payout in two steps, so that its session id is known before any money can move: creates
 * the session with all data, starts the payout in it, and asks for the session's status when the
 * response to the start was lost (API reference, section 3, and 131 /en/reference/typical).
 *
 * Only the start carries the idempotency key: whether keys are shared between methods is unknown,
 * and a session without a start costs nothing.
 *
 * @param request that would order the payout in one step
 * @param earlier the session in which it was started before, perhaps in vain
 */
export async function orderThroughSession(
	{ version, body, order }: ApiRequest,
	send: Send,
	earlier?: string,
): Promise<Exchange> {
	const findStart = async (sessionId: string): Promise<Exchange | undefined> => {
		const lookup = { path: 'session/status', version, body: { session_id: sessionId } };
		const status = await send({ ...lookup, isFollowUp: true });
		const verdict = judge(status, 'lookup', { body, sessionId });
		return hasStarted(verdict) ? { ...status, sessionId } : undefined;
	};
	const found = earlier === undefined ? undefined : await findStart(earlier);
	if (found) return found;

	const created = await send({ path: 'session/create', version, body });
	const creation = judge(created, 'creation', { body });
	if ('code' in creation) return { failure: beforeStart(creation) };

	const sessionId = String(creation.session.id);
	const start = { path: 'session/start/payout', version, body: { session_id: sessionId } };
	const started = await send({ ...start, ...(order && { order }) });
	const verdict = judge(started, 'order', { body, sessionId });
	// A duplicate key belongs to the session of an earlier run, not to the new one.
	if (verdict.outcome === 'already_submitted') return started;
	if (verdict.outcome !== 'unknown') return { ...started, sessionId };

	return (await findStart(sessionId)) ?? { failure: verdict, sessionId };
}

function judge(exchange: Exchange, kind: RequestKind, request: SentRequest): Verdict {
	return 'failure' in exchange
		? exchange.failure
		: classifyResponse(exchange.response, kind, request);
}

/** Without a start no payout exists. A refusal stays one, but a duplicate key of a session is none. */
function beforeStart(failure: Failure): Failure {
	const isRefusal = failure.outcome === 'rejected' && failure.code !== DUPLICATE_KEY_CODE;
	if (isRefusal || failure.outcome === 'not_sent') return failure;
	return { ...failure, outcome: 'not_sent', beforeStart: true };
}

/** What only a start leads to, in a session and in its payouts (API reference, section 8). */
const AFTER_START = /^(?:in_progress|pending|accepted|succeeded|failed|cancelled|error)$/;
const isAfterStart = (status: unknown) => AFTER_START.test(String(normalizeStatus(status)));

/** Whether a status shows that the start has arrived; `created`, or one not known, proves nothing. */
function hasStarted(verdict: Verdict): boolean {
	if (verdict.outcome !== 'submitted') return false;
	const { session } = verdict;
	const payouts = listPayouts(session);
	return (
		isAfterStart(session.status) &&
		payouts.length > 0 &&
		payouts.every(({ status }) => isMissing(status) || isAfterStart(status))
	);
}
