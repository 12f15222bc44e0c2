import { DUPLICATE_KEY_CODE } from './errorCodes';
import { classifyResponse } from './outcomes';
import type { Failure, SentRequest, Verdict } from './outcomes';
import type { ApiRequest, RequestKind } from './request';
import type { Exchange, Send } from './send';
import { isMissing, listPayouts, normalizeStatus } from './sessions';

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

/** Without a start no payout exists, whatever happened to the session. A clear refusal stays one. */
function beforeStart(failure: Failure): Failure {
	const isRefusal = failure.outcome === 'rejected' && failure.code !== DUPLICATE_KEY_CODE;
	if (isRefusal || failure.outcome === 'not_sent') return failure;
	return { ...failure, outcome: 'not_sent', beforeStart: true };
}

/** What only a start leads to, in a session and in its payouts (API reference, section 8). */
const AFTER_START = /^(?:in_progress|pending|accepted|succeeded|failed|cancelled|error)$/;
const isAfterStart = (status: unknown) => AFTER_START.test(String(normalizeStatus(status)));

/** Whether a status shows that the start has arrived. One that is still `created` proves nothing. */
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
