import type { IExecuteFunctions } from 'n8n-workflow';
import { isOrder } from '../../../../ledger/claims';
import { decideClaims, isSent, markSent, toLeftOutcome } from '../../../../ledger/paying/decide';
import type { TableRow } from '../../../../ledger/tables';
import type { LocalOperation } from '../../sharedFields';
import {
	claimsField,
	eventsField,
	itemsField,
	payoutsField,
	readItems,
	runField,
	toIdGroups,
	toItems,
} from '../tableFields';

const ordersField = itemsField(
	'Orders',
	'orders',
	"$('A Chunk of Orders').all()",
	'The items that were claimed: a row with a card is not kept in its claim',
);

/** Decide on Claims: what the tables hold in; what this run sends, and what it leaves, out. */
export const ledgerDecideOperation: LocalOperation = {
	option: {
		name: 'Decide on Claims',
		value: 'decide',
		action: 'Decide on claims',
		description: 'Say which of the claimed payouts this run sends, and why it leaves the others',
	},
	outputs: ['Send', 'Settled Claims', 'Leave'],
	fields: [claimsField, eventsField, payoutsField, ordersField, runField],
	run(this: IExecuteFunctions) {
		const orders = readItems(this, ordersField).filter(isOrder);
		const known = orders.flatMap((order): TableRow[] => (order.known ? [order.known] : []));
		const tables = {
			claims: readItems(this, claimsField),
			events: readItems(this, eventsField),
			payouts: [...known, ...readItems(this, payoutsField)],
		};
		const run = String(this.getNodeParameter('run', 0, ''));
		const decisions = decideClaims(tables, run, new Date().toISOString());
		const rows = new Map(orders.map(({ position, columns }) => [position, columns]));
		const sent = decisions.filter(isSent).map((decision) => ({
			// What was claimed is sent; only a row with a card is not kept in its claim.
			...(decision.claim.columns ?? rows.get(decision.claim.position)),
			...markSent(decision),
		}));
		const left = decisions
			.filter((decision) => !isSent(decision))
			.map((decision) => ({ ...toLeftOutcome(decision.claim, decision) }));
		const settled = decisions.flatMap((decision) => decision.settled);
		// The last output always has an item, so that its branch runs, after the others have ended.
		return [toItems(sent), toIdGroups(settled), toItems(left.length > 0 ? left : [{}])];
	},
};
