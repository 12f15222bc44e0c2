import { BALANCE_PATH } from '../../batch/check/checkBalance';
import { defineOperation } from '../../batch/defineOperation';
import { prepareBalance } from '../../batch/read/prepareRequest';
import { walletOptions } from '../options';

export const walletGetBalanceOperation = defineOperation({
	name: 'Get Balance',
	value: 'getBalance',
	action: 'Get wallet balance',
	description: 'Look up the prefunded balance that payouts are paid from',
	fields: [walletOptions],
	kind: 'balance',
	path: BALANCE_PATH,
	prepare: prepareBalance,
});
