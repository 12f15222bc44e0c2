import { errorBody, Rejection, REJECTION_STATUS } from '../errors.mts';
import { METHODS, schemaNames } from '../openapi/methods.mts';
import type { Method } from '../openapi/methods.mts';
import { validationErrors } from '../openapi/validation.mts';
import type { SandboxState } from '../state.mts';
import type { Version } from '../versions.mts';
import { headerValue } from './authentication.mts';
import type { Authentication, Headers } from './authentication.mts';
import { runOperation } from './operations.mts';

/** A request whose sender has been checked, but not its body. */
export interface SandboxRequest {
	method: Method;
	version: Version;
	headers: Headers;
	body: Buffer;
	authentication: Authentication;
}

/** The API's response, before any fault on demand. */
export interface SandboxResponse {
	status: number;
	body: object;
	/** `ok` or the error code. */
	outcome: string;
}

function parseBody({ method, version, headers, body }: SandboxRequest): Record<string, unknown> {
	const contentType = headerValue(headers, 'content-type') ?? '';
	if (!/^application\/json\s*(;|$)/i.test(contentType)) {
		throw new Rejection('invalid_request', 'The Content-Type must be application/json.');
	}
	let parsed: unknown;
	try {
		parsed = JSON.parse(body.toString('utf8'));
	} catch {
		throw new Rejection('invalid_request', 'The body is not valid JSON.');
	}
	const errors = validationErrors(schemaNames(method, version).request, parsed);
	if (errors.length > 0) throw new Rejection('invalid_request', errors.join(' '));
	return parsed as Record<string, unknown>;
}

/** Checks the key first and remembers it last: a rejected request does not use it up. */
function accept(request: SandboxRequest, project: string, { ledger, keys }: SandboxState): object {
	const { method, version, headers } = request;
	const header = headerValue(headers, 'x-partner-idempotency-key');
	const idempotencyKey = METHODS[method].keyed && header !== undefined ? header : null;
	if (idempotencyKey !== null) keys.mustBeNew(project, idempotencyKey);
	const body = parseBody(request);
	const response = runOperation(ledger, { method, version, project, idempotencyKey, body });
	if (idempotencyKey !== null) keys.use(project, idempotencyKey);
	return response;
}

function respond(request: SandboxRequest, state: SandboxState): SandboxResponse {
	const { project, rejection } = request.authentication;
	try {
		if (rejection !== null) throw rejection;
		return { status: 200, body: accept(request, project, state), outcome: 'ok' };
	} catch (error) {
		if (!(error instanceof Rejection)) throw error;
		const body = errorBody(error.code, error.message);
		return { status: REJECTION_STATUS, body, outcome: error.code };
	}
}

/**
 * Handles a request: sender and signature, idempotency key, body, and then the operation.
 *
 * @returns the response; after a rejection nothing has changed. A response of the sandbox that does
 *   not fit the OpenAPI document becomes HTTP 500 and is reported as a bug.
 */
export function handleRequest(request: SandboxRequest, state: SandboxState): SandboxResponse {
	const response = respond(request, state);
	const { method, version } = request;
	const isOk = response.outcome === 'ok';
	const schema = isOk ? schemaNames(method, version).response : 'ErrorResponse';
	const errors = validationErrors(schema, response.body).join(' ');
	if (errors === '') return response;
	state.reportBug(`BUG IN THE SANDBOX: the response to ${method} is not valid. ${errors}`);
	const body = errorBody('internal_error', `The sandbox made a mistake. ${errors}`);
	return { status: 500, body, outcome: 'internal_error' };
}
