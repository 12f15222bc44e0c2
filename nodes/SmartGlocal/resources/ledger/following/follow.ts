import { toEventRow } from '../../../../ledger/events';
import { selectNews, toReportedEvents } from '../../../../ledger/following/follow';
import {
	defineLedgerOperation,
	ledgerChoice,
	ledgerFields,
	showWhere,
} from '../defineLedgerOperation';

/** Follow Payouts: webhooks, look-ups or confirmations in; rows for the table of events out. */
export const ledgerFollowOperation = defineLedgerOperation({
	name: 'Follow Payouts',
	value: 'follow',
	description: 'Make the rows that say what Smart Glocal has reported of payouts',
	fields: {
		event: ledgerChoice('Items Come From', 'Which node has put out the items', {
			webhook: ['Smart Glocal Trigger'],
			look_up: ['Get Status'],
			confirm: ['Confirm'],
		}),
		...showWhere({ event: ['look_up'] }, ledgerFields('payouts')),
	},
	run(values, input, now) {
		const events = toReportedEvents(input, values.event, now);
		const news = values.event === 'look_up' ? selectNews(events, values.payouts) : events;
		return [news.map(toEventRow)];
	},
});
