import type { IExecuteFunctions } from 'n8n-workflow';
import { groupForConditions } from '../../../ledger/tables';
import { asText } from '../../../payout/json/jsonObject';
import { textField } from '../sharedFields';
import type { LocalOperation } from '../sharedFields';
import { readItems, toItems } from './tableFields';

const itemsToLookUp = textField('Items', 'items', {
	required: true,
	default: '={{ $input.all() }}',
	description: 'Items with references, such as those of Claim Payouts',
});

/** Prepare Look-Ups: items with references in; 50 references in each item out. */
export const ledgerLookUpOperation: LocalOperation = {
	option: {
		name: 'Prepare Look-Ups',
		value: 'lookUp',
		action: 'Prepare look ups',
		description: 'Group references by 50, because a Data Table finds no more in one look-up',
	},
	fields: [itemsToLookUp],
	run(this: IExecuteFunctions) {
		const references = readItems(this, itemsToLookUp).map(({ reference }) => asText(reference));
		const named = [...new Set(references)].filter((reference) => reference !== '');
		const groups = groupForConditions(named);
		// A look-up of nothing keeps the workflow going.
		const all = groups.length > 0 ? groups : [['']];
		return [toItems(all.map((group) => ({ references: group })))];
	},
};
