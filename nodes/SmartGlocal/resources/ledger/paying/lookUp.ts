import { findNewsStart } from '../../../../ledger/claims';
import { groupForConditions } from '../../../../ledger/tables';
import type { TableRow } from '../../../../ledger/tables';
import { asText } from '../../../../payout/json/jsonObject';
import { defineLedgerOperation, ledgerItems } from '../defineLedgerOperation';

/** Between two pages of a Data Table, rows can come and go unseen (n8n 2.41). */
const MAX_CLAIMS = 1_000;

/** Prepare Look-Ups: items with references in; 50 references in each item, or the news of them, out. */
export const ledgerLookUpOperation = defineLedgerOperation({
	name: 'Prepare Look-Ups',
	value: 'lookUp',
	description:
		'Group references by 50, because a Data Table finds no more in one look-up; of what was looked up shortly before, the news are enough',
	outputs: ['Look Up', 'Known'],
	fields: {
		items: ledgerItems(
			'Items',
			'$input.all()',
			'Items with references, such as those of Claim Payouts',
		),
		claims: ledgerItems(
			'Claims',
			'[]',
			'The claims of other runs that were read, a thousand at most: when there are so many, all references are looked up',
		),
	},
	run({ items, claims }, input, looked_at) {
		// n8n refuses a reading between whose pages rows came or went. Where its database fails, it puts
		// out what came in, without an error: claims in the place of news (n8n 2.41).
		const isNoNews = (item: TableRow) => Boolean(item.error) || 'claimed_at' in item;
		const hasFailed = claims.some(({ error }) => error) || input.some(isNoNews);
		const isComplete = claims.length < MAX_CLAIMS && !hasFailed;
		const references = new Set(items.map(({ reference }) => asText(reference)));
		if (isComplete && findNewsStart(items, looked_at)) {
			const news = input.filter(({ reference }) => references.has(asText(reference)));
			return [[], news.length > 0 ? news : [{ looked_at }]];
		}
		const named = [...references].filter((reference) => reference !== '');
		// A look-up of nothing keeps the workflow going.
		const groups = named.length > 0 ? groupForConditions(named) : [['']];
		return [groups.map((group) => ({ references: group, looked_at })), []];
	},
});
