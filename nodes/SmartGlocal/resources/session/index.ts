import type { INodeProperties } from 'n8n-workflow';
import { operationField } from '../sharedFields';
import { sessionCancelDescription, sessionCancelOperation } from './cancel';
import { sessionConfirmDescription, sessionConfirmOperation } from './confirm';
import { sessionCreateDescription, sessionCreateOperation } from './create';
import { sessionGetDescription, sessionGetOperation } from './get';

export const sessionOperations = [
	sessionCancelOperation,
	sessionConfirmOperation,
	sessionCreateOperation,
	sessionGetOperation,
];

export const sessionDescription: INodeProperties[] = [
	operationField('session', sessionOperations, 'get'),
	...sessionCancelDescription,
	...sessionConfirmDescription,
	...sessionCreateDescription,
	...sessionGetDescription,
];
