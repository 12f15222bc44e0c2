import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { classifyAnswer, classifyFailure } from './outcome';
import type { Failure } from './outcome';
import type { Send } from './send';

/** How an order in two steps ended: with an answer to read, or without one. */
export type TwoStepResult =
	| { answer: IN8nHttpFullResponse; sessionId?: string }
	| { failure: Failure; sessionId?: string };

/**
 * Orders a payout in two steps, so that its session id is known before any money can move: creates
 * the session with all data, starts the payout in it, and asks for the session's status when the
 * answer to the start was lost (API reference, section 3, and 131 /en/reference/typical).
 *
 * Only the start carries the idempotency key: whether keys are shared between methods is unknown,
 * and a session without a start costs nothing.
 *
 * @param request the request that would order the payout in one step
 */
export async function orderThroughSession(
	request: IHttpRequestOptions,
	send: Send,
): Promise<TwoStepResult> {
	const withoutKey = { ...request.headers };
	delete withoutKey['X-PARTNER-IDEMPOTENCY-KEY'];
	const created = await attempt(send, {
		...request,
		url: methodUrl(request, 'session/create'),
		headers: withoutKey,
	});
	if ('failure' in created) return { failure: notStarted(created.failure) };
	const creation = classifyAnswer(created.answer);
	if (creation.outcome !== 'submitted') {
		return 'code' in creation && creation.outcome === 'unknown'
			? { failure: notStarted(creation) }
			: created;
	}

	const sessionId = String(creation.session.id);
	const order = JSON.stringify({ session_id: creation.session.id });
	const started = await attempt(send, {
		...request,
		url: methodUrl(request, 'session/start/payout'),
		body: order,
	});
	const failure = 'failure' in started ? started.failure : readUnknown(started.answer);
	if (!failure) {
		// A repeated key belongs to the session of an earlier run, not to the new one.
		const isRepeated =
			'answer' in started && classifyAnswer(started.answer).outcome === 'already_submitted';
		return isRepeated ? started : { ...started, sessionId };
	}
	if (failure.outcome !== 'unknown') return { failure, sessionId };

	const looked = await attempt(send, {
		...request,
		url: methodUrl(request, 'session/status'),
		headers: withoutKey,
		body: order,
	});
	const found = 'answer' in looked && isStarted(looked.answer);
	return found ? { ...looked, sessionId } : { failure, sessionId };
}

async function attempt(
	send: Send,
	request: IHttpRequestOptions,
): Promise<{ answer: IN8nHttpFullResponse } | { failure: Failure }> {
	try {
		return { answer: await send(request) };
	} catch (failure) {
		return { failure: classifyFailure(failure) };
	}
}

function readUnknown(answer: IN8nHttpFullResponse): Failure | undefined {
	const verdict = classifyAnswer(answer);
	return 'code' in verdict && verdict.outcome === 'unknown' ? verdict : undefined;
}

/** Without a started session no payout exists, however the creation ended. */
function notStarted(failure: Failure): Failure {
	return { ...failure, outcome: 'not_sent' };
}

/**
 * Whether a status shows that the start arrived. A session that is still `created` proves nothing:
 * the start may be on its way.
 */
function isStarted(answer: IN8nHttpFullResponse): boolean {
	const verdict = classifyAnswer(answer);
	if (verdict.outcome !== 'submitted') return false;
	const payouts = (verdict.session.payments ?? verdict.session.payout_list) as
		| IDataObject[]
		| undefined;
	return verdict.session.status !== 'created' && (payouts?.length ?? 0) > 0;
}

function methodUrl(request: IHttpRequestOptions, method: string): string {
	return request.url.replace('session/init/payout', method);
}
