import type { Order, PreparedRequest, RequestKind } from '../../../api/request';
import { listRowNumbers } from '../../messages/rowNumbers';
import { toDecimalText, toMinorUnits } from '../../../payout/money/amount';
import type { AmountUnit } from '../../../payout/money/amount';
import type { RowProblem } from '../../../payout/validationError';
import { toIdempotencyKey } from '../../../payout/idempotencyKey';

/** Limits of a batch, as the user wrote them, in the unit of the amounts. */
export interface BatchLimits {
	maxAmount?: string | number | undefined;
	maxTotal?: string | number | undefined;
	/** What happens to rows that pay the same amount to the same account. */
	similarRows?: 'ignore' | 'warn' | 'refuse';
}

/** What a row of a batch is told by, and what it orders; one that failed its checks orders nothing. */
type BatchRow = Pick<PreparedRequest, 'reference' | 'sessionId' | 'order'>;
type Rows = ReadonlyMap<number, BatchRow>;
type Report = (index: number, field: string, message: string, reason?: string) => void;

/**
 * Finds the rows of a batch that must not be sent together: two with one reference, two that change
 * one session, one above the limit for a row, all of a currency whose sum is above the limit for the
 * batch.
 *
 * @param kind what the requests of the batch ask for
 * @param rows all rows, by index: one that is corrected and sent later must not share its reference
 * @returns what is wrong, by row index
 */
export function checkBatch(
	kind: RequestKind,
	rows: Rows,
	limits: BatchLimits,
): Map<number, RowProblem[]> {
	const problems = new Map<number, RowProblem[]>();
	const report: Report = (index, field, message, reason) => {
		const problem = { field, message, ...(reason !== undefined && { reason }) };
		const known = problems.get(index);
		if (known) known.push(problem);
		else problems.set(index, [problem]);
	};
	const orders = new Map<number, Order>();
	for (const [index, { order }] of rows) if (order) orders.set(index, order);

	const { maxAmount, maxTotal } = limits;
	reportDuplicates(kind, rows, report);
	if (maxAmount !== undefined) reportAmounts(orders, maxAmount, report);
	if (maxTotal !== undefined) reportTotals(orders, maxTotal, report);
	return problems;
}

/** Reports every row that must not be in a batch twice, in each of its rows. */
function reportDuplicates(kind: RequestKind, rows: Rows, report: Report) {
	if (kind === 'order') {
		const advice = 'Give each payout its own reference, or remove the duplicate rows.';
		reportShared(
			rows,
			({ reference }) => (reference === '' ? undefined : toIdempotencyKey(reference)),
			(index, { reference }, found) =>
				report(
					index,
					'reference',
					`Reference '${reference}' ${found}. ${advice}`,
					'duplicate reference',
				),
		);
	}
	// In one session, one payout is started, confirmed or cancelled.
	if (kind === 'order' || kind === 'confirmation' || kind === 'cancellation') {
		reportShared(
			rows,
			({ sessionId }) => sessionId,
			(index, { sessionId }, found) =>
				report(
					index,
					'sessionId',
					`Session '${sessionId}' ${found}. Remove the duplicate rows.`,
					'duplicate session',
				),
		);
	}
}

/** Tells each row with whom it shares what identifies a request. */
function reportShared(
	rows: Rows,
	identify: (request: BatchRow) => string | undefined,
	tell: (index: number, request: BatchRow, found: string) => void,
) {
	const groups = new Map<string, Array<[number, BatchRow]>>();
	for (const row of rows) {
		const key = identify(row[1]);
		if (key === undefined) continue;
		const known = groups.get(key);
		if (known) known.push(row);
		else groups.set(key, [row]);
	}
	for (const group of groups.values()) {
		if (group.length < 2) continue;
		const numbers = listRowNumbers(group.map(([index]) => index));
		const found = `appears in ${group.length} rows (${numbers})`;
		for (const [index, request] of group) tell(index, request, found);
	}
}

function reportAmounts(
	orders: ReadonlyMap<number, Order>,
	maxAmount: string | number,
	report: Report,
) {
	for (const [index, { amount, currency, unit }] of orders) {
		const limit = readLimit('Max Amount', maxAmount, unit, currency);
		if ('problem' in limit) {
			report(index, 'maxAmount', limit.problem);
		} else if (amount > limit.minor) {
			const excess = show(amount - limit.minor, unit);
			const name = `The amount ${show(amount, unit)} ${currency}`;
			const message = `${name} is above 'Max Amount' (${maxAmount}) by ${excess}.`;
			report(index, 'amount', message, ABOVE_LIMIT);
		}
	}
}

const ABOVE_LIMIT = 'amount above the limit';

/** The sum of a currency, and the unit in which all its amounts are written. */
interface Total {
	sum: bigint;
	unit: AmountUnit | 'mixed';
}

function reportTotals(
	orders: ReadonlyMap<number, Order>,
	maxTotal: string | number,
	report: Report,
) {
	const totals = new Map<string, Total>();
	for (const { amount, currency, unit } of orders.values()) {
		const { sum, unit: known } = totals.get(currency) ?? { sum: 0n, unit };
		totals.set(currency, { sum: sum + BigInt(amount), unit: known === unit ? unit : 'mixed' });
	}
	for (const [currency, total] of totals) {
		const problem = checkTotal(total, currency, maxTotal);
		if (!problem) continue;
		for (const [index, order] of orders) {
			if (order.currency !== currency) continue;
			report(index, problem.field, problem.message, problem.reason);
		}
	}
}

function checkTotal(
	{ sum, unit }: Total,
	currency: string,
	maxTotal: string | number,
): RowProblem | undefined {
	if (unit === 'mixed') {
		const message =
			"The option 'Max Total' cannot be checked, because some amounts are in major units and others in minor units. Write all amounts in one unit, or remove the option.";
		return { field: 'maxTotal', message };
	}
	const limit = readLimit('Max Total', maxTotal, unit, currency);
	if ('problem' in limit) return { field: 'maxTotal', message: limit.problem };
	const excess = sum - BigInt(limit.minor);
	if (excess <= 0n) return undefined;
	const added = `All amounts in ${currency} add up to ${show(sum, unit)}`;
	const message = `${added}, which is above 'Max Total' (${maxTotal}) by ${show(excess, unit)}.`;
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
