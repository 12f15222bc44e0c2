import { defineOperation } from '../../batch/defineOperation';
import { prepareCreation } from '../../batch/read/prepareRequest';
import { sessionOptions } from '../options';
import { payoutForm } from '../payout/form';

export const sessionCreateOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create session',
	description:
		'Create a session, empty or with a payout’s data. Nothing is paid before it is started.',
	fields: [
		...payoutForm({
			none: [
				'Nothing Yet',
				'Create an empty session, and give the payout’s data when it is started',
			],
		}),
		sessionOptions,
	],
	kind: 'creation',
	path: 'session/create',
	prepare: prepareCreation,
});
