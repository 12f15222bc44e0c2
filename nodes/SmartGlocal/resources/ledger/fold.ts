import type { IExecuteFunctions } from 'n8n-workflow';
import { foldEvents } from '../../../ledger/fold';
import { groupForConditions } from '../../../ledger/tables';
import type { LocalOperation } from '../sharedFields';
import { claimsField, eventsField, readInput, readItems, toItems } from './tableFields';

/** Fold Events: the ledger's rows in; what changes in the ledger, and what is to be done, out. */
export const ledgerFoldOperation: LocalOperation = {
	option: {
		name: 'Fold Events',
		value: 'fold',
		action: 'Fold events',
		description:
			'Put new events into the ledger, and say what is to be done about what has changed',
	},
	outputs: ['New Rows', 'Replaced Rows', 'Folded Events', 'To Do'],
	fields: [claimsField, eventsField],
	run(this: IExecuteFunctions) {
		const events = readItems(this, eventsField);
		const { added, replaced, folded, tasks } = foldEvents(
			readInput(this),
			events.filter(({ id }) => Number(id) > 0),
			readItems(this, claimsField),
		);
		const toGroups = (ids: number[]) =>
			toItems(groupForConditions(ids).map((group) => ({ ids: group })));
		const todo = tasks.map((task) => ({ ...task }));
		return [toItems(added), toGroups(replaced), toGroups(folded), toItems(todo)];
	},
};
