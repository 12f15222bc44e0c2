import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { asObject, isObject } from '../SmartGlocal/payout/jsonObject';
import { DUPLICATE_KEY_CODE, explainErrorCode } from './errorCodes';

/** How a row ended. Every row of a run gets exactly one outcome. */
export type Outcome = 'submitted' | 'already_submitted' | 'rejected' | 'not_sent' | 'unknown';

/** An outcome that is an error for n8n, and how it is known. */
export interface Failure {
	outcome: Exclude<Outcome, 'submitted'>;
	/** Who says so: Smart Glocal, the HTTP status alone, the network, or our own code. */
	source: 'api' | 'http' | 'network' | 'client';
	/** The source's own code, as in `account_not_found`, `http_502`, `ECONNRESET`. */
	code: string;
	/** What Smart Glocal says about it. */
	description?: string;
	httpStatus?: number;
	/** Whether the request ended while its session was being created, before its payout could start. */
	beforeStart?: true;
}

/** How Smart Glocal responded to one request. */
export type Verdict =
	| { outcome: 'submitted'; session: IDataObject }
	| { outcome: 'already_submitted' }
	| Failure;

/** Client errors of HTTP that do not say whether the request was carried out. */
const UNCERTAIN_STATUSES = new Set([408, 409, 425, 499]);

/**
 * Classifies a response. Only a clear rejection counts as one: anything that a server could send
 * after it accepted the payout is `unknown`.
 *
 * A rejection can come with HTTP 400 and above, or with HTTP 200 and `status: error` (API reference,
 * section 10).
 */
export function classifyResponse({ statusCode, body: parsed }: IN8nHttpFullResponse): Verdict {
	const body = asObject(parsed);
	const error = asObject(body.error);
	const { code } = error;

	if (statusCode === 429) return { outcome: 'not_sent', source: 'http', code: 'http_429' };
	if (typeof code === 'string' && (body.status === 'error' || statusCode >= 400)) {
		return classifyErrorCode(code, error.description, statusCode);
	}
	const byStatus = { source: 'http', httpStatus: statusCode } as const;
	if (statusCode >= 300) {
		const isRejection =
			statusCode >= 400 && statusCode < 500 && !UNCERTAIN_STATUSES.has(statusCode);
		const outcome = isRejection ? 'rejected' : 'unknown';
		return { outcome, code: `http_${statusCode}`, ...byStatus };
	}
	const { session } = body;
	if (body.status === 'ok' && isObject(session) && isId(session.id)) {
		return { outcome: 'submitted', session: session as IDataObject };
	}
	return { outcome: 'unknown', code: UNREADABLE_CODE, ...byStatus };
}

/** The code for a response that cannot be read: HTTP 2xx, but not as Smart Glocal responds. */
export const UNREADABLE_CODE = 'unreadable_answer';

function classifyErrorCode(code: string, description: unknown, httpStatus: number): Verdict {
	if (code === DUPLICATE_KEY_CODE) return { outcome: 'already_submitted' };
	const isUncertain = httpStatus >= 500 || explainErrorCode(code).isUncertain;
	return {
		outcome: isUncertain ? 'unknown' : 'rejected',
		source: 'api',
		code,
		...(typeof description === 'string' && { description }),
		httpStatus,
	};
}

function isId(value: unknown): value is string | number {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
