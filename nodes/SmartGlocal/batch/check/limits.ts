import { describeBeyond } from '../../../../credentials/guardRails';
import type { GuardRails } from '../../../../credentials/guardRails';
import type { Order, PreparedRequest } from '../../../api/request';
import { isCurrency } from '../../../payout/formats/isoCodes';
import {
	showMoney,
	showSums,
	sumByCurrency,
	toDecimalText,
	toMinorUnits,
} from '../../../payout/money/amount';
import type { AmountUnit } from '../../../payout/money/amount';
import { toUpperAscii } from '../../../payout/text/characters';
import type { RowProblem } from '../../../payout/validationError';
import { countRows } from '../../messages/rowGroups';
import type { BatchSettings } from '../read/batchSettings';
import type { FoundProblem } from './duplicates';

/** Limits and control sums, as the user wrote them, in the unit of the amounts. */
export type AmountOptions = Partial<
	Pick<BatchSettings, 'maxAmount' | 'maxTotal' | 'expectedRows' | 'expectedTotal'>
>;

/** Finds the rows above the limit for one, and all in a currency whose sum is above a limit. */
export function checkLimits(
	rows: ReadonlyArray<Pick<PreparedRequest, 'reference' | 'order'>>,
	{ maxAmount, maxTotal }: AmountOptions,
	guardRails: GuardRails = {},
): FoundProblem[] {
	const orders = rows.flatMap(({ order }, index) => (order ? [{ ...order, index }] : []));
	const currencies = [...new Set(orders.map(({ currency }) => currency))];
	const above = [
		...orders.map((order) => checkSum('Max Amount', maxAmount, [order], order.currency)),
		...currencies.map((currency) => {
			const ofCurrency = orders.filter((order) => order.currency === currency);
			const problem = checkCredentialTotal(ofCurrency, currency, guardRails);
			if (problem) return ofCurrency.map(({ index }) => ({ ...problem, index }));
			return checkSum('Max Total', maxTotal, ofCurrency, currency);
		}),
	];
	return above.flat();
}

function checkCredentialTotal(orders: readonly Order[], currency: string, rails: GuardRails) {
	const sum = sumByCurrency(orders).get(currency) ?? 0n;
	if (!rails.maxTotal || sum <= (rails.maxTotal.get(currency) ?? -1)) return undefined;
	const known = currency && `the rows add up to ${showMoney(sum, currency)}`;
	const found = known || 'only their sessions know the amounts';
	return refuseBeyond(describeBeyond('maxTotal', rails, found));
}

/** What is wrong with a row that the credential does not allow. */
export function refuseBeyond(message: string): RowProblem {
	return { field: 'credential', message, reason: 'beyond the limits of the credential' };
}

function checkSum(
	label: 'Max Amount' | 'Max Total',
	limit: string | number | undefined,
	orders: ReadonlyArray<Order & { index: number }>,
	currency: string,
): FoundProblem[] {
	if (limit === undefined) return [];
	const refuse = (problem: RowProblem) => orders.map(({ index }) => ({ ...problem, index }));
	const isTotal = label === 'Max Total';
	const read = readOption(label, limit, orders, currency);
	if ('problem' in read) {
		return refuse({ field: isTotal ? 'maxTotal' : 'maxAmount', message: read.problem });
	}
	const sum = orders.reduce((total, { amount }) => total + BigInt(amount), 0n);
	if (sum <= read.minor) return [];
	const show = (minor: bigint) => (read.unit === 'minor' ? String(minor) : toDecimalText(minor));
	const what = isTotal
		? `All amounts in ${currency} add up to ${show(sum)}, which`
		: `The amount ${show(sum)} ${currency}`;
	const message = `${what} is above '${label}' (${limit}) by ${show(sum - read.minor)}.`;
	return refuse({ field: 'amount', message, reason: 'amount above the limit' });
}

/** Reads an amount that an option holds, in the unit of the orders that it is compared with. */
function readOption(
	label: string,
	written: string | number,
	orders: readonly Order[],
	currency: string,
): { minor: bigint; unit: AmountUnit } | { problem: string } {
	const [unit = 'major', otherUnit] = new Set(orders.map((order) => order.unit));
	const cannotBe = `The option '${label}' cannot be`;
	if (currency === '') {
		const problem = `${cannotBe} checked, because the amount was given when the session was created. Remove the option, or give the amount here again.`;
		return { problem };
	}
	if (otherUnit) {
		const problem = `${cannotBe} checked, because some amounts are in major units and others in minor units. Write all amounts in one unit, or remove the option.`;
		return { problem };
	}
	const checked = toMinorUnits(written, unit, currency);
	if ('problem' in checked) return { problem: `${cannotBe} used. ${checked.problem}` };
	return { minor: BigInt(checked.minor), unit };
}

const COMPARE =
	'Compare the sheet with what you meant to pay, then correct the sheet or the option.';

/** Compares the good rows with the control sums, as banks do; undefined when nothing differs. */
export function checkControlSums(
	rowCount: number,
	refusedCount: number,
	orders: readonly Order[],
	{ expectedRows, expectedTotal }: AmountOptions,
): RowProblem | undefined {
	if (expectedRows !== undefined && Number(expectedRows) !== rowCount) {
		const message = `'Expected Rows' is ${Number(expectedRows)}, but the run has ${countRows(rowCount)}. ${COMPARE}`;
		return { field: 'expectedRows', message };
	}
	if (expectedTotal === undefined) return undefined;
	const message = compareTotal(expectedTotal, orders, refusedCount);
	return message === undefined ? undefined : { field: 'expectedTotal', message };
}

function compareTotal(written: string | number, orders: readonly Order[], refusedCount: number) {
	const sums = sumByCurrency(orders);
	const isKnown = orders.every(({ currency }) => currency !== '');
	const [onlyCurrency = '', ...otherCurrencies] = sums.keys();
	if (orders.length === 0) {
		return `'Expected Total' is ${written}, but no row can be paid. ${COMPARE}`;
	}
	const expected = new Map<string, bigint>();
	for (const [named, amount] of readExpectedTotal(written) ?? []) {
		if (named === ANY_CURRENCY && otherCurrencies.length > 0) {
			return `'Expected Total' is one amount, but the rows are in several currencies: ${showSums(sums)}. Write one amount for each, as in EUR 1000.00, USD 50.00.`;
		}
		const currency = named || onlyCurrency;
		const read = readOption('Expected Total', amount, orders, isKnown ? currency : '');
		if ('problem' in read) return read.problem;
		expected.set(currency, read.minor);
	}
	const currencies = new Set([...expected.keys(), ...sums.keys()]);
	const isEqual = (currency: string) => sums.get(currency) === expected.get(currency);
	if ([...currencies].every(isEqual)) return undefined;
	const missing = refusedCount > 0 ? `, without ${countRows(refusedCount)} to correct` : '';
	return `'Expected Total' is ${showSums(expected)}, but the rows add up to ${showSums(sums)}${missing}. ${COMPARE}`;
}

/** The key of an amount for which no currency is named. */
export const ANY_CURRENCY = '';

const AMOUNT = /^(?:([A-Z]{3})\s*)?(\d+(?:\.\d+)?)(?:\s*([A-Z]{3}))?$/i;

/** Reads `1250.00`, or `EUR 1000.00, USD 50.00`, into amounts as written; undefined for anything else. */
export function readExpectedTotal(written: unknown): Map<string, string> | undefined {
	if (typeof written !== 'string' && typeof written !== 'number') return undefined;
	const amounts = new Map<string, string>();
	for (const part of String(written).split(/[,;]/)) {
		const [, before = '', amount = '', after = ''] = AMOUNT.exec(part.trim()) ?? [];
		const currency = toUpperAscii(before + after);
		const isAmount = Number(amount) > 0 && (currency === ANY_CURRENCY || isCurrency(currency));
		if (!isAmount || amounts.has(currency)) return undefined;
		amounts.set(currency, amount);
	}
	// An amount of no currency beside others would be an amount with a comma in it.
	return amounts.size > 1 && amounts.has(ANY_CURRENCY) ? undefined : amounts;
}
