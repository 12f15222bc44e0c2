import type { IExecuteFunctions } from 'n8n-workflow';
import { findNewsStart, toClaimRow, toClaims, toEmptyClaimRow } from '../../../../ledger/claims';
import type { LocalOperation } from '../../sharedFields';
import { readInput, runField, toItems } from '../tableFields';

/** Claim Payouts: orders in, one row for the table of claims out for each. */
export const ledgerClaimOperation: LocalOperation = {
	option: {
		name: 'Claim Payouts',
		value: 'claim',
		action: 'Claim payouts',
		description: 'Make the rows that say what this run is about to send',
	},
	outputs: ['Claims', 'News Since'],
	fields: [runField],
	run(this: IExecuteFunctions) {
		const run = String(this.getNodeParameter('run', 0, ''));
		const now = new Date().toISOString();
		const orders = readInput(this);
		const claims = toClaims(orders, run, now);
		const since = findNewsStart(orders, now) ?? now;
		return [
			toItems(claims.length > 0 ? claims.map(toClaimRow) : [toEmptyClaimRow(run, now)]),
			toItems([{ since }]),
		];
	},
};
