import type { INodeProperties } from 'n8n-workflow';
import { payoutInitDescription, payoutInitOperation } from './init';
import { payoutStartDescription, payoutStartOperation } from './start';

const showOnlyForPayout = { resource: ['payout'] };

export const payoutOperations = [payoutInitOperation, payoutStartOperation];

export const payoutDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: payoutOperations.map(({ option }) => option),
		default: 'init',
		displayOptions: { show: showOnlyForPayout },
	},
	...payoutInitDescription,
	...payoutStartDescription,
];
