import { defineOperation } from '../../batch/defineOperation';
import { prepareStart } from '../../batch/read/prepareRequest';
import { orderOptions } from '../options';
import { referenceField, sessionIdField, showFields } from '../sharedFields';
import { payoutForm } from './form';

export const payoutStartOperation = defineOperation({
	name: 'Start in Session',
	value: 'start',
	action: 'Start payout in session',
	description: 'Start the payout in a session that was created before',
	fields: [
		sessionIdField,
		...payoutForm({
			none: [
				'As the Session Was Created',
				'The payout’s data was given when the session was created',
			],
		}),
		...showFields({ specify: ['none'] }, [referenceField]),
		orderOptions,
	],
	kind: 'order',
	path: 'session/start/payout',
	prepare: prepareStart,
});
