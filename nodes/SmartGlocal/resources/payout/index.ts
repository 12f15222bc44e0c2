import type { INodeProperties } from 'n8n-workflow';
import { payoutInitDescription, payoutInitOperation } from './init';

const showOnlyForPayout = { resource: ['payout'] };

export const payoutDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [payoutInitOperation],
		default: 'init',
		displayOptions: { show: showOnlyForPayout },
	},
	...payoutInitDescription,
];
