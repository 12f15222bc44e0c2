import { readClaimRow } from '../../../../ledger/claims';
import { toEventRow } from '../../../../ledger/events';
import { readSent } from '../../../../ledger/paying/decide';
import { recordOutcomes } from '../../../../ledger/paying/record';
import { defineLedgerOperation, ledgerFields, ledgerItems } from '../defineLedgerOperation';

/** Record Outcomes: the items of Init Payout in, of both branches; rows for the table of events out. */
export const ledgerRecordOperation = defineLedgerOperation({
	name: 'Record Outcomes',
	value: 'record',
	description: 'Make the rows that say how each payout of this run ended, and list it for people',
	outputs: ['Events', 'Outcomes'],
	fields: {
		...ledgerFields('claims'),
		sent: ledgerItems(
			'Sent Rows',
			"$('Decide on Claims').all()",
			'The items that Decide on Claims has put out to be sent',
		),
		...ledgerFields('run'),
	},
	run({ claims, sent, run }, items, now) {
		const own = claims
			.flatMap((row) => readClaimRow(row) ?? [])
			.filter((claim) => claim.run === run);
		const recorded = recordOutcomes(own, readSent(sent), items, now);
		return [recorded.map(({ event }) => toEventRow(event)), recorded.map(({ outcome }) => outcome)];
	},
});
