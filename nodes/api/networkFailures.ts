import { isObject } from '../SmartGlocal/payout/jsonObject';
import type { Failure } from './outcomes';

/** What a system error says about a request that got no response. */
interface NetworkErrorCode {
	/** When the code proves that no byte of the request has left: always, or only while connecting. */
	readonly notSent?: 'always' | 'while connecting';
	/** Follows "Payout 'X' was not sent: ". */
	readonly meaning?: string;
	/** Whether the wait for a response took too long. */
	readonly isTimeout?: true;
}

/** Codes of Node.js and its HTTP client. A code that is missing here says nothing for certain. */
const NETWORK_ERROR_CODES: Readonly<Record<string, NetworkErrorCode>> = {
	EAI_AGAIN: { notSent: 'always', meaning: 'the name of the host could not be looked up' },
	ECONNABORTED: { isTimeout: true },
	ECONNREFUSED: { notSent: 'always', meaning: 'the host refused the connection' },
	EHOSTUNREACH: { notSent: 'while connecting', meaning: 'the host cannot be reached' },
	ENETUNREACH: { notSent: 'while connecting', meaning: 'the network cannot be reached' },
	ENOTFOUND: { notSent: 'always', meaning: 'the host does not exist' },
	ESOCKETTIMEDOUT: { isTimeout: true },
	ETIMEDOUT: {
		notSent: 'while connecting',
		meaning: 'the connection was not made in time',
		isTimeout: true,
	},
};

/** Codes for a certificate that was not accepted, so that nothing was sent. */
const CERTIFICATE_CODES = new Set([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What the code of a network failure means; an empty object for a code that is not known. */
export function explainNetworkError(code: string): NetworkErrorCode {
	if (CERTIFICATE_CODES.has(code)) {
		return { notSent: 'always', meaning: `the host's certificate was not accepted (${code})` };
	}
	return (Object.hasOwn(NETWORK_ERROR_CODES, code) && NETWORK_ERROR_CODES[code]) || {};
}

/** How deep errors can be wrapped: n8n's around the HTTP client's around the system's, with room. */
const MAX_DEPTH = 6;

/** Classifies a request that got no response. When in doubt, it has arrived. */
export function classifyNetworkFailure(failure: unknown): Failure {
	const codes: string[] = [];
	const systemCalls: string[] = [];
	// An error can have several causes: a host name with two addresses fails once for each.
	let links: unknown[] = [failure];
	for (let depth = 0; depth < MAX_DEPTH && links.length > 0; depth++) {
		const next: unknown[] = [];
		for (const link of links.filter(isObject)) {
			if (typeof link.code === 'string') codes.push(link.code);
			if (typeof link.syscall === 'string') systemCalls.push(link.syscall);
			next.push(link.cause);
			if (Array.isArray(link.errors)) next.push(...(link.errors as unknown[]));
		}
		links = next;
	}

	const isConnecting = systemCalls.every((call) => call === 'connect' || call === 'getaddrinfo');
	const find = (notSent: NetworkErrorCode['notSent']) =>
		codes.find((code) => explainNetworkError(code).notSent === notSent);
	const certain = isConnecting ? find('always') : undefined;
	const likely = isConnecting && systemCalls.length > 0 ? find('while connecting') : undefined;
	const code = certain ?? likely;
	if (code !== undefined) return { outcome: 'not_sent', source: 'network', code };
	return { outcome: 'unknown', source: 'network', code: codes[0] ?? 'no_answer' };
}
