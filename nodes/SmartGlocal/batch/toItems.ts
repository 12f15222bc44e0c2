import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { RowResult } from '../messages/nodeErrors';
import type { RowFailure } from '../messages/rowFailures';
import { maskResponse } from '../../api/maskResponse';
import { createTurns } from './turns';

/** The items of all rows, in the order of the rows, each linked to its own. */
export async function toItems(
	context: IExecuteFunctions,
	results: readonly RowResult[],
): Promise<INodeExecutionData[]> {
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const inputs = context.getInputData();
	const giveTurn = createTurns();
	const all: INodeExecutionData[] = [];
	for (const { index, items = [], failure, mask } of results) {
		await giveTurn();
		if (failure) {
			const row = inputs[index]?.json ?? {};
			const masked = await mask.dataInTurns(row, giveTurn);
			all.push(createErrorItem(index, failure, row, masked, usesErrorOutput));
		} else {
			const pairedItem = { item: index };
			for (const json of items) all.push({ json: maskResponse(json, mask), pairedItem });
		}
	}
	return all;
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
		return { json: { ...masked, error: failure }, pairedItem: { item: index } };
	}
	if (masked === row) return { json: { error: failure }, pairedItem: { item: index } };
	return { json: { error: { ...failure, row: masked } }, pairedItem: index };
}
