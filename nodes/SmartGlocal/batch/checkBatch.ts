import type { Order, PreparedRequest, RequestKind } from '../../api/request';
import { toDecimalText, toMinorUnits } from '../payout/amount';
import type { AmountUnit } from '../payout/amount';
import type { RowProblem } from '../payout/columns';

/** Limits of a batch, as the user wrote them, in the unit of the amounts; 0 or empty is none. */
export interface BatchLimits {
	unit: AmountUnit;
	maxAmount: string | number;
	maxTotal: string | number;
}

type Rows = ReadonlyMap<number, PreparedRequest>;
type Report = (index: number, field: string, message: string) => void;

/** How many rows a sentence names by their numbers. */
const MAX_NAMED_ROWS = 5;

/**
 * Finds the rows of a batch that must not be sent together: two with one reference, two that change
 * one session, one above the limit for a row, all of a currency whose sum is above the limit for the
 * batch.
 *
 * @param kind what the requests of the batch ask for
 * @param rows the rows that passed their own checks, by index
 * @returns what is wrong, by row index
 */
export function checkBatch(
	kind: RequestKind,
	rows: Rows,
	limits: BatchLimits,
): Map<number, RowProblem[]> {
	const problems = new Map<number, RowProblem[]>();
	const report: Report = (index, field, message) => {
		const known = problems.get(index);
		if (known) known.push({ field, message });
		else problems.set(index, [{ field, message }]);
	};
	const orders = new Map<number, Order>();
	for (const [index, { order }] of rows) if (order) orders.set(index, order);

	reportDuplicates(kind, rows, report);
	if (!isUnlimited(limits.maxAmount)) reportAmounts(orders, limits, report);
	if (!isUnlimited(limits.maxTotal)) reportTotals(orders, limits, report);
	return problems;
}

/** Reports every row that must not be in a batch twice, in each of its rows. */
function reportDuplicates(kind: RequestKind, rows: Rows, report: Report) {
	const groups = new Map<string, number[]>();
	for (const [index, request] of rows) {
		const key = identify(kind, request);
		if (key === undefined) continue;
		const group = groups.get(key);
		if (group) group.push(index);
		else groups.set(key, [index]);
	}
	for (const group of groups.values()) {
		if (group.length < 2) continue;
		const named = group.slice(0, MAX_NAMED_ROWS).join(', ');
		const rest = group.length > MAX_NAMED_ROWS ? ', …' : '';
		const found = `appears in ${group.length} rows (items ${named}${rest})`;
		for (const index of group) {
			const { reference, sessionId } = rows.get(index) ?? {};
			if (kind === 'order') {
				const advice = 'Give each payout its own reference, or remove the duplicate rows.';
				report(index, 'reference', `Reference '${reference}' ${found}. ${advice}`);
			} else {
				report(index, 'sessionId', `Session '${sessionId}' ${found}. Remove the duplicate rows.`);
			}
		}
	}
}

/** What Smart Glocal recognises an order by; the session that is confirmed or cancelled. */
function identify(kind: RequestKind, { order, sessionId }: PreparedRequest): string | undefined {
	if (kind === 'order') return order?.idempotencyKey;
	return kind === 'confirmation' || kind === 'cancellation' ? sessionId : undefined;
}

function reportAmounts(orders: ReadonlyMap<number, Order>, limits: BatchLimits, report: Report) {
	const { unit, maxAmount } = limits;
	for (const [index, { amount, currency }] of orders) {
		const limit = readLimit('Max Amount', maxAmount, unit, currency);
		if ('problem' in limit) {
			report(index, 'maxAmount', limit.problem);
		} else if (amount > limit.minor) {
			const excess = show(amount - limit.minor, unit);
			const name = `The amount ${show(amount, unit)} ${currency}`;
			report(index, 'amount', `${name} is above 'Max Amount' (${maxAmount}) by ${excess}.`);
		}
	}
}

function reportTotals(orders: ReadonlyMap<number, Order>, limits: BatchLimits, report: Report) {
	const totals = new Map<string, bigint>();
	for (const { amount, currency } of orders.values()) {
		totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(amount));
	}
	for (const [currency, total] of totals) {
		const problem = checkTotal(total, currency, limits);
		if (!problem) continue;
		for (const [index, order] of orders) {
			if (order.currency === currency) report(index, problem.field, problem.message);
		}
	}
}

function checkTotal(
	total: bigint,
	currency: string,
	{ unit, maxTotal }: BatchLimits,
): RowProblem | undefined {
	const limit = readLimit('Max Total', maxTotal, unit, currency);
	if ('problem' in limit) return { field: 'maxTotal', message: limit.problem };
	const excess = total - BigInt(limit.minor);
	if (excess <= 0n) return undefined;
	const sum = `All amounts in ${currency} add up to ${show(total, unit)}`;
	const message = `${sum}, which is above 'Max Total' (${maxTotal}) by ${show(excess, unit)}.`;
	return { field: 'amount', message };
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

function isUnlimited(limit: string | number): boolean {
	return limit === '' || Number(limit) === 0;
}

function show(minor: number | bigint, unit: AmountUnit): string {
	return unit === 'minor' ? String(minor) : toDecimalText(minor);
}
