import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { interpretBalance } from '../../../api/interpretResponse';
import type { Order } from '../../../api/request';
import { MAX_WAIT_MS } from '../../../api/send';
import type { Pace, Send } from '../../../api/send';
import { readAmount } from '../../../api/sessions';
import { waitUnless } from '../../../api/wait';
import { describeFailure } from '../../messages/failureTexts';
import { asObject } from '../../../payout/json/jsonObject';
import { showMoney, sumByCurrency } from '../../../payout/money/totals';
import { prepareBalance } from '../read/prepareRequest';

/** What the balance says about a batch. */
export interface BalanceCheck {
	/** Why nothing may be sent; undefined when it may. */
	problem?: string;
	/** What could not be checked. */
	notes: string[];
}

/** The API method that gives the balance. */
export const BALANCE_PATH = 'wallet/balance';

const AFTER_EARLIER_RUN =
	"If an earlier run has sent some of these rows, remove them or the option 'Check Balance First': they need no more money.";

/**
 * Looks the balance up once, and compares it with the sums of a batch. Of several wallets in one
 * currency, the fullest counts: which one pays is not documented.
 *
 * @param orders of all rows that are to be sent
 */
export async function checkBalance(
	context: IExecuteFunctions,
	orders: readonly Order[],
	connect: (pace: Pace) => Send,
): Promise<BalanceCheck> {
	const prepared = prepareBalance();
	const exchange = await connect(createPace(context))({ path: BALANCE_PATH, ...prepared });
	const end =
		'failure' in exchange
			? exchange.failure
			: interpretBalance(exchange.response, prepared, { simplify: false, duplicates: 'report' });
	if (!('items' in end)) {
		const { message, description } = describeFailure(end, 'balance', '');
		return {
			problem: `The option 'Check Balance First' is on. ${message}. ${description}`,
			notes: [],
		};
	}
	const wallets = end.items.map(({ wallet }) => readAmount(asObject(wallet) as IDataObject));
	const notes: string[] = [];
	if (orders.some(({ currency }) => currency === '')) {
		notes.push('The balance could not be checked: the sessions hold the amounts.');
	}
	for (const [currency, sum] of sumByCurrency(orders)) {
		const amounts = wallets
			.filter((wallet) => isOf(wallet.currency, currency))
			.map(({ amount }) => amount);
		if (amounts.length === 0) {
			notes.push(`The balance could not be checked in ${currency}: there is no wallet in it.`);
			continue;
		}
		const readable = amounts.filter((amount): amount is number => Number.isSafeInteger(amount));
		if (readable.length === 0) {
			return { problem: `The balance of the wallet in ${currency} cannot be read.`, notes };
		}
		const balance = BigInt(Math.max(...readable));
		if (balance >= sum) continue;
		const missing = showMoney(sum - balance, currency);
		const problem = `The wallet holds ${showMoney(balance, currency)}, but the rows add up to ${showMoney(sum, currency)}: ${missing} is missing. Fund the wallet, or pay fewer rows. ${AFTER_EARLIER_RUN}`;
		return { problem, notes };
	}
	return { notes };
}

function isOf(written: unknown, currency: string): boolean {
	return typeof written === 'string' && written.toUpperCase() === currency;
}

/** One request at a time, which waits when Smart Glocal asks it to. */
function createPace(context: IExecuteFunctions): Pace {
	const signal = context.getExecutionCancelSignal();
	return {
		enter: async () => async (_sign, waitMs) => {
			if (waitMs === undefined || waitMs > MAX_WAIT_MS) return;
			await waitUnless(() => signal?.aborted === true, waitMs);
		},
	};
}
