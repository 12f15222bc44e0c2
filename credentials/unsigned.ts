/**
 * Marks an error as one from before a request was signed. n8n wraps it like an error from a request
 * that was sent (n8n 2.41), and the two could not be told apart.
 *
 * @returns the error itself
 */
export function markUnsigned(failure: unknown): unknown {
	return typeof failure === 'object' ? Object.assign(failure ?? {}, { isUnsigned: true }) : failure;
}

/** Whether an error was marked so. */
export function isUnsigned(failure: object): boolean {
	return 'isUnsigned' in failure && failure.isUnsigned === true;
}
