import { isUnsigned } from '../../credentials/authenticateRequest';
import { isObject } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import type { Failure } from './outcomes';
import { isMissing } from './sessions';

export const UNSIGNED_CODE = 'not_signed';

const CERTIFICATE_CODE =
	/^(?:CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_ALTNAME_INVALID|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

/** Codes of Node.js which, on a system call that connects, prove that no byte of the request has left. */
const CONNECTION_CODES = new Map([
	['EAI_AGAIN', 'the name of the host could not be looked up'],
	['ECONNREFUSED', 'the host refused the connection'],
	['EHOSTUNREACH', 'the host cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ENOTFOUND', 'the host does not exist'],
	['ETIMEDOUT', 'the connection was not made in time'],
]);

const CONNECTING = /^(?:connect|getaddrinfo|query[A-Z]\w*)$/;

/** What a code says about a request that never left, after "Payout 'X' was not sent: ". */
export function explainUnsent(code: string): string | undefined {
	if (!CERTIFICATE_CODE.test(code)) return CONNECTION_CODES.get(code);
	return `the host's certificate was not accepted (${code})`;
}

/** Whether a code says that the wait for a response took too long. */
export function isTimeout(code: string): boolean {
	return ['ECONNABORTED', 'ESOCKETTIMEDOUT', 'ETIMEDOUT'].includes(code);
}

/** Classifies a request that got no response: not sent only if all of an error and its causes proves it. */
export function classifyNetworkFailure(failure: unknown): Failure {
	const links = listLinks(failure);
	const description = links.find(isUnsigned)?.message;
	if (typeof description === 'string') {
		return { outcome: 'not_sent', source: 'client', code: UNSIGNED_CODE, description };
	}
	const codes = links.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
	const code = codes.find((name) => explainUnsent(name) === undefined) ?? codes[0] ?? 'no_answer';
	const isNotSent = links.some(isProof) && links.every(isBeforeSending);
	return { outcome: isNotSent ? 'not_sent' : 'unknown', source: 'network', code };
}

function listLinks(failure: unknown): JsonObject[] {
	const links = new Set([failure].filter(isObject));
	// What is added meanwhile gets its turn, too.
	for (const link of links) for (const cause of listCauses(link).filter(isObject)) links.add(cause);
	return [...links];
}

function listCauses({ cause, errors }: JsonObject): unknown[] {
	return [...(isObject(cause) ? [cause] : []), ...(Array.isArray(errors) ? errors : [])];
}

/** Whether one error of a chain says nothing but that no byte of the request has left. */
function isBeforeSending(link: JsonObject): boolean {
	const { code, syscall, response, httpCode, status, statusCode } = link;
	const causes = listCauses(link);
	// Such as a proxy that could not reach the host.
	const hasStatus = [httpCode, status, statusCode].some((it) => /^\d{3}$/.test(String(it)));
	return (
		!isObject(response) &&
		!hasStatus &&
		(isMissing(code) || (typeof code === 'string' && explainUnsent(code) !== undefined)) &&
		(typeof syscall !== 'string' || CONNECTING.test(syscall)) &&
		(causes.length > 0 ? causes.every(isObject) : isProof(link))
	);
}

function isProof({ code, syscall }: JsonObject): boolean {
	if (typeof code !== 'string') return false;
	return CERTIFICATE_CODE.test(code) || (CONNECTION_CODES.has(code) && typeof syscall === 'string');
}
