import { interpretOrder } from '../../../api/interpretResponse';
import { defineOperation } from '../../batch/defineOperation';
import { prepareInit } from '../../batch/read/prepareRequest';
import { initOptions } from '../options';
import { payoutForm } from './form';

export const payoutInitOperation = defineOperation({
	name: 'Init Payout',
	value: 'init',
	action: 'Send payout',
	description: 'Pay somebody: create a session and start the payout in one step',
	fields: [...payoutForm(), initOptions],
	kind: 'order',
	path: 'session/init/payout',
	canCreateSessionFirst: true,
	prepare: prepareInit,
	interpret: interpretOrder,
});
