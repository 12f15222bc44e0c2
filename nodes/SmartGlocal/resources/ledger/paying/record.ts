import type { IExecuteFunctions } from 'n8n-workflow';
import { readClaimRow } from '../../../../ledger/claims';
import { readSent } from '../../../../ledger/paying/decide';
import { toEventRow } from '../../../../ledger/events';
import { recordOutcomes } from '../../../../ledger/paying/record';
import type { LocalOperation } from '../../sharedFields';
import { claimsField, readInput, readItems, runField, sentField, toItems } from '../tableFields';

/** Record Outcomes: the items of Init Payout in, of both branches; rows for the table of events out. */
export const ledgerRecordOperation: LocalOperation = {
	option: {
		name: 'Record Outcomes',
		value: 'record',
		action: 'Record outcomes',
		description: 'Make the rows that say how each payout of this run ended, and list it for people',
	},
	outputs: ['Events', 'Outcomes'],
	fields: [claimsField, sentField, runField],
	run(this: IExecuteFunctions) {
		const run = String(this.getNodeParameter('run', 0, ''));
		const claims = readItems(this, claimsField).flatMap((row) => readClaimRow(row) ?? []);
		const own = claims.filter((claim) => claim.run === run);
		const sent = readSent(readItems(this, sentField));
		const recorded = recordOutcomes(own, sent, readInput(this), new Date().toISOString());
		const events = recorded.map(({ event }) => toEventRow(event));
		return [toItems(events), toItems(recorded.map(({ outcome }) => ({ ...outcome })))];
	},
};
