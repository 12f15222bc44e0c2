import type { Order, PreparedRequest } from '../../../api/request';
import { toDecimalText, toMinorUnits } from '../../../payout/money/amount';
import type { AmountUnit } from '../../../payout/money/amount';
import type { RowProblem } from '../../../payout/validationError';
import type { FoundProblem } from './duplicates';

/** Limits of a batch, as the user wrote them, in the unit of the amounts. */
export interface BatchLimits {
	maxAmount?: string | number | undefined;
	maxTotal?: string | number | undefined;
	/** What happens to rows that pay the same amount to the same account. */
	similarRows?: 'ignore' | 'warn' | 'refuse';
}

interface NumberedOrder extends Order {
	index: number;
}

const ABOVE_LIMIT = 'amount above the limit';

/**
 * Finds the rows that are above a limit: each whose amount is above the limit for a row, and all in a
 * currency whose sum is above the limit for the batch.
 *
 * @param rows all rows of the batch; those that order nothing, as bad ones, are left out
 */
export function checkLimits(
	rows: ReadonlyArray<Pick<PreparedRequest, 'reference' | 'order'>>,
	{ maxAmount, maxTotal }: BatchLimits,
): FoundProblem[] {
	const orders = rows.flatMap(({ order }, index) => (order ? [{ ...order, index }] : []));
	return [
		...(maxAmount === undefined ? [] : checkAmounts(orders, maxAmount)),
		...(maxTotal === undefined ? [] : checkTotals(orders, maxTotal)),
	];
}

function checkAmounts(
	orders: readonly NumberedOrder[],
	maxAmount: string | number,
): FoundProblem[] {
	return orders.flatMap(({ index, amount, currency, unit }): FoundProblem[] => {
		const limit = readLimit('Max Amount', maxAmount, unit, currency);
		if ('problem' in limit) return [{ index, field: 'maxAmount', message: limit.problem }];
		if (amount <= limit.minor) return [];
		const excess = show(amount - limit.minor, unit);
		const message = `The amount ${show(amount, unit)} ${currency} is above 'Max Amount' (${maxAmount}) by ${excess}.`;
		return [{ index, field: 'amount', message, reason: ABOVE_LIMIT }];
	});
}

function checkTotals(orders: readonly NumberedOrder[], maxTotal: string | number): FoundProblem[] {
	const byCurrency = new Map<string, NumberedOrder[]>();
	for (const order of orders) {
		const known = byCurrency.get(order.currency);
		if (known) known.push(order);
		else byCurrency.set(order.currency, [order]);
	}
	return [...byCurrency].flatMap(([currency, group]) => {
		const problem = checkTotal(group, currency, maxTotal);
		return problem ? group.map(({ index }) => ({ ...problem, index })) : [];
	});
}

/** What is wrong with the sum of all amounts in one currency. */
function checkTotal(
	orders: readonly NumberedOrder[],
	currency: string,
	maxTotal: string | number,
): RowProblem | undefined {
	const [unit = 'major', otherUnit] = new Set(orders.map((order) => order.unit));
	if (otherUnit) {
		const message =
			"The option 'Max Total' cannot be checked, because some amounts are in major units and others in minor units. Write all amounts in one unit, or remove the option.";
		return { field: 'maxTotal', message };
	}
	const limit = readLimit('Max Total', maxTotal, unit, currency);
	if ('problem' in limit) return { field: 'maxTotal', message: limit.problem };
	const sum = orders.reduce((total, { amount }) => total + BigInt(amount), 0n);
	const excess = sum - BigInt(limit.minor);
	if (excess <= 0n) return undefined;
	const message = `All amounts in ${currency} add up to ${show(sum, unit)}, which is above 'Max Total' (${maxTotal}) by ${show(excess, unit)}.`;
	return { field: 'amount', message, reason: ABOVE_LIMIT };
}

function readLimit(name: string, limit: string | number, unit: AmountUnit, currency: string) {
	if (currency === '') {
		return {
			problem: `The option '${name}' cannot be checked, because the amount was given when the session was created. Remove the option, or give the amount here again.`,
		};
	}
	const checked = toMinorUnits(limit, unit, currency);
	if ('minor' in checked) return checked;
	return { problem: `The option '${name}' cannot be used. ${checked.problem}` };
}

function show(minor: number | bigint, unit: AmountUnit): string {
	return unit === 'minor' ? String(minor) : toDecimalText(minor);
}
