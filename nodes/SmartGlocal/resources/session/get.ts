import { defineOperation } from '../../batch/defineOperation';
import { prepareForSession } from '../../batch/read/prepareRequest';
import { lookupOptions } from '../options';
import { sessionIdField } from '../sharedFields';

export const sessionGetOperation = defineOperation({
	name: 'Get Status',
	value: 'get',
	action: 'Get session status',
	description: 'Look up a session and its payouts',
	fields: [sessionIdField, lookupOptions],
	kind: 'lookup',
	path: 'session/status',
	prepare: prepareForSession,
});
