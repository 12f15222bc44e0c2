import { isOrder } from '../../../../ledger/claims';
import { decideClaims, isSent, markSent, toLeftOutcome } from '../../../../ledger/paying/decide';
import { toIdGroups } from '../../../../ledger/tables';
import type { TableRow } from '../../../../ledger/tables';
import { defineLedgerOperation, ledgerFields, ledgerItems } from '../defineLedgerOperation';

/** Decide on Claims: what the tables hold in; what this run sends, and what it leaves, out. */
export const ledgerDecideOperation = defineLedgerOperation({
	name: 'Decide on Claims',
	value: 'decide',
	description: 'Say which of the claimed payouts this run sends, and why it leaves the others',
	outputs: ['Send', 'Settled Claims', 'Leave'],
	fields: {
		...ledgerFields('claims', 'events', 'payouts'),
		orders: ledgerItems(
			'Orders',
			"$('A Chunk of Orders').all()",
			'The items that were claimed: a row with a card is not kept in its claim',
		),
		...ledgerFields('run'),
	},
	run({ claims, events, payouts, orders: items, run }, _input, now) {
		const orders = items.filter(isOrder);
		const known = orders.flatMap(({ known: row }): TableRow[] => (row ? [row] : []));
		const tables = { claims, events, payouts: [...known, ...payouts] };
		const decisions = decideClaims(tables, run, now);
		const rows = new Map(orders.map(({ position, columns }) => [position, columns]));
		const sent = decisions.filter(isSent).map((decision) => ({
			// What was claimed is sent; only a row with a card is not kept in its claim.
			...(decision.claim.columns ?? rows.get(decision.claim.position)),
			...markSent(decision),
		}));
		const left = decisions
			.filter((decision) => !isSent(decision))
			.map(({ claim, ...why }) => toLeftOutcome(claim, why));
		const settled = decisions.flatMap((decision) => decision.settled);
		// The last output always has an item, so that its branch runs, after the others have ended.
		return [sent, toIdGroups(settled), left.length > 0 ? left : [{}]];
	},
});
