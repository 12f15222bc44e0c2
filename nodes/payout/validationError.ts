export interface RowProblem {
	field: string;
	message: string;
	otherFields?: readonly string[];
	/** What a summary calls it, as in "unclear amount"; by default, the field is called wrong. */
	reason?: string;
}

type More = Pick<RowProblem, 'otherFields' | 'reason'>;
export type ReportProblem = (field: string, message: string, more?: More) => void;

/** A row or a setting that failed a check, so that nothing was sent for it. */
export class ValidationError extends Error {
	constructor(readonly problems: readonly RowProblem[]) {
		super(problems.map(({ message }) => message).join(' '));
		this.name = 'ValidationError';
	}
}

/** A value in the form the API expects, or a complete sentence that says why it was refused. */
export type Checked = { value: string } | { problem: string };
