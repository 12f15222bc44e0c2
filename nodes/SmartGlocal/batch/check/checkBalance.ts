import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { interpretBalance } from '../../../api/interpretResponse';
import type { Order } from '../../../api/request';
import { MAX_WAIT_MS } from '../../../api/send';
import type { RequestQueue, Send } from '../../../api/send';
import { readMoney } from '../../../api/sessions';
import { waitUnless } from '../../../api/wait';
import { describeFailure } from '../../messages/failureTexts';
import { asObject } from '../../../payout/json/jsonObject';
import { showMoney, sumByCurrency } from '../../../payout/money/totals';
import { prepareBalance } from '../read/prepareRequest';

/** The API method that gives the balance. */
export const BALANCE_PATH = 'wallet/balance';

const AFTER_EARLIER_RUN =
	"If an earlier run has sent some of these rows, remove them or the option 'Check Balance First': they need no more money.";

/** What the balance says about a batch. */
export interface BalanceCheck {
	/** Why nothing may be sent; undefined when it may. */
	problem?: string;
	/** What could not be checked. */
	notes: string[];
}

/**
 * Looks the balance up once, and compares it with the sums of a batch. Of several wallets in one
 * currency, the fullest counts: which one pays is not documented.
 *
 * @param orders of all rows that are to be sent
 */
export async function checkBalance(
	context: IExecuteFunctions,
	orders: readonly Order[],
	connect: (queue: RequestQueue) => Send,
): Promise<BalanceCheck> {
	const prepared = prepareBalance();
	const exchange = await connect(createQueue(context))({ path: BALANCE_PATH, ...prepared });
	const end =
		'failure' in exchange
			? exchange.failure
			: interpretBalance(exchange.response, prepared, { simplify: false, duplicates: 'report' });
	if (!('items' in end)) {
		const { message, description } = describeFailure(end, 'balance', '');
		const problem = `The option 'Check Balance First' is on. ${message}. ${description}`;
		return { problem, notes: [] };
	}
	const wallets = end.items.map(({ wallet }) => readMoney(asObject(wallet) as IDataObject));
	const notes: string[] = [];
	if (orders.some(({ currency }) => currency === '')) {
		notes.push('The balance could not be checked: the sessions hold the amounts.');
	}
	for (const [currency, sum] of sumByCurrency(orders)) {
		const ofCurrency = wallets.filter((wallet) => wallet.currency === currency);
		const balances = ofCurrency.flatMap(({ minor }) => minor ?? []);
		if (ofCurrency.length === 0) {
			notes.push(`The balance could not be checked in ${currency}: there is no wallet in it.`);
		} else if (balances.length === 0) {
			return { problem: `The balance of the wallet in ${currency} cannot be read.`, notes };
		} else if (Math.max(...balances) < sum) {
			const balance = BigInt(Math.max(...balances));
			const problem = `The wallet holds ${showMoney(balance, currency)}, but the rows add up to ${showMoney(sum, currency)}: ${showMoney(sum - balance, currency)} is missing. Fund the wallet, or pay fewer rows. ${AFTER_EARLIER_RUN}`;
			return { problem, notes };
		}
	}
	return { notes };
}

/** One request at a time, which waits when Smart Glocal asks it to. */
function createQueue(context: IExecuteFunctions): RequestQueue {
	const signal = context.getExecutionCancelSignal();
	return {
		enter: async () => async (_signal, waitMs) => {
			if (waitMs === undefined || waitMs > MAX_WAIT_MS) return;
			await waitUnless(() => signal?.aborted === true, waitMs);
		},
	};
}
