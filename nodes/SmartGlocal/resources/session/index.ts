import { describeResource } from '../sharedFields';
import { sessionCancelOperation } from './cancel';
import { sessionConfirmOperation } from './confirm';
import { sessionCreateOperation } from './create';
import { sessionGetOperation } from './get';

export const sessionOperations = [
	sessionCancelOperation,
	sessionConfirmOperation,
	sessionCreateOperation,
	sessionGetOperation,
];

export const sessionDescription = describeResource('session', sessionOperations, 'get');
