/** A value in the form the API takes, or a complete sentence that says why there is none. */
export type Checked = { value: string } | { problem: string };
