import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { RowResult } from '../../messages/nodeErrors';
import type { BatchSettings } from '../read/batchSettings';
import type { PreparedRows } from '../read/prepareRows';

export interface Try {
	settings: BatchSettings;
	rows: PreparedRows;
	/** By row index. */
	results: RowResult[];
}

/**
 * By the first item of the input: n8n makes new items for each run of a node and keeps them for its
 * retries (n8n 1.88 to 2.41), so that what is remembered ends with the execution.
 */
const tries = new WeakMap<INodeExecutionData, Try>();

/**
 * The last try of this very run, when n8n runs a failed node again ("Retry On Fail"). Its rows are not
 * evaluated again: an expression that gives another reference each time would pay a second time.
 */
export function recallTry(context: IExecuteFunctions): Try | undefined {
	const [first] = context.getInputData();
	return first && tries.get(first);
}

/** Remembers a try that n8n may follow with another one. */
export function rememberTry(context: IExecuteFunctions, ended: Try): void {
	const [first] = context.getInputData();
	const isFailed = ended.results.some(({ failure }) => failure !== undefined);
	if (first && isFailed && context.getNode().retryOnFail) tries.set(first, ended);
}
