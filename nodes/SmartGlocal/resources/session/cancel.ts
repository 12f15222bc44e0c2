import { interpretSession } from '../../../api/interpretResponse';
import { defineOperation } from '../../batch/defineOperation';
import { prepareForSession } from '../../batch/read/prepareRequest';
import { existingSessionFields } from './existingSessionFields';

export const sessionCancelOperation = defineOperation({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel session',
	description: 'Stop a payout that waits for its confirmation',
	kind: 'cancellation',
	path: 'session/cancel',
	prepare: prepareForSession,
	interpret: interpretSession('cancellation'),
});

export const sessionCancelDescription = existingSessionFields('cancel');
