import { isUnsigned } from '../../credentials/authenticateRequest';
import { isObject } from '../payout/json/jsonObject';
import type { JsonObject } from '../payout/json/jsonObject';
import type { Failure } from './outcomes';
import { isMissing } from './sessions';

/** The code for a request that our own credential could not sign, so that nothing was sent. */
export const UNSIGNED_CODE = 'not_signed';

/** Codes for a certificate that was not accepted, so that nothing was sent. */
const CERTIFICATE_CODES = new Set(
	`CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT ERR_TLS_CERT_ALTNAME_INVALID
	SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY
	UNABLE_TO_VERIFY_LEAF_SIGNATURE`.split(/\s+/),
);

/** Codes of Node.js which, on a system call that connects, prove that no byte of the request has left. */
const CONNECTION_CODES = new Map([
	['EAI_AGAIN', 'the name of the host could not be looked up'],
	['ECONNREFUSED', 'the host refused the connection'],
	['EHOSTUNREACH', 'the host cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ENOTFOUND', 'the host does not exist'],
	['ETIMEDOUT', 'the connection was not made in time'],
]);

/** System calls that make a connection; the name of a host is looked up with the others. */
const CONNECTING = /^(?:connect|getaddrinfo|query[A-Z]\w*)$/;

/** What a code says about a request that never left, after "Payout 'X' was not sent: ". */
export function explainUnsent(code: string): string | undefined {
	return CERTIFICATE_CODES.has(code)
		? `the host's certificate was not accepted (${code})`
		: CONNECTION_CODES.get(code);
}

/** Whether a code says that the wait for a response took too long. */
export function isTimeout(code: string): boolean {
	return ['ECONNABORTED', 'ESOCKETTIMEDOUT', 'ETIMEDOUT'].includes(code);
}

/**
 * Classifies a request that got no response. When in doubt, it has arrived: an error with causes (a
 * host can have two addresses) proves that nothing was sent only if all of it does.
 */
export function classifyNetworkFailure(failure: unknown): Failure {
	const links = listLinks(failure);
	const unsigned = links.find(isUnsigned);
	if (unsigned) {
		const description = String(unsigned.message);
		return { outcome: 'not_sent', source: 'client', code: UNSIGNED_CODE, description };
	}
	const codes = links.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
	const code = codes.find((name) => explainUnsent(name) === undefined) ?? codes[0] ?? 'no_answer';
	const isNotSent = links.some(isProof) && links.every(isBeforeSending);
	return { outcome: isNotSent ? 'not_sent' : 'unknown', source: 'network', code };
}

/** The errors inside an error, each once, from the outside in. */
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

/** Whether an error proves that by itself: a certificate that was refused, or a call that connects. */
function isProof({ code, syscall }: JsonObject): boolean {
	if (typeof code !== 'string') return false;
	return CERTIFICATE_CODES.has(code) || (CONNECTION_CODES.has(code) && typeof syscall === 'string');
}
