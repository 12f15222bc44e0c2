import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { interpretBalance } from '../../../api/interpretResponse';
import type { Order } from '../../../api/request';
import type { RequestQueue, Send } from '../../../api/send';
import { readMoney } from '../../../api/sessions';
import { asObject } from '../../../payout/json/jsonObject';
import { showMoney, sumByCurrency } from '../../../payout/money/amount';
import { describeFailure } from '../../messages/failureTexts';
import { prepareBalance } from '../read/prepareRequest';
import { BatchQueue } from '../send/requestQueue';

export const BALANCE_PATH = 'wallet/balance';

/**
 * Looks the balance up once, and gives why nothing may be sent, if so; `notes` gets what could not be
 * checked. Of several wallets in one currency, the fullest counts: which one pays is not documented.
 */
export async function checkBalance(
	context: IExecuteFunctions,
	orders: readonly Order[],
	connect: (queue: RequestQueue) => Send,
	notes: string[],
): Promise<string | undefined> {
	const prepared = prepareBalance();
	const signal = context.getExecutionCancelSignal();
	const send = connect(new BatchQueue(1, () => signal?.aborted === true));
	const exchange = await send({ path: BALANCE_PATH, ...prepared });
	const end =
		'failure' in exchange
			? exchange.failure
			: interpretBalance(exchange.response, prepared, { simplify: false, duplicates: 'report' });
	if (!('items' in end)) {
		const { message, description } = describeFailure(end, 'balance', '');
		return `The option 'Check Balance First' is on. ${message}. ${description}`;
	}
	const wallets = end.items.map(({ wallet }) => readMoney(asObject(wallet) as IDataObject));
	if (orders.some(({ currency }) => currency === '')) {
		notes.push('The balance could not be checked: the sessions hold the amounts.');
	}
	for (const [currency, sum] of sumByCurrency(orders)) {
		const ofCurrency = wallets.filter((wallet) => wallet.currency === currency);
		const balances = ofCurrency.flatMap(({ minor }) => minor ?? []);
		if (ofCurrency.length === 0) {
			notes.push(`The balance could not be checked in ${currency}: there is no wallet in it.`);
			continue;
		}
		if (balances.length === 0) return `The balance of the wallet in ${currency} cannot be read.`;
		const balance = BigInt(Math.max(...balances));
		if (balance < sum) {
			return `The wallet holds ${showMoney(balance, currency)}, but the rows add up to ${showMoney(sum, currency)}: ${showMoney(sum - balance, currency)} is missing. Fund the wallet, or pay fewer rows. If an earlier run has sent some of these rows, remove them or the option 'Check Balance First': they need no more money.`;
		}
	}
	return undefined;
}
