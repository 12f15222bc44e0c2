import type { INodeProperties } from 'n8n-workflow';
import { operationField } from '../sharedFields';
import { payoutInitDescription, payoutInitOperation } from './init';
import { payoutStartDescription, payoutStartOperation } from './start';

export const payoutOperations = [payoutInitOperation, payoutStartOperation];

export const payoutDescription: INodeProperties[] = [
	operationField('payout', payoutOperations, 'init'),
	...payoutInitDescription,
	...payoutStartDescription,
];
