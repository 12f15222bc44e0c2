import { describeResource } from '../sharedFields';
import { walletGetBalanceOperation } from './getBalance';

export const walletOperations = [walletGetBalanceOperation];

export const walletDescription = describeResource('wallet', walletOperations, 'getBalance');
