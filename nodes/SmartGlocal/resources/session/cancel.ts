import { sessionFields, sessionOperation } from './change';

export const sessionCancelOperation = sessionOperation(
	{
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel a session',
		description: 'Stop a payout that waits for its confirmation',
	},
	'session/cancel',
	'cancellation',
);

export const sessionCancelDescription = sessionFields('cancel');
