import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { maskResponse } from '../../../api/simplify';
import type { RequestKind } from '../../../api/request';
import { maskColumns } from '../../../payout/cards/mask';
import { RESULT_PREFIX } from '../../../payout/headers/unreadColumns';
import type { RowResult } from '../../messages/nodeErrors';
import { describeSharedAccount, summarize } from '../../messages/summary';
import type { BatchSettings } from '../read/batchSettings';
import { createTurns } from '../send/eventLoop';

export interface Run {
	results: RowResult[];
	/** Undefined when they could not be read. */
	settings?: BatchSettings;
	/** What the summary says besides the outcomes. */
	notes: string[];
}

/** Gives the items of all rows. Sums up a run of orders in the output panel, and if wanted in an item. */
export async function reportRun(context: IExecuteFunctions, run: Run, kind: RequestKind) {
	const items = await toItems(context, run);
	if (kind !== 'order') return items;
	const { results, settings, notes } = run;
	const { text, item, isFine } = summarize(results, settings?.dryRun === true, notes);
	// Older versions of n8n do not have it.
	context.addExecutionHints?.({
		message: text,
		type: isFine ? 'info' : 'warning',
		location: 'outputPane',
	});
	return settings?.summaryItem ? [...items, { json: item }] : items;
}

/**
 * The items of all rows, each linked to its own, without card data. For the error output an item holds
 * nothing besides `error`, an object: from n8n 1.88 on, any further key but `message` sends it to the
 * success output. n8n adds the input's fields unless `pairedItem` is a bare number (n8n 2.41), which
 * keeps a row with card data from being repeated: what is left of it goes into `error.row`.
 */
async function toItems(context: IExecuteFunctions, { results, settings }: Run) {
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const includesInput = settings?.includeInputFields === true;
	const inputs = context.getInputData();
	const giveTurn = createTurns();
	const all: INodeExecutionData[] = [];
	for (const { label, items = [], failure } of results) {
		await giveTurn();
		const { index, ownNumbers, sharesAccountWith } = label;
		const row = inputs[index]?.json ?? {};
		const masked = failure || includesInput ? maskColumns(row, ownNumbers) : {};
		const pairedItem = { item: index };
		const add = (result: IDataObject) => {
			const json = includesInput ? addResult(masked, result) : result;
			// With it, n8n would run a node again that has "Retry On Fail" (n8n 2.41).
			if (json.error && context.getNode().retryOnFail && !failure) json.error = null;
			all.push({ json, pairedItem });
		};
		if (failure && !usesErrorOutput) {
			const result = { outcome: failure.outcome, error: failure };
			add(includesInput ? result : { ...masked, ...result });
		} else if (failure && masked === row) {
			all.push({ json: { error: failure }, pairedItem });
		} else if (failure) {
			all.push({ json: { error: { ...failure, row: masked } }, pairedItem: index });
		}
		const warnings = sharesAccountWith && { warnings: describeSharedAccount(sharesAccountWith) };
		for (const item of failure ? [] : items) {
			add({ ...maskResponse(item), ...(!('warnings' in item) && warnings) });
		}
	}
	return all;
}

/** The columns of a row as they were, and the result under names that none of them has. */
function addResult(row: IDataObject, result: IDataObject): IDataObject {
	const columns = Object.entries(row).filter(([name]) => !name.startsWith(RESULT_PREFIX));
	const results = Object.entries(result).map(([name, value]) => [RESULT_PREFIX + name, value]);
	return Object.fromEntries([...columns, ...results]) as IDataObject;
}

const CUSTOM_DATA_KEY = 'smartGlocal';

const ROWS_PER_LINE = 200;

/**
 * Keeps the outcomes of orders whose run is cancelled, which n8n throws away (n8n 2.41): a short text
 * in the execution's custom data, the rest in n8n's log, by the function that it returns.
 */
export function recordCancellation(context: IExecuteFunctions, listEnded: () => RowResult[]) {
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
	return `row ${label.number} ('${label.reference}') ${details.join(' ')}`;
}
