import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { RowResult } from '../messages/nodeErrors';
import type { RowFailure } from '../messages/rowFailures';
import { maskCardNumber } from '../payout/card';
import { findColumn } from '../payout/columns';

/** The items of all rows, in the order of the rows, each linked to its own. */
export function toItems(
	context: IExecuteFunctions,
	results: readonly RowResult[],
): INodeExecutionData[] {
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const inputs = context.getInputData();
	return results.flatMap(({ index, items = [], failure }): INodeExecutionData[] => {
		const row = inputs[index]?.json ?? {};
		if (failure) return [createErrorItem(index, failure, row, usesErrorOutput)];
		return items.map((json) => ({ json, pairedItem: { item: index } }));
	});
}

/**
 * Makes the item of a row that failed, for On Error = Continue.
 *
 * For the error output the item holds nothing besides `error`, an object: every n8n from 1.88 on
 * sends an item with any further key, but `message`, to the success output. n8n adds the input's
 * fields, unless `pairedItem` is a bare number (n8n 2.41). That keeps a row with a card number from
 * being repeated: it goes into `error.row`, with the last four digits of the card at most.
 */
function createErrorItem(
	index: number,
	failure: RowFailure,
	row: IDataObject,
	usesErrorOutput: boolean,
): INodeExecutionData {
	const masked = maskCardColumns(row);
	if (!usesErrorOutput) {
		return { json: { ...masked, error: failure }, pairedItem: { item: index } };
	}
	if (masked === row) return { json: { error: failure }, pairedItem: { item: index } };
	return { json: { error: { ...failure, row: masked } }, pairedItem: index };
}

/** The row itself when it has no card number, else a copy with its number masked. */
function maskCardColumns(row: IDataObject): IDataObject {
	const cardColumns = Object.keys(row).filter((header) => findColumn(header) === 'card_number');
	if (cardColumns.length === 0) return row;
	const masked: IDataObject = { ...row };
	for (const header of cardColumns) masked[header] = maskCardNumber(String(row[header] ?? ''));
	return masked;
}
