import { interpretSession } from '../../../api/interpretResponse';
import { defineOperation } from '../../batch/defineOperation';
import { prepareForSession } from '../../batch/prepareRequest';
import { existingSessionFields } from './existingSessionFields';

export const sessionGetOperation = defineOperation({
	name: 'Get Status',
	value: 'get',
	action: 'Get the status of a session',
	description: 'Look up a session and its payouts',
	kind: 'lookup',
	path: 'session/status',
	prepare: prepareForSession,
	interpret: interpretSession('lookup'),
});

export const sessionGetDescription = existingSessionFields('get');
