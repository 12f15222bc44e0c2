import { sessionFields, sessionOperation } from './change';

export const sessionGetOperation = sessionOperation(
	{
		name: 'Get Status',
		value: 'get',
		action: 'Get the status of a session',
		description: 'Look up a session and its payouts',
	},
	'session/status',
	'status',
);

export const sessionGetDescription = sessionFields('get');
