import { toEventRow } from '../../../../ledger/events';
import { catchUp, checkOrders } from '../../../../ledger/following/catchUp';
import {
	defineLedgerOperation,
	ledgerChoice,
	ledgerFields,
	ledgerItems,
	showWhere,
} from '../defineLedgerOperation';

/** Catch Up: what the tables hold in; what is to be done about payouts whose end is open, out. */
export const ledgerCatchUpOperation = defineLedgerOperation({
	name: 'Catch Up',
	value: 'catchUp',
	description: 'Say what is to be done about payouts whose end is open',
	outputs: ['Look Up', 'Orders', 'Events', 'To Tell'],
	fields: {
		step: ledgerChoice('Step', 'What has been done before', {
			open: ['The Tables Were Read', 'Find what is open'],
			checked: ['The Rows Were Checked', 'Keep the orders whose rows still fit the ledger'],
		}),
		...showWhere({ step: ['open'] }, ledgerFields('claims', 'events', 'payouts')),
		...showWhere(
			{ step: ['checked'] },
			{
				...ledgerFields('checked'),
				orders: ledgerItems(
					'Orders',
					"$('Catch Up').all(1)",
					'The orders that this operation has put out, in the order in which their rows were checked',
				),
			},
		),
	},
	run(values, _input, now) {
		if (values.step === 'checked') {
			const { orders, tasks } = checkOrders(values.orders, values.checked);
			return [[], orders, [], tasks];
		}
		const { sessions, orders, events, tasks } = catchUp(values, now);
		return [sessions.map((session_id) => ({ session_id })), orders, events.map(toEventRow), tasks];
	},
});
