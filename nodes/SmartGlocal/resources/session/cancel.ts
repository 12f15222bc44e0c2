import { defineOperation } from '../../batch/defineOperation';
import { prepareForSession } from '../../batch/read/prepareRequest';
import { sessionOptions } from '../options';
import { sessionIdField } from '../sharedFields';

export const sessionCancelOperation = defineOperation({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel session',
	description: 'Stop a payout that waits for its confirmation',
	fields: [sessionIdField, sessionOptions],
	kind: 'cancellation',
	path: 'session/cancel',
	prepare: prepareForSession,
});
