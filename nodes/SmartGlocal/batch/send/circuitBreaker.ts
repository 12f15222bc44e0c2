import { explainErrorCode } from '../../../api/errorCodes';
import type { Interpretation } from '../../../api/interpretResponse';
import type { Failure } from '../../../api/outcomes';

/**
 * How many rows in a row may fail for a reason that is not their own before the batch stops. Rows that
 * are refused for a reason of their own count neither way: a server that refuses some and breaks off at
 * the others makes unknowns of half a batch. A repeated reference only makes up for one failure, because
 * a server that knows old payouts need not be able to make new ones.
 */
const MAX_FAILED_ROWS = 10;

/** Stops a batch that a broken server or a blocked account would turn into thousands of failures. */
export interface CircuitBreaker {
	record: (end: Interpretation) => void;
	/** Whether the last row failed for a reason that is not its own. */
	readonly isFailing: boolean;
	/** The last failure that made the batch stop; undefined as long as it may go on. */
	readonly cause: Failure | undefined;
}

/** Makes the circuit breaker of one batch. */
export function createCircuitBreaker(): CircuitBreaker {
	let failedRows = 0;
	let cause: Failure | undefined;
	return {
		record: (end) => {
			if (end.outcome === 'already_submitted') failedRows = Math.max(0, failedRows - 1);
			else if ('items' in end) failedRows = 0;
			else if (!isAboutRow(end) && ++failedRows >= MAX_FAILED_ROWS) cause ??= end;
		},
		get isFailing() {
			return failedRows > 0;
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
