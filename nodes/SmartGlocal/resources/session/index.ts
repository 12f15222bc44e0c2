import type { INodeProperties } from 'n8n-workflow';
import { sessionCancelDescription, sessionCancelOperation } from './cancel';
import { sessionConfirmDescription, sessionConfirmOperation } from './confirm';
import { sessionCreateDescription, sessionCreateOperation } from './create';
import { sessionGetDescription, sessionGetOperation } from './get';

const showOnlyForSession = { resource: ['session'] };

export const sessionOperations = [
	sessionCancelOperation,
	sessionConfirmOperation,
	sessionCreateOperation,
	sessionGetOperation,
];

export const sessionDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: sessionOperations.map(({ option }) => option),
		default: 'get',
		displayOptions: { show: showOnlyForSession },
	},
	...sessionCancelDescription,
	...sessionConfirmDescription,
	...sessionCreateDescription,
	...sessionGetDescription,
];
