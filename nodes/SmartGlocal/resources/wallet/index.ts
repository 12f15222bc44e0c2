import type { INodeProperties } from 'n8n-workflow';
import { walletGetBalanceDescription, walletGetBalanceOperation } from './getBalance';

const showOnlyForWallet = { resource: ['wallet'] };

export const walletOperations = [walletGetBalanceOperation];

export const walletDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: walletOperations.map(({ option }) => option),
		default: 'getBalance',
		displayOptions: { show: showOnlyForWallet },
	},
	...walletGetBalanceDescription,
];
