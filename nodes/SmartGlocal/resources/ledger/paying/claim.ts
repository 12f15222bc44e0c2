import { findNewsStart, toClaimRow, toClaims, toEmptyClaimRow } from '../../../../ledger/claims';
import { defineLedgerOperation, ledgerFields } from '../defineLedgerOperation';

/** Claim Payouts: orders in, one row for the table of claims out for each. */
export const ledgerClaimOperation = defineLedgerOperation({
	name: 'Claim Payouts',
	value: 'claim',
	description: 'Make the rows that say what this run is about to send',
	outputs: ['Claims', 'News Since'],
	fields: ledgerFields('run'),
	run({ run }, orders, now) {
		const claims = toClaims(orders, run, now);
		const since = findNewsStart(orders, now) ?? now;
		return [claims.length > 0 ? claims.map(toClaimRow) : [toEmptyClaimRow(run, now)], [{ since }]];
	},
});
