import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { asObject, parseJson } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import { normalize } from '../payout/text/characters';
import { showValue } from '../payout/text/shownValue';
import { DUPLICATE_KEY_CODE, explainErrorCode, findDoubt } from './errorCodes';
import type { PreparedRequest, RequestKind } from './request';
import {
	isMissing,
	isSessionId,
	listPayouts,
	readAmount,
	readMetadataReference,
	readMoney,
	readNamedSession,
} from './sessions';

/** How a row ended. Every row of a run gets exactly one outcome. */
export type Outcome = 'submitted' | 'already_submitted' | 'rejected' | 'not_sent' | 'unknown';

export interface Failure {
	outcome: Exclude<Outcome, 'submitted'>;
	/** Who says so: Smart Glocal, the HTTP status alone, the network, or our own code. */
	source: 'api' | 'http' | 'network' | 'client';
	/** The source's own code, as in `account_not_found`, `http_502`, `ECONNRESET`. */
	code: string;
	description?: string;
	httpStatus?: number;
	/** The session that the response names, which a person should look at. */
	sessionId?: string;
	/** What the response says differently from its request; ends a sentence. */
	contradiction?: string;
	/** Whether the request ended while its session was being created, before its payout could start. */
	beforeStart?: true;
}

export type Verdict = { outcome: 'submitted'; session: IDataObject } | Failure;
type SentRequest = Pick<PreparedRequest, 'body' | 'sessionId'>;
/** The code for a response that cannot be read: HTTP 2xx, but not as Smart Glocal responds. */
export const UNREADABLE_CODE = 'unreadable_answer';
export const WAIT_CODE = 'http_429';
export const CONTRADICTORY_CODE = 'contradictory_answer';
export const TOO_LARGE_CODE = 'answer_too_large';

/** Client errors of HTTP after which a request was not carried out, so that an error code can be believed. */
const REFUSAL_STATUSES = new Set([
	400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426,
	428, 431, 451,
]);

/** Those that need no code: about address, sender or size. Not 400, which comes with `internal_error`. */
const PLAIN_REFUSAL_STATUSES = new Set([401, 403, 404, 405, 407, 411, 413, 414, 415, 421, 431]);

/** What a response that says no must not hold: a session, a payout, or a word that says yes. */
const ORDER_IN_BODY =
	/"(?:\w{1,20}_)?(?:session|payout|payment)s?(?:_?(?:id|list|status))?":(?!\s*null\b)|"(?:accepted|outcome|result|state|status|success)":\s*"?(?:accept|complet|creat|executed|in.?progress|ok"|paid|pending|process|queue|sent|submit|success|true)/i;

const MAX_SHOWN = 64;
const MAX_DESCRIPTION = 500;

/**
 * Classifies a response. Only a clear rejection counts as one, and only a session that fits the
 * request as submitted: anything that a server could send after it accepted the payout is `unknown`.
 */
export function classifyResponse(
	response: IN8nHttpFullResponse,
	kind: RequestKind = 'order',
	request: SentRequest = { body: {} },
): Verdict {
	const body = asObject(response.body);
	const session = asObject(body.session) as IDataObject;
	const hasSession = isSuccess(response) && body.status === 'ok' && isSessionId(session.id);
	if (!hasSession) return classifyFailure(response, kind);
	const contradiction = findContradiction(body, session, request);
	if (!contradiction) return { outcome: 'submitted', session };
	return { ...toFailure(contradiction, String(session.id)), httpStatus: response.statusCode };
}

function toFailure(contradiction: string, sessionId: string): Failure {
	const code = CONTRADICTORY_CODE;
	return { outcome: 'unknown', source: 'client', code, contradiction, sessionId };
}

/** A response that names a session of another row, which is called by its number. */
export function contradictSession(sessionId: string, rowNumber: number): Failure {
	const shown = showValue(sessionId, MAX_SHOWN);
	const contradiction = `the answer names session '${shown}', which belongs to another payout of this run (row ${rowNumber})`;
	return toFailure(contradiction, sessionId);
}

/** Whether the HTTP status says that a request was carried out. */
export function isSuccess({ statusCode }: IN8nHttpFullResponse): boolean {
	return typeof statusCode === 'number' && statusCode >= 200 && statusCode < 300;
}

/** Classifies a response that does not give what the request asked for. */
export function classifyFailure(response: IN8nHttpFullResponse, kind: RequestKind): Failure {
	const httpStatus = typeof response.statusCode === 'number' ? response.statusCode : NaN;
	const body = asObject(response.body);
	const text = toText(response.body);
	const isAccepted = ORDER_IN_BODY.test(text);
	const doubt = findDoubt(text);
	const isAskedToWait = httpStatus === 429 && !isAccepted && doubt !== 'earlier_request';
	if (isAskedToWait) return { outcome: 'not_sent', source: 'http', code: WAIT_CODE };
	const named = { httpStatus, sessionId: readNamedSession(body) };
	const { code, description, errors } = asObject(body.error);
	if (!isErrorCode(code)) {
		const isSilent = isMissing(code) && !isAccepted && !Array.isArray(response.body) && !doubt;
		return {
			outcome: isSilent && PLAIN_REFUSAL_STATUSES.has(httpStatus) ? 'rejected' : 'unknown',
			source: 'http',
			code: isSuccess(response) ? UNREADABLE_CODE : `http_${response.statusCode}`,
			...named,
		};
	}
	// A refusal comes with HTTP 200, too (API reference, section 10).
	const isError = (isMissing(body.status) && httpStatus >= 400) || body.status === 'error';
	const isRefused = isError && !isAccepted && (httpStatus === 200 || httpStatus >= 400);
	const isDuplicate = code === DUPLICATE_KEY_CODE;
	const isSeenBefore = isRefused && isDuplicate && kind === 'order';
	if (isSeenBefore) return { outcome: 'already_submitted', source: 'api', code };
	const others = [body.errors, errors].flat().map((entry) => asObject(entry).code);
	const codes = [code, ...others.filter(isErrorCode)];
	const isUncertain = codes.some((it) => explainErrorCode(it, kind).isUncertain);
	const isDoubtful = explainErrorCode(code).isListed ? doubt === 'earlier_request' : doubt;
	const isBelieved = httpStatus === 200 || REFUSAL_STATUSES.has(httpStatus);
	const isClear = isBelieved && !isUncertain && (isDuplicate || !isDoubtful);
	const said =
		typeof description === 'string' ? showValue(description, MAX_DESCRIPTION) : undefined;
	const outcome = isRefused && isClear ? 'rejected' : 'unknown';
	return { outcome, source: 'api', code, description: said, ...named };
}

/** Whether a value can be an error code: one word with a letter in it, and no card number. */
function isErrorCode(code: unknown): code is string {
	const isWord = typeof code === 'string' && /^(?=.*[a-z])[a-z\d][\w.:-]*$/i.test(code);
	return isWord && showValue(code, MAX_SHOWN) === code;
}

/** A value of a response as text; empty for a web page, which is not from Smart Glocal. */
function toText(value: unknown): string {
	if (typeof value === 'string') return value.trimStart().startsWith('<') ? '' : value;
	return JSON.stringify(value) ?? '';
}

/**
 * Finds out whether a response with a session says no as well, or is about another session, another
 * reference in the metadata, another amount. What is missing contradicts nothing, nor does another
 * currency: a payout can be converted (131, /en/payouts/payout-currency).
 */
function findContradiction(
	{ error, errors = [], session_id }: JsonObject,
	session: IDataObject,
	{ body, sessionId }: SentRequest,
): string | undefined {
	const hasErrors = Array.isArray(errors) ? errors.length > 0 : !isMissing(errors);
	if (!isMissing(error) || hasErrors) return 'the answer says both yes and no';
	const ids = [sessionId, session_id].filter((id) => !isMissing(id)).map(String);
	const other = ids.find((id) => id !== String(session.id));
	if (other !== undefined) {
		return `the answer is about another session (${contrast(String(session.id), other)})`;
	}

	const payouts = listPayouts(session);
	const reference = findReference(body.metadata);
	const isOurs = ({ metadata }: IDataObject) => findReference(metadata) === reference;
	const matching = reference === undefined ? [] : payouts.filter(isOurs);
	const candidates = matching.length > 0 ? matching : payouts;
	const found = candidates.map((payout) => compare(payout, body));
	if (found.length > 0 && found.every(Boolean)) return found.at(-1);

	// A session that existed before can have other data than the payout that was started in it.
	const isOlder = sessionId !== undefined && matching.length > 0;
	return isOlder ? undefined : compare(session, body);
}

function compare(shown: IDataObject, body: JsonObject): string | undefined {
	const [expected, found] = [findReference(body.metadata), findReference(shown.metadata)];
	if (expected !== undefined && found !== undefined && expected !== found) {
		return `the answer is about another payout (${contrast(found, expected)})`;
	}
	const ordered = readMoney(body as IDataObject);
	const { currency } = readMoney(shown);
	const amount = readAmount(shown).amount ?? '';
	const answered = typeof amount === 'string' ? amount.trim() : JSON.stringify(amount);
	const isKnown = ordered.minor !== null && ordered.currency !== null && answered !== '';
	// What is no number never matches.
	const isOther = ordered.currency === currency && Number(answered) !== ordered.minor;
	if (!isKnown || !isOther) return undefined;
	const other = showValue(`${answered} ${currency}`, MAX_SHOWN);
	return `the answer shows another amount (${other} instead of ${ordered.minor} ${currency}, in minor units)`;
}

function contrast(shown: string, expected: string): string {
	return `'${showValue(shown, MAX_SHOWN)}' instead of '${showValue(expected, MAX_SHOWN)}'`;
}

function findReference(metadata: unknown): string | undefined {
	const isJson = typeof metadata === 'string' && /^\s*\{/.test(metadata);
	const reference = readMetadataReference((isJson && parseJson(metadata)) || metadata)?.trim();
	return reference ? normalize(reference) : undefined;
}
