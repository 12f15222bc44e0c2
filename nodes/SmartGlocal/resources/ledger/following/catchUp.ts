import type { IExecuteFunctions } from 'n8n-workflow';
import { catchUp, checkOrders } from '../../../../ledger/following/catchUp';
import { toEventRow } from '../../../../ledger/events';
import { choiceField, showFields } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import {
	checkedField,
	claimsField,
	eventsField,
	itemsField,
	payoutsField,
	readItems,
	toItems,
} from '../tableFields';

const ordersField = itemsField(
	'Orders',
	'orders',
	"$('Catch Up').all(1)",
	'The orders that this operation has put out, in the order in which their rows were checked',
);

/** Catch Up: what the tables hold in; what is to be done about payouts whose end is open, out. */
export const ledgerCatchUpOperation: LocalOperation = {
	option: {
		name: 'Catch Up',
		value: 'catchUp',
		action: 'Catch up',
		description: 'Say what is to be done about payouts whose end is open',
	},
	outputs: ['Look Up', 'Orders', 'Events', 'To Tell'],
	fields: [
		choiceField('Step', 'step', 'What has been done before', {
			open: ['The Tables Were Read', 'Find what is open'],
			checked: ['The Rows Were Checked', 'Keep the orders whose rows still fit the ledger'],
		}),
		...showFields({ step: ['open'] }, [claimsField, eventsField, payoutsField]),
		...showFields({ step: ['checked'] }, [checkedField, ordersField]),
	],
	run(this: IExecuteFunctions) {
		const toOutput = (rows: readonly object[]) => toItems(rows.map((row) => ({ ...row })));
		if (this.getNodeParameter('step', 0) === 'checked') {
			const orders = readItems(this, ordersField);
			const checked = checkOrders(orders, readItems(this, checkedField));
			return [[], toOutput(checked.orders), [], toOutput(checked.tasks)];
		}
		const tables = {
			claims: readItems(this, claimsField),
			events: readItems(this, eventsField),
			payouts: readItems(this, payoutsField),
		};
		const { sessions, orders, events: late, tasks } = catchUp(tables, new Date().toISOString());
		return [
			toItems(sessions.map((session_id) => ({ session_id }))),
			toOutput(orders),
			toItems(late.map(toEventRow)),
			toOutput(tasks),
		];
	},
};
