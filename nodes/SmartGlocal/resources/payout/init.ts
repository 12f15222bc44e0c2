import { defineOperation } from '../../batch/defineOperation';
import { prepareInit } from '../../batch/read/prepareRequest';
import { initOptions } from '../options';
import { payoutForm } from './form';

export const payoutInitOperation = defineOperation({
	name: 'Send Payout (Init Payout)',
	value: 'init',
	action: 'Send payout (init payout)',
	description:
		'Pay somebody to a bank account or a card: creates a session and starts the payout in one step',
	fields: [...payoutForm(), initOptions],
	kind: 'order',
	path: 'session/init/payout',
	canCreateSessionFirst: true,
	prepare: prepareInit,
});
