import { describeResource } from '../sharedFields';
import { payoutInitOperation } from './init';
import { payoutStartOperation } from './start';

export const payoutOperations = [payoutInitOperation, payoutStartOperation];

export const payoutDescription = describeResource('payout', payoutOperations, 'init');
