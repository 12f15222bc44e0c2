import type { INodeProperties } from 'n8n-workflow';
import { interpretOrder } from '../../../api/interpretResponse';
import { defineOperation } from '../../batch/defineOperation';
import { prepareInit } from '../../batch/read/prepareRequest';
import { payoutForm } from './form';
import { initOptions } from './orderOptions';

const showOnlyForPayoutInit = { resource: ['payout'], operation: ['init'] };

export const payoutInitOperation = defineOperation({
	name: 'Init Payout',
	value: 'init',
	action: 'Send payout',
	description: 'Pay somebody: create a session and start the payout in one step',
	kind: 'order',
	path: 'session/init/payout',
	canCreateSessionFirst: true,
	prepare: prepareInit,
	interpret: interpretOrder,
});

export const payoutInitDescription: INodeProperties[] = [
	...payoutForm(showOnlyForPayoutInit),
	initOptions(showOnlyForPayoutInit),
];
