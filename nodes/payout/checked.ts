/** A value in the form the API expects, or a complete sentence that says why it was refused. */
export type Checked = { value: string } | { problem: string };
