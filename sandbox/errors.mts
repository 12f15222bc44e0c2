/**
 * The HTTP status of a rejection. Smart Glocal does not publish it; the tests of the sister
 * platform's SDK use 400.
 */
export const REJECTION_STATUS = 400;

/** The error codes that the sandbox rejects a request with. */
export type RejectionCode =
	| 'identification_error'
	| 'authentication_error'
	| 'invalid_request'
	| 'idempotency_key_already_exists'
	| 'insufficient_wallet_balance'
	| 'session_wrong_state';

/** Thrown for a request that the API rejects. Nothing has changed then. */
export class Rejection extends Error {
	constructor(
		readonly code: RejectionCode,
		description: string,
	) {
		super(description);
		this.name = 'Rejection';
	}
}

/** The body of every unsuccessful response, the same on every page of the API reference. */
export interface ErrorBody {
	status: 'error';
	error: { code: string; description: string };
}

/** Writes the body of an unsuccessful response, with one of our codes or one chosen by a fault. */
export function errorBody(code: string, description: string): ErrorBody {
	return { status: 'error', error: { code, description } };
}
