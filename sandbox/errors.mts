/**
 * Every error code the sandbox answers with, and the HTTP status it goes with.
 *
 * Smart Glocal does not publish the HTTP status per error. The tests of the sister platform's SDK
 * answer refusals with HTTP 400, so this table does as well. `authentication` marks the codes whose
 * status follows the setting `authenticationStatus`.
 */
export const errorCodes = {
	identification_error: { status: 400, authentication: true },
	authentication_error: { status: 400, authentication: true },
	authorization_error: { status: 400, authentication: true },
	invalid_request: { status: 400, authentication: false },
	idempotency_key_already_exists: { status: 400, authentication: false },
	insufficient_wallet_balance: { status: 400, authentication: false },
	session_wrong_state: { status: 400, authentication: false },
	internal_error: { status: 500, authentication: false },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** A request that the API refuses: carries the error code and the text of the answer. */
export class Refusal extends Error {
	readonly code: ErrorCode;

	constructor(code: ErrorCode, description: string) {
		super(description);
		this.name = 'Refusal';
		this.code = code;
	}
}

/**
 * Says which HTTP status an error code is answered with.
 *
 * @param code one of the codes in `errorCodes`
 * @param authenticationStatus the status set for unknown projects and wrong signatures
 * @returns the HTTP status
 */
export function statusOf(code: ErrorCode, authenticationStatus: number): number {
	const entry = errorCodes[code];
	return entry.authentication ? authenticationStatus : entry.status;
}

/** The body of an unsuccessful answer, the same on every method page. */
export interface ErrorBody {
	status: 'error';
	error: { code: string; description: string };
}

/**
 * Writes the body of an unsuccessful answer.
 *
 * @param code the error code, from the table or any other for a fault on demand
 * @param description the text that goes with it
 * @returns the body as the API reference shows it
 */
export function errorBody(code: string, description: string): ErrorBody {
	return { status: 'error', error: { code, description } };
}
