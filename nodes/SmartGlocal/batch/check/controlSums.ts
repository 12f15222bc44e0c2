import type { Order } from '../../../api/request';
import { countRows } from '../../messages/rowNumbers';
import { toMinorUnits } from '../../../payout/money/amount';
import type { AmountUnit } from '../../../payout/money/amount';
import type { RowProblem } from '../../../payout/validationError';
import { showMoney, showSums, sumByCurrency } from '../../../payout/money/totals';
import { ANY_CURRENCY, readExpectedTotal } from './expectedTotal';

/** What a run is expected to hold, as the user wrote it; undefined is not checked. */
export interface ControlSums {
	expectedRows?: string | number | undefined;
	expectedTotal?: string | number | undefined;
}

/** The batch whose control sums are checked. */
interface CheckedBatch {
	/** All rows of the input. */
	rowCount: number;
	/** How many of them failed their checks, so that their amounts are not in the total. */
	refusedCount: number;
	orders: readonly Order[];
}

/**
 * Compares a batch with its control sums, as banks do with a batch file.
 *
 * @returns what differs, as for a setting; undefined when the batch may be sent
 */
export function checkControlSums(
	batch: CheckedBatch,
	{ expectedRows, expectedTotal }: ControlSums,
): RowProblem | undefined {
	const { rowCount } = batch;
	if (expectedRows !== undefined && Number(expectedRows) !== rowCount) {
		const message = `'Expected Rows' is ${Number(expectedRows)}, but the run has ${countRows(rowCount)}. ${COMPARE}`;
		return { field: 'expectedRows', message };
	}
	if (expectedTotal === undefined) return undefined;
	const problem = compareTotal(batch, expectedTotal);
	return problem === undefined ? undefined : { field: 'expectedTotal', message: problem };
}

const COMPARE =
	'Compare the sheet with what you meant to pay, then correct the sheet or the option.';

function compareTotal(
	{ refusedCount, orders }: CheckedBatch,
	written: string | number,
): string | undefined {
	const units = new Set(orders.map(({ unit }) => unit));
	if (orders.some(({ currency }) => currency === '')) {
		return "'Expected Total' cannot be checked, because the amounts were given when the sessions were created. Remove the option, or give the amounts here again.";
	}
	if (units.size > 1) {
		return "'Expected Total' cannot be checked, because some amounts are in major units and others in minor units. Write all amounts in one unit, or remove the option.";
	}
	const sums = sumByCurrency(orders);
	if (sums.size === 0) return `'Expected Total' is ${written}, but no row can be paid. ${COMPARE}`;
	const [unit = 'major'] = units;
	const expected = toSums(written, unit, sums);
	if (typeof expected === 'string') return expected;
	const differs = (currency: string) => expected.get(currency) !== sums.get(currency);
	const differing = [...new Set([...expected.keys(), ...sums.keys()])].filter(differs);
	if (differing.length === 0) return undefined;
	const missing =
		refusedCount > 0
			? ` ${countRows(refusedCount)} that ${refusedCount === 1 ? 'needs correcting is' : 'need correcting are'} not in this sum.`
			: '';
	const name = `'Expected Total' is ${showSums(expected)}, but the rows add up to ${showSums(sums)}`;
	return `${name} (${differing.map((currency) => showDifference(expected, sums, currency)).join(', ')}).${missing} ${COMPARE}`;
}

/** The expected amounts in minor units by currency, or what is wrong with them. */
function toSums(
	written: string | number,
	unit: AmountUnit,
	sums: ReadonlyMap<string, bigint>,
): Map<string, bigint> | string {
	const expected = new Map<string, bigint>();
	for (const [named, amount] of readExpectedTotal(written) ?? []) {
		const [only, ...others] = sums.keys();
		if (named === ANY_CURRENCY && others.length > 0) {
			return `'Expected Total' is one amount, but the rows are in several currencies: ${showSums(sums)}. Write one amount for each, as in EUR 1000.00, USD 50.00.`;
		}
		const currency = named === ANY_CURRENCY ? (only ?? '') : named;
		const checked = toMinorUnits(amount, unit, currency);
		if ('problem' in checked)
			return `The option 'Expected Total' cannot be used. ${checked.problem}`;
		expected.set(currency, BigInt(checked.minor));
	}
	return expected;
}

function showDifference(
	expected: ReadonlyMap<string, bigint>,
	sums: ReadonlyMap<string, bigint>,
	currency: string,
): string {
	const difference = (sums.get(currency) ?? 0n) - (expected.get(currency) ?? 0n);
	const size = difference < 0n ? -difference : difference;
	return `${showMoney(size, currency)} too ${difference < 0n ? 'little' : 'much'}`;
}
