import { VERSIONS } from '../versions.mts';
import type { Version } from '../versions.mts';

interface MethodDescription {
	readonly summary: string;
	readonly versions: readonly Version[];
	readonly request: string;
	readonly response: string;
	/** Whether the names in the request or in the response depend on the version. */
	readonly requestByVersion: boolean;
	readonly responseByVersion: boolean;
	/** Whether `X-PARTNER-IDEMPOTENCY-KEY` counts, which it does when something changes. */
	readonly keyed: boolean;
}

/** Requests with a session's id, which all get the session. */
const OF_SESSION = {
	versions: VERSIONS,
	request: 'SessionReference',
	response: 'SessionResponse',
	requestByVersion: false,
	responseByVersion: true,
} as const;

/** The methods of the API (/docs/reference/methods). */
export const METHODS = {
	'session/create': {
		summary: 'Creates a session, empty or already filled, without starting a payout.',
		versions: VERSIONS,
		request: 'SessionCreate',
		response: 'SessionResponse',
		requestByVersion: true,
		responseByVersion: true,
		keyed: true,
	},
	'session/init/payout': {
		summary: 'Creates a session and starts a payout in it.',
		versions: VERSIONS,
		request: 'InitPayout',
		response: 'SessionResponse',
		requestByVersion: true,
		responseByVersion: true,
		keyed: true,
	},
	'session/start/payout': {
		summary: 'Starts a payout in a session that exists.',
		versions: VERSIONS,
		request: 'StartPayout',
		response: 'SessionResponse',
		requestByVersion: true,
		responseByVersion: true,
		keyed: true,
	},
	'session/confirm': {
		summary: 'Confirms the payouts of a session that await confirmation.',
		...OF_SESSION,
		keyed: true,
	},
	'session/cancel': {
		summary: 'Cancels a session before its payouts are confirmed.',
		...OF_SESSION,
		keyed: true,
	},
	'session/status': {
		summary: 'Returns a session with all its payouts.',
		...OF_SESSION,
		keyed: false,
	},
	'wallet/balance': {
		summary: 'Returns the prefunded balances.',
		versions: ['v1'],
		request: 'WalletBalance',
		response: 'WalletBalanceResponse',
		requestByVersion: false,
		responseByVersion: false,
		keyed: false,
	},
} as const satisfies Record<string, MethodDescription>;

export type Method = keyof typeof METHODS;

/** The names of a method's schemas under `components.schemas` of the OpenAPI document. */
export function schemaNames(method: Method, version: Version) {
	const { request, requestByVersion, response, responseByVersion } = METHODS[method];
	return {
		request: requestByVersion ? `${request}_${version}` : request,
		response: responseByVersion ? `${response}_${version}` : response,
	};
}
