import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { maskResponse } from '../../../api/maskResponse';
import { maskColumns } from '../../../payout/cards/maskData';
import { createTurns } from '../send/eventLoop';
import type { Run } from './reportRun';

/**
 * The items of all rows, in the order of the rows, each linked to its own, without card data.
 *
 * For the error output an item holds nothing besides `error`, an object: every n8n from 1.88 on sends
 * an item with any further key, but `message`, to the success output. n8n adds the input's fields,
 * unless `pairedItem` is a bare number (n8n 2.41). That keeps a row with card data from being repeated:
 * what is left of it goes into `error.row`.
 */
export async function toItems(
	context: IExecuteFunctions,
	{ results, settings }: Run,
): Promise<INodeExecutionData[]> {
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const includesInput = settings?.includeInputFields === true;
	const inputs = context.getInputData();
	const giveTurn = createTurns();
	const all: INodeExecutionData[] = [];
	for (const { label, items = [], failure } of results) {
		await giveTurn();
		const { index, ownNumbers } = label;
		const row = inputs[index]?.json ?? {};
		const masked = failure || includesInput ? maskColumns(row, ownNumbers) : {};
		const pairedItem = { item: index };
		if (failure && !usesErrorOutput) {
			const { outcome } = failure;
			all.push({ json: { ...masked, outcome, error: failure }, pairedItem });
		} else if (failure && masked === row) {
			all.push({ json: { error: failure }, pairedItem });
		} else if (failure) {
			all.push({ json: { error: { ...failure, row: masked } }, pairedItem: index });
		}
		// An error that an earlier run has left in the row is over.
		const columns = includesInput && 'error' in row ? { ...masked, error: null } : masked;
		for (const item of failure ? [] : items) {
			all.push({ json: { ...columns, ...maskResponse(item) }, pairedItem });
		}
	}
	return all;
}
