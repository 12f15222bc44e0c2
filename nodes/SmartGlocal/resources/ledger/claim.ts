import type { IExecuteFunctions } from 'n8n-workflow';
import { toClaimRow, toEmptyClaimRow } from '../../../ledger/claims';
import { toClaims } from '../../../ledger/record';
import { textField } from '../sharedFields';
import type { LocalOperation } from '../sharedFields';
import { readInput, readItems, rowsField, runField, toItems } from './tableFields';

/** Claim Payouts: the items of a dry run in, one row for the table of claims out for each right one. */
export const ledgerClaimOperation: LocalOperation = {
	option: {
		name: 'Claim Payouts',
		value: 'claim',
		action: 'Claim payouts',
		description: 'Make the rows that say what this run is about to send, from a dry run',
	},
	fields: [
		rowsField,
		runField,
		textField('Requested By', 'requestedBy', {
			placeholder: 'e.g. ann@example.com',
			description: 'Who wants the payouts to be sent',
		}),
		textField('Source', 'source', {
			placeholder: 'e.g. july.xlsx',
			description: 'The file or the workflow that they come from',
		}),
	],
	run(this: IExecuteFunctions) {
		const read = (name: string) => String(this.getNodeParameter(name, 0, ''));
		const origin = { requested_by: read('requestedBy'), decided_by: '', source: read('source') };
		const settings = { ...origin, run: read('run'), now: new Date().toISOString() };
		const claims = toClaims(readInput(this), readItems(this, rowsField), settings);
		const empty = [toEmptyClaimRow(settings.run, settings.now)];
		return [toItems(claims.length > 0 ? claims.map(toClaimRow) : empty)];
	},
};
