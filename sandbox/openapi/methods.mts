import { type Version, versions } from '../versions.mts';

interface MethodDescription {
	readonly summary: string;
	readonly versions: readonly Version[];
	readonly request: string;
	readonly answer: string;
	/** Whether the names of the version are used in the request or in the answer. */
	readonly requestByVersion: boolean;
	readonly answerByVersion: boolean;
	/** Whether `X-PARTNER-IDEMPOTENCY-KEY` counts: on everything that changes something. */
	readonly keyed: boolean;
}

/** The methods of the API that the sandbox stands in for (/docs/reference/methods). */
export const methods = {
	'session/create': {
		summary: 'Creates a session, empty or already filled, without starting a payout.',
		versions,
		request: 'SessionCreate',
		answer: 'SessionAnswer',
		requestByVersion: true,
		answerByVersion: true,
		keyed: true,
	},
	'session/init/payout': {
		summary: 'Creates a session and starts a payout in it.',
		versions,
		request: 'InitPayout',
		answer: 'SessionAnswer',
		requestByVersion: true,
		answerByVersion: true,
		keyed: true,
	},
	'session/start/payout': {
		summary: 'Starts a payout in a session that exists.',
		versions,
		request: 'StartPayout',
		answer: 'SessionAnswer',
		requestByVersion: true,
		answerByVersion: true,
		keyed: true,
	},
	'session/confirm': {
		summary: 'Confirms the payouts of a session that wait for it.',
		versions,
		request: 'SessionReference',
		answer: 'SessionAnswer',
		requestByVersion: false,
		answerByVersion: true,
		keyed: true,
	},
	'session/cancel': {
		summary: 'Cancels a session before its payouts are confirmed.',
		versions,
		request: 'SessionReference',
		answer: 'SessionAnswer',
		requestByVersion: false,
		answerByVersion: true,
		keyed: true,
	},
	'session/status': {
		summary: 'Returns a session with all its payouts.',
		versions,
		request: 'SessionReference',
		answer: 'SessionAnswer',
		requestByVersion: false,
		answerByVersion: true,
		keyed: false,
	},
	'wallet/balance': {
		summary: 'Returns the prefunded balances.',
		versions: ['v1'],
		request: 'WalletBalance',
		answer: 'WalletBalanceAnswer',
		requestByVersion: false,
		answerByVersion: false,
		keyed: false,
	},
} as const satisfies Record<string, MethodDescription>;

export type Method = keyof typeof methods;

/**
 * Names the schemas of a method in the OpenAPI document.
 *
 * @param method the method, for example `session/status`
 * @param version the version of the API
 * @returns the names under `components.schemas` for the request and for the answer
 */
export function schemaNames(method: Method, version: Version): { request: string; answer: string } {
	const entry = methods[method];
	return {
		request: entry.requestByVersion ? `${entry.request}_${version}` : entry.request,
		answer: entry.answerByVersion ? `${entry.answer}_${version}` : entry.answer,
	};
}
