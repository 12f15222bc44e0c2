import type { IExecuteFunctions } from 'n8n-workflow';
import { findNewsStart } from '../../../../ledger/claims';
import { groupForConditions } from '../../../../ledger/tables';
import { asText } from '../../../../payout/json/jsonObject';
import { textField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import { itemsField, readInput, readItems, toItems } from '../tableFields';

const itemsToLookUp = textField('Items', 'items', {
	required: true,
	default: '={{ $input.all() }}',
	description: 'Items with references, such as those of Claim Payouts',
});

const readClaims = itemsField(
	'Claims',
	'claims',
	'[]',
	'The claims of other runs that were read, a thousand at most: when there are so many, all references are looked up',
);

/** Between two pages of a Data Table, rows can come and go unseen (n8n 2.41). */
const MAX_CLAIMS = 1_000;

/** Prepare Look-Ups: items with references in; 50 references in each item out. */
export const ledgerLookUpOperation: LocalOperation = {
	option: {
		name: 'Prepare Look-Ups',
		value: 'lookUp',
		action: 'Prepare look ups',
		description:
			'Group references by 50, because a Data Table finds no more in one look-up; of what was looked up shortly before, the news are enough',
	},
	outputs: ['Look Up', 'Known'],
	fields: [itemsToLookUp, readClaims],
	run(this: IExecuteFunctions) {
		const looked_at = new Date().toISOString();
		const items = readItems(this, itemsToLookUp);
		const claims = readItems(this, readClaims);
		// n8n refuses a reading between whose pages rows came or went (n8n 2.41).
		const hasFailed = [...claims, ...readInput(this)].some(({ error }) => error);
		const isComplete = claims.length < MAX_CLAIMS && !hasFailed;
		if (isComplete && findNewsStart(items, looked_at)) return [[], toItems([{ looked_at }])];
		const references = items.map(({ reference }) => asText(reference));
		const named = [...new Set(references)].filter((reference) => reference !== '');
		const groups = groupForConditions(named);
		// A look-up of nothing keeps the workflow going.
		const all = groups.length > 0 ? groups : [['']];
		return [toItems(all.map((group) => ({ references: group, looked_at }))), []];
	},
};
