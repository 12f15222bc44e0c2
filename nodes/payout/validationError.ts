/** One thing that is wrong with a row. */
export interface RowProblem {
	/** The column that the message is about. */
	field: string;
	/** Complete sentences: what is wrong and what to do. */
	message: string;
	/** Other columns that the message is about. */
	otherFields?: readonly string[];
	/** What a summary calls it, as in "unclear amount"; by default, the field is called wrong. */
	reason?: string;
}

/** Records one thing that is wrong with a row (see `RowProblem`). */
export type ReportProblem = (
	field: string,
	message: string,
	more?: Pick<RowProblem, 'otherFields' | 'reason'>,
) => void;

/** A row or a setting that failed a check, so that nothing was sent for it. */
export class ValidationError extends Error {
	/** @param problems everything that is wrong; their sentences make up the message */
	constructor(readonly problems: readonly RowProblem[]) {
		super(problems.map(({ message }) => message).join(' '));
		this.name = 'ValidationError';
	}
}

/** A value in the form the API expects, or a complete sentence that says why it was refused. */
export type Checked = { value: string } | { problem: string };
