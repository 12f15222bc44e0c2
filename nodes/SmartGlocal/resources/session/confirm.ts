import { sessionFields, sessionOperation } from './change';

export const sessionConfirmOperation = sessionOperation(
	{
		name: 'Confirm',
		value: 'confirm',
		action: 'Confirm a session',
		description: 'Let a checked payout go out, within 240 minutes of Ready to Confirm',
	},
	'session/confirm',
	'confirmation',
);

export const sessionConfirmDescription = sessionFields('confirm');
