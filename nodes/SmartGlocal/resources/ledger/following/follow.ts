import type { IExecuteFunctions } from 'n8n-workflow';
import { toEventRow } from '../../../../ledger/events';
import { selectNews, toReportedEvents } from '../../../../ledger/following/follow';
import { choiceField } from '../../sharedFields';
import type { LocalOperation } from '../../sharedFields';
import { payoutsField, readInput, readItems, toItems } from '../tableFields';

/** Follow Payouts: webhooks, look-ups or confirmations in; rows for the table of events out. */
export const ledgerFollowOperation: LocalOperation = {
	option: {
		name: 'Follow Payouts',
		value: 'follow',
		action: 'Follow payouts',
		description: 'Make the rows that say what Smart Glocal has reported of payouts',
	},
	fields: [
		choiceField('Items Come From', 'event', 'Which node has put out the items', {
			webhook: ['Smart Glocal Trigger'],
			look_up: ['Get Status'],
			confirm: ['Confirm'],
		}),
		{ ...payoutsField, displayOptions: { show: { event: ['look_up'] } } },
	],
	run(this: IExecuteFunctions) {
		const event = String(this.getNodeParameter('event', 0, 'webhook'));
		const events = toReportedEvents(readInput(this), event, new Date().toISOString());
		const isLookUp = event === 'look_up';
		const news = isLookUp ? selectNews(events, readItems(this, payoutsField)) : events;
		return [toItems(news.map(toEventRow))];
	},
};
