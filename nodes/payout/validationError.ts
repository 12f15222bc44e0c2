import type { RowProblem } from './headers/matchColumns';

/** A row or a setting that failed a check, so that nothing was sent for it. */
export class ValidationError extends Error {
	/** @param problems everything that is wrong; their sentences make up the message */
	constructor(readonly problems: readonly RowProblem[]) {
		super(problems.map(({ message }) => message).join(' '));
		this.name = 'ValidationError';
	}
}
