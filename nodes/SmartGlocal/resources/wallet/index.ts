import type { INodeProperties } from 'n8n-workflow';
import { operationField } from '../sharedFields';
import { walletGetBalanceDescription, walletGetBalanceOperation } from './getBalance';

export const walletOperations = [walletGetBalanceOperation];

export const walletDescription: INodeProperties[] = [
	operationField('wallet', walletOperations, 'getBalance'),
	...walletGetBalanceDescription,
];
