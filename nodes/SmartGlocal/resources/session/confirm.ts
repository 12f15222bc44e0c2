import { defineOperation } from '../../batch/defineOperation';
import { prepareForSession } from '../../batch/read/prepareRequest';
import { sessionOptions } from '../options';
import { sessionIdField } from '../sharedFields';

export const sessionConfirmOperation = defineOperation({
	name: 'Confirm',
	value: 'confirm',
	action: 'Confirm session',
	description: 'Let a checked payout go out, within 240 minutes of Ready to Confirm',
	fields: [sessionIdField, sessionOptions],
	kind: 'confirmation',
	path: 'session/confirm',
	prepare: prepareForSession,
});
