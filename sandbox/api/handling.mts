import { errorBody, Refusal, statusOf } from '../errors.mts';
import type { Ledger } from '../ledger/ledger.mts';
import { type Method, methods, schemaNames } from '../openapi/methods.mts';
import { mistakesIn } from '../openapi/validation.mts';
import type { Settings } from '../settings.mts';
import type { Version } from '../versions.mts';
import { answerCall } from './calls.mts';
import type { IdempotencyKeys } from './idempotency.mts';
import { type Authentication, headerValue } from './projects.mts';

/** A request whose sender was looked at, but whose body was not parsed yet. */
export interface RawCall {
	method: Method;
	version: Version;
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: Buffer;
	authentication: Authentication;
}

/** What the API answers, before any fault on demand. */
export interface Answer {
	status: number;
	body: object;
	/** `ok` or the error code. */
	outcome: string;
}

function parsedBody(call: RawCall): Record<string, unknown> {
	const type = headerValue(call.headers, 'content-type') ?? '';
	if (!/^application\/json\s*(;|$)/i.test(type)) {
		throw new Refusal('invalid_request', 'The Content-Type must be application/json.');
	}
	let body: unknown;
	try {
		body = JSON.parse(call.body.toString('utf8'));
	} catch {
		throw new Refusal('invalid_request', 'The body is not valid JSON.');
	}
	const mistakes = mistakesIn(schemaNames(call.method, call.version).request, body);
	if (mistakes.length > 0) throw new Refusal('invalid_request', mistakes.join(' '));
	return body as Record<string, unknown>;
}

/** The key is looked at first and remembered last: a refused request does not use it up. */
function accepted(call: RawCall, project: string, ledger: Ledger, keys: IdempotencyKeys): object {
	const { method, version } = call;
	const header = headerValue(call.headers, 'x-partner-idempotency-key');
	const key = methods[method].keyed && header !== undefined ? header : null;
	if (key !== null) keys.mustBeNew(project, key);
	const body = parsedBody(call);
	const answer = answerCall(ledger, { method, version, project, idempotencyKey: key, body });
	if (key !== null) keys.use(project, key);
	return answer;
}

/**
 * Answers a request: identity and signature, idempotency key, body, and then the deed itself.
 *
 * @param call the request
 * @param ledger the sessions, payouts and money
 * @param keys the idempotency keys
 * @param settings for the HTTP status of authentication errors
 * @param complain receives a line when the sandbox's own answer does not fit the OpenAPI document
 * @returns the answer; a deed that was refused left no trace
 */
export function handleCall(
	call: RawCall,
	ledger: Ledger,
	keys: IdempotencyKeys,
	settings: Settings,
	complain: (line: string) => void,
): Answer {
	const { project, refusal } = call.authentication;
	let answer: Answer;
	try {
		if (refusal !== null || project === null) throw refusal;
		answer = { status: 200, body: accepted(call, project, ledger, keys), outcome: 'ok' };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const status = statusOf(error.code, settings.authenticationStatus);
		answer = { status, body: errorBody(error.code, error.message), outcome: error.code };
	}
	const schema =
		answer.outcome === 'ok' ? schemaNames(call.method, call.version).answer : 'ErrorAnswer';
	const mistakes = mistakesIn(schema, answer.body);
	if (mistakes.length === 0) return answer;
	complain(`BUG IN THE SANDBOX: the answer to ${call.method} is not valid. ${mistakes.join(' ')}`);
	const body = errorBody('internal_error', `The sandbox made a mistake. ${mistakes.join(' ')}`);
	return { status: 500, body, outcome: 'internal_error' };
}
