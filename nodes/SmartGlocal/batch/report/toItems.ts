import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { maskResponse } from '../../../api/maskResponse';
import { maskColumns } from '../../../payout/cards/maskData';
import type { RowFailure } from '../../messages/rowFailures';
import { createTurns } from '../send/eventLoop';
import type { Run } from './reportRun';

/** The items of all rows, in the order of the rows, each linked to its own, without card data. */
export async function toItems(
	context: IExecuteFunctions,
	{ results, output }: Pick<Run, 'results' | 'output'>,
): Promise<INodeExecutionData[]> {
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const includesInput = output?.includeInputFields === true;
	const inputs = context.getInputData();
	const giveTurn = createTurns();
	const all: INodeExecutionData[] = [];
	for (const { label, items = [], failure } of results) {
		await giveTurn();
		const { index, ownNumbers } = label;
		const row = inputs[index]?.json ?? {};
		const masked = failure || includesInput ? maskColumns(row, ownNumbers) : {};
		if (failure) {
			all.push(createErrorItem(index, failure, row, masked, usesErrorOutput));
		} else {
			const pairedItem = { item: index };
			for (const item of items) {
				const json = maskResponse(item);
				all.push({ json: includesInput ? withInputFields(masked, json) : json, pairedItem });
			}
		}
	}
	return all;
}

/** The row's own columns, with ours beside them. An error that an earlier run has left is over. */
function withInputFields(row: IDataObject, item: IDataObject): IDataObject {
	return { ...row, ...('error' in row && { error: null }), ...item };
}

/**
 * Makes the item of a row that failed, for On Error = Continue.
 *
 * For the error output the item holds nothing besides `error`, an object: every n8n from 1.88 on
 * sends an item with any further key, but `message`, to the success output. n8n adds the input's
 * fields, unless `pairedItem` is a bare number (n8n 2.41). That keeps a row with card data from being
 * repeated: what is left of it goes into `error.row`.
 *
 * @param masked the row itself when it has no card data
 */
function createErrorItem(
	index: number,
	failure: RowFailure,
	row: IDataObject,
	masked: IDataObject,
	usesErrorOutput: boolean,
): INodeExecutionData {
	if (!usesErrorOutput) {
		const { outcome } = failure;
		return { json: { ...masked, outcome, error: failure }, pairedItem: { item: index } };
	}
	if (masked === row) return { json: { error: failure }, pairedItem: { item: index } };
	return { json: { error: { ...failure, row: masked } }, pairedItem: index };
}
