import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { maskCardNumbers } from '../payout/card';
import { explainApiError, REPEATED_KEY } from './apiErrors';

/** What became of a row. Every row of a run gets exactly one. */
export type Outcome = 'submitted' | 'already_submitted' | 'rejected' | 'not_sent' | 'unknown';

/** An outcome and how it is known. */
export type Verdict =
	| { outcome: 'submitted'; session: IDataObject }
	| { outcome: 'already_submitted' }
	| {
			outcome: 'rejected' | 'not_sent' | 'unknown';
			/** The API's error code, or one of ours: `http_502`, `ECONNRESET`, `unreadable_answer`. */
			code: string;
			/** What the API says about it. */
			description?: string;
			httpStatus?: number;
	  };

/** An outcome that is an error for n8n. */
export type Failure = Extract<Verdict, { code: string }>;

/** HTTP client errors that do not say whether the request was carried out. */
const UNCERTAIN_STATUSES = new Set([408, 409, 425, 499]);

/** System errors that come before the first byte of a request can have left. */
const NEVER_LEFT = new Set([
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ENOTFOUND',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** System errors that can come before the first byte has left, and after. */
const OFTEN_NEVER_LEFT = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/**
 * Reads an answer to a payout order. Only a clear refusal counts as one: whatever could come from a
 * server that has accepted the payout is `unknown`.
 *
 * An error can come with HTTP 400 and above, or with HTTP 200 and `status: error` (API reference,
 * section 10).
 */
export function classifyAnswer(answer: IN8nHttpFullResponse): Verdict {
	const { statusCode } = answer;
	const body = isObject(answer.body) ? answer.body : undefined;
	const error = isObject(body?.error) ? body.error : undefined;
	const code = typeof error?.code === 'string' ? error.code : undefined;
	const description =
		typeof error?.description === 'string' ? maskCardNumbers(error.description) : undefined;

	if (statusCode === 429) return { outcome: 'not_sent', code: 'http_429' };
	if (code !== undefined && (body?.status === 'error' || statusCode >= 400)) {
		if (code === REPEATED_KEY) return { outcome: 'already_submitted' };
		const uncertain = statusCode >= 500 || explainApiError(code).uncertain === true;
		return {
			outcome: uncertain ? 'unknown' : 'rejected',
			code,
			...(description !== undefined && { description }),
			httpStatus: statusCode,
		};
	}
	if (statusCode >= 400 && statusCode < 500 && !UNCERTAIN_STATUSES.has(statusCode)) {
		return { outcome: 'rejected', code: `http_${statusCode}`, httpStatus: statusCode };
	}
	if (statusCode >= 300) {
		return { outcome: 'unknown', code: `http_${statusCode}`, httpStatus: statusCode };
	}
	const session = body?.status === 'ok' && isObject(body.session) ? body.session : undefined;
	const id = session?.id;
	if (session && ((typeof id === 'string' && id !== '') || typeof id === 'number')) {
		return { outcome: 'submitted', session };
	}
	return { outcome: 'unknown', code: 'unreadable_answer', httpStatus: statusCode };
}

/** Reads a request that ended without an answer. When in doubt, it may have arrived. */
export function classifyFailure(failure: unknown): Failure {
	const codes: string[] = [];
	const systemCalls: string[] = [];
	// n8n wraps the HTTP client's error, which wraps the system's: one, or several when a host name
	// has more than one address.
	let links: unknown[] = [failure];
	for (let depth = 0; depth < 6 && links.length > 0; depth++) {
		const next: unknown[] = [];
		for (const link of links.filter(isObject)) {
			if (typeof link.code === 'string') codes.push(link.code);
			if (typeof link.syscall === 'string') systemCalls.push(link.syscall);
			next.push(link.cause, ...(Array.isArray(link.errors) ? (link.errors as unknown[]) : []));
		}
		links = next;
	}
	const connecting = systemCalls.every((call) => call === 'connect' || call === 'getaddrinfo');
	const neverLeft = codes.find((code) => NEVER_LEFT.has(code));
	if (connecting && neverLeft !== undefined) return { outcome: 'not_sent', code: neverLeft };
	const often = codes.find((code) => OFTEN_NEVER_LEFT.has(code));
	if (connecting && systemCalls.length > 0 && often !== undefined) {
		return { outcome: 'not_sent', code: often };
	}
	return { outcome: 'unknown', code: codes[0] ?? 'no_answer' };
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
