import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { RowResult } from '../../messages/nodeErrors';
import { summarize } from '../../messages/summary';
import type { BatchSettings } from '../read/batchSettings';
import { createTurns } from '../send/eventLoop';

/** A run that is over. */
export interface Run {
	/** By row index. */
	results: RowResult[];
	/** Undefined when they could not be read. */
	settings?: BatchSettings;
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
	{ results, settings, notes }: Run,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	const { text, item, isFine } = summarize(results, settings?.dryRun === true, notes);
	// Older versions of n8n do not have it.
	context.addExecutionHints?.({
		message: text,
		type: isFine ? 'info' : 'warning',
		location: 'outputPane',
	});
	return settings?.summaryItem ? [...items, { json: item }] : items;
}

/** The name of the run's summary in n8n's custom execution data. */
const CUSTOM_DATA_KEY = 'smartGlocal';

/** How many rows one line of n8n's log holds. */
const ROWS_PER_LINE = 200;

/**
 * Keeps the outcomes of orders whose run is cancelled. n8n saves the execution at the moment of the cancel
 * and throws away what the node returns later (n8n 2.41). Until that moment, a short text can be put
 * into the execution's custom data; afterwards, only n8n's log is left.
 *
 * @param listEnded the results of the rows that have ended, at any moment
 * @returns to be called once all requests have ended
 */
export function recordCancellation(
	context: IExecuteFunctions,
	listEnded: () => RowResult[],
): () => Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const noteNow = () => {
		const { text } = summarize(listEnded(), false);
		const begun = text === '' ? 'No payout had ended by then' : `Ended by then: ${text}`;
		const note = `Cancelled while sending. ${begun}. Requests on their way may still be carried out. Run the workflow again with the same references: nothing is paid twice.`;
		try {
			const { $execution } = context.getWorkflowDataProxy(0) as unknown as {
				// Not every version of n8n has it.
				$execution: { customData?: { set: (key: string, value: string) => void } };
			};
			$execution.customData?.set(CUSTOM_DATA_KEY, note);
		} catch {
			// It is a help for people, and must not keep the batch from its end.
		}
	};
	signal?.addEventListener('abort', noteNow, { once: true });
	return async () => {
		signal?.removeEventListener('abort', noteNow);
		if (!signal?.aborted) return;
		const ended = listEnded();
		context.logger.warn(`Smart Glocal: the run was cancelled. ${summarize(ended, false).text}`);
		const giveTurn = createTurns();
		for (let start = 0; start < ended.length; start += ROWS_PER_LINE) {
			await giveTurn();
			const rows = ended.slice(start, start + ROWS_PER_LINE).map(describeRow);
			context.logger.warn(`Smart Glocal: ${rows.join('; ')}`);
		}
	};
}

/** In words, because n8n's log in its usual form shows nothing else. */
function describeRow({ label, outcome, sessionId = '', failure }: RowResult): string {
	const details = [outcome, sessionId, failure?.code ?? ''].filter((detail) => detail !== '');
	return `row ${label.index + 1} ('${label.reference}') ${details.join(' ')}`;
}
