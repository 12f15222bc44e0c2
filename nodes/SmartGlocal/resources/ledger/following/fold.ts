import type { IExecuteFunctions } from 'n8n-workflow';
import { hasTurn } from '../../../../ledger/claims';
import { foldEvents } from '../../../../ledger/following/fold';
import { textField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import {
	claimsField,
	eventsField,
	readInput,
	readItems,
	toIdGroups,
	toItems,
} from '../tableFields';

/** As many events as are read at once: when there were so many, there may be more. */
const MAX_EVENTS = 1_000;

/** Fold Events: the ledger's rows in; what changes in the ledger, and what is to be done, out. */
export const ledgerFoldOperation: LocalOperation = {
	option: {
		name: 'Fold Events',
		value: 'fold',
		action: 'Fold events',
		description:
			'Put new events into the ledger, and say what is to be done about what has changed',
	},
	outputs: ['New Rows', 'Replaced Rows', 'Folded Events', 'To Do', 'Done'],
	fields: [
		claimsField,
		eventsField,
		textField('Run', 'run', {
			placeholder: 'e.g. fold/17',
			description:
				'The run of this fold’s own row among the claims, by which one fold works at a time. Empty: no other fold can be at work.',
		}),
	],
	run(this: IExecuteFunctions) {
		const [claims, events] = [readItems(this, claimsField), readItems(this, eventsField)];
		const run = String(this.getNodeParameter('run', 0, ''));
		if (run !== '' && !hasTurn(claims, run, new Date().toISOString())) {
			return [[], [], [], [], toItems([{ more: false }])];
		}
		const { added, replaced, folded, tasks } = foldEvents(
			readInput(this),
			events.filter(({ id }) => Number(id) > 0),
			claims,
		);
		const todo = tasks.map((task) => ({ ...task }));
		const more = events.length >= MAX_EVENTS && folded.length > 0;
		return [
			toItems(added),
			toIdGroups(replaced),
			toIdGroups(folded),
			toItems(todo),
			toItems([{ more }]),
		];
	},
};
