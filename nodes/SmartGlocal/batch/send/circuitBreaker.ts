import { explainErrorCode } from '../../../api/errorCodes';
import type { Interpretation } from '../../../api/interpretResponse';
import type { Failure } from '../../../api/outcomes';

/**
 * How many rows in a row may fail for a reason that is not their own before the batch stops. Rows with
 * a reason of their own count neither way; a repeated reference only makes up for one failure.
 */
const MAX_FAILED_ROWS = 10;

/** Stops a batch that a broken server or a blocked account would turn into thousands of failures. */
export class CircuitBreaker {
	private failedRows = 0;
	/** The failure that made the batch stop; undefined as long as it may go on. */
	cause: Failure | undefined;

	/** Whether the last row failed for a reason that is not its own. */
	get isFailing(): boolean {
		return this.failedRows > 0;
	}

	/** Takes note of how a row ended. */
	record(end: Interpretation): void {
		if (end.outcome === 'already_submitted') this.failedRows = Math.max(0, this.failedRows - 1);
		else if ('items' in end) this.failedRows = 0;
		else {
			// A wrong account is the row's, a wrong signature is not.
			const isRefused = end.outcome === 'rejected' && end.source === 'api';
			const isAboutRow = isRefused && !explainErrorCode(end.code).isAboutAccount;
			if (!isAboutRow && ++this.failedRows >= MAX_FAILED_ROWS) this.cause ??= end;
		}
	}
}
