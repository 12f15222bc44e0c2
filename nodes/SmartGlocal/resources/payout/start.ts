import type { INodeProperties } from 'n8n-workflow';
import { interpretOrder } from '../../../api/interpretResponse';
import { defineOperation } from '../../batch/defineOperation';
import { prepareStart } from '../../batch/read/prepareRequest';
import { sessionIdField } from '../sessionIdField';
import { payoutForm } from './form';
import { orderOptions } from './orderOptions';
import { referenceField } from './referenceField';

const showOnlyForPayoutStart = { resource: ['payout'], operation: ['start'] };

export const payoutStartOperation = defineOperation({
	name: 'Start in Session',
	value: 'start',
	action: 'Start payout in session',
	description: 'Start the payout in a session that was created before',
	kind: 'order',
	path: 'session/start/payout',
	prepare: prepareStart,
	interpret: interpretOrder,
});

export const payoutStartDescription: INodeProperties[] = [
	sessionIdField(showOnlyForPayoutStart),
	...payoutForm(showOnlyForPayoutStart, {
		name: 'As the Session Was Created',
		value: 'none',
		description: 'The payout’s data was given when the session was created',
	}),
	referenceField({ ...showOnlyForPayoutStart, specify: ['none'] }),
	orderOptions(showOnlyForPayoutStart),
];
