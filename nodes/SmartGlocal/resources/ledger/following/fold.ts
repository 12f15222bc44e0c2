import { hasTurn } from '../../../../ledger/claims';
import { foldEvents } from '../../../../ledger/following/fold';
import { toIdGroups } from '../../../../ledger/tables';
import { defineLedgerOperation, ledgerFields, ledgerText } from '../defineLedgerOperation';

/** As many events as are read at once: when there were so many, there may be more. */
const MAX_EVENTS = 1_000;

/** Fold Events: the ledger's rows in; what changes in the ledger, and what is to be done, out. */
export const ledgerFoldOperation = defineLedgerOperation({
	name: 'Fold Events',
	value: 'fold',
	description: 'Put new events into the ledger, and say what is to be done about what has changed',
	outputs: ['New Rows', 'Replaced Rows', 'Folded Events', 'To Do', 'Done'],
	fields: {
		...ledgerFields('claims', 'events'),
		run: ledgerText('Run', {
			placeholder: 'e.g. fold/17',
			description:
				'The run of this fold’s own row among the claims, by which one fold works at a time. Empty: no other fold can be at work.',
		}),
	},
	run({ claims, events, run }, rows, now) {
		if (run !== '' && !hasTurn(claims, run, now)) return [[], [], [], [], [{ more: false }]];
		const written = events.filter(({ id }) => Number(id) > 0);
		const { added, replaced, folded, tasks } = foldEvents(rows, written, claims);
		const more = events.length >= MAX_EVENTS && folded.length > 0;
		return [added, toIdGroups(replaced), toIdGroups(folded), tasks, [{ more }]];
	},
});
