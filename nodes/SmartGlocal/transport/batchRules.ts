import { toMinorUnits } from '../payout/amount';
import type { AmountUnit } from '../payout/amount';
import type { RowProblem } from '../payout/columns';
import type { Order, RowFacts } from './rowFacts';

/** Limits of a batch, as the user wrote them, in the unit of the amounts; 0 or empty is none. */
export interface BatchLimits {
	unit: AmountUnit;
	maxAmount: string | number;
	maxTotal: string | number;
}

/**
 * Finds the rows of a batch that must not be sent beside each other: two with one reference, one
 * above the limit for a row, all of a currency whose sum is above the limit for the batch.
 *
 * @param rows the rows that passed their own checks, by index
 * @returns problems by row index
 */
export function checkBatch(
	rows: ReadonlyMap<number, RowFacts>,
	limits: BatchLimits,
): Map<number, RowProblem[]> {
	const problems = new Map<number, RowProblem[]>();
	const report = (index: number, field: string, message: string) => {
		problems.set(index, [...(problems.get(index) ?? []), { field, message }]);
	};
	reportRepetitions(rows, report);
	const orders = new Map<number, Order>();
	for (const [index, { order }] of rows) if (order) orders.set(index, order);
	reportAmounts(orders, limits, report);
	reportTotals(orders, limits, report);
	return problems;
}

type Report = (index: number, field: string, message: string) => void;

/** Requests that must not stand twice in a run: orders by their key, changes by their session. */
function identify({ order, subject, sessionId }: RowFacts): string | undefined {
	if (order) return order.idempotencyKey;
	return subject.kind === 'confirmation' || subject.kind === 'cancellation' ? sessionId : undefined;
}

function reportRepetitions(rows: ReadonlyMap<number, RowFacts>, report: Report) {
	const indexes = new Map<string, number[]>();
	for (const [index, facts] of rows) {
		const identity = identify(facts);
		if (identity === undefined) continue;
		const group = indexes.get(identity);
		if (group) group.push(index);
		else indexes.set(identity, [index]);
	}
	for (const group of indexes.values()) {
		if (group.length < 2) continue;
		const items = (group.length > 5 ? [...group.slice(0, 5), '…'] : group).join(', ');
		for (const index of group) {
			const { order, reference, sessionId } = rows.get(index) as RowFacts;
			report(
				index,
				order ? 'reference' : 'sessionId',
				order
					? `The reference '${reference}' stands in ${group.length} rows of this run (items ${items}). Give each payout its own reference, or remove the repeated rows.`
					: `The session '${sessionId}' stands in ${group.length} rows of this run (items ${items}). Remove the repeated rows.`,
			);
		}
	}
}

function reportAmounts(rows: ReadonlyMap<number, Order>, limits: BatchLimits, report: Report) {
	if (isNone(limits.maxAmount)) return;
	for (const [index, { amount, currency }] of rows) {
		const limit = readLimit('Max Amount', limits.maxAmount, limits.unit, currency);
		if ('problem' in limit) {
			report(index, 'maxAmount', limit.problem);
		} else if (amount > limit.minor) {
			report(
				index,
				'amount',
				`The amount ${show(amount, limits.unit)} ${currency} is above 'Max Amount' (${limits.maxAmount}) by ${show(amount - limit.minor, limits.unit)}.`,
			);
		}
	}
}

function reportTotals(rows: ReadonlyMap<number, Order>, limits: BatchLimits, report: Report) {
	if (isNone(limits.maxTotal)) return;
	const totals = new Map<string, bigint>();
	for (const { amount, currency } of rows.values()) {
		totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(amount));
	}
	for (const [currency, total] of totals) {
		const limit = readLimit('Max Total', limits.maxTotal, limits.unit, currency);
		const message =
			'problem' in limit
				? limit.problem
				: total > BigInt(limit.minor)
					? `All amounts in ${currency} add up to ${show(total, limits.unit)}, which is above 'Max Total' (${limits.maxTotal}) by ${show(total - BigInt(limit.minor), limits.unit)}.`
					: undefined;
		if (message === undefined) continue;
		for (const [index, row] of rows) {
			if (row.currency === currency)
				report(index, 'problem' in limit ? 'maxTotal' : 'amount', message);
		}
	}
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

function isNone(limit: string | number): boolean {
	return limit === '' || Number(limit) === 0;
}

function show(minor: number | bigint, unit: AmountUnit): string {
	const digits = String(minor);
	if (unit === 'minor') return digits;
	const padded = digits.padStart(3, '0');
	return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
}
