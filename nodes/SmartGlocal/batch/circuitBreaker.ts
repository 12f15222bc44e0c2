import { explainErrorCode } from '../../api/errorCodes';
import type { Failure } from '../../api/outcomes';

/**
 * So many rows in a row that fail for a reason that is not theirs end the batch. Rows that are refused
 * for a reason of their own count neither way: a server that refuses some and breaks off at the others
 * makes unknowns of half a batch.
 */
const MAX_FAILED_ROWS = 10;

/** Stops a batch that a broken server or a blocked account would turn into thousands of failures. */
export interface CircuitBreaker {
	/** Takes note of a row's end; undefined for a row that was sent. */
	record: (failure: Failure | undefined) => void;
	/** The last failure that made the batch stop; undefined as long as it may go on. */
	readonly cause: Failure | undefined;
}

/** Makes the circuit breaker of one batch. */
export function createCircuitBreaker(): CircuitBreaker {
	let failedRows = 0;
	let cause: Failure | undefined;
	return {
		record: (failure) => {
			if (failure && isAboutRow(failure)) return;
			failedRows = failure && failure.outcome !== 'already_submitted' ? failedRows + 1 : 0;
			if (failedRows >= MAX_FAILED_ROWS) cause ??= failure;
		},
		get cause() {
			return cause;
		},
	};
}

/** Whether another row could do better: a wrong account is the row's, a wrong signature is not. */
function isAboutRow({ outcome, source, code }: Failure): boolean {
	return outcome === 'rejected' && source === 'api' && !explainErrorCode(code).isAboutAccount;
}
