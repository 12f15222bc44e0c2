import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { RowResult } from '../../messages/nodeErrors';
import { summarize } from '../../messages/summary';
import type { BatchOutput } from '../read/batchSettings';

/** A run that is over. */
export interface Run {
	/** By row index. */
	results: RowResult[];
	/** Undefined when the settings could not be read. */
	output?: BatchOutput;
	isDryRun: boolean;
	/** What the summary says besides the outcomes. */
	notes: string[];
}

/**
 * Sums the run up in the output panel, and where the user wants it, in one last item.
 *
 * @param items of all rows
 */
export function reportRun(
	context: IExecuteFunctions,
	{ results, output, isDryRun, notes }: Run,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	const summary = summarize(results, isDryRun, notes);
	const isFine = results.every(({ failure }) => !failure) && !summary.needsAttention;
	// Older versions of n8n do not have it.
	context.addExecutionHints?.({
		message: summary.text,
		type: isFine ? 'info' : 'warning',
		location: 'outputPane',
	});
	return output?.summaryItem ? [...items, { json: summary.item }] : items;
}
