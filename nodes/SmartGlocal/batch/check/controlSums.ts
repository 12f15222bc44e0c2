import type { Order } from '../../../api/request';
import { countRows } from '../../messages/rowNumbers';
import { toMinorUnits } from '../../../payout/money/amount';
import { isCurrency } from '../../../payout/formats/isoCodes';
import type { RowProblem } from '../../../payout/validationError';
import { showMoney, showSums, sumByCurrency } from '../../../payout/money/totals';
import { toUpperAscii } from '../../../payout/text/characters';

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

const COMPARE =
	'Compare the sheet with what you meant to pay, then correct the sheet or the option.';

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
	const message = expectedTotal === undefined ? undefined : compareTotal(batch, expectedTotal);
	return message === undefined ? undefined : { field: 'expectedTotal', message };
}

function compareTotal(
	{ refusedCount, orders }: CheckedBatch,
	written: string | number,
): string | undefined {
	if (orders.some(({ currency }) => currency === '')) {
		return "'Expected Total' cannot be checked, because the amounts were given when the sessions were created. Remove the option, or give the amounts here again.";
	}
	const [unit = 'major', otherUnit] = new Set(orders.map((order) => order.unit));
	if (otherUnit) {
		return "'Expected Total' cannot be checked, because some amounts are in major units and others in minor units. Write all amounts in one unit, or remove the option.";
	}
	const sums = sumByCurrency(orders);
	const [currency, ...otherCurrencies] = sums.keys();
	if (currency === undefined) {
		return `'Expected Total' is ${written}, but no row can be paid. ${COMPARE}`;
	}
	const expected = new Map<string, bigint>();
	for (const [named, amount] of readExpectedTotal(written) ?? []) {
		if (named === ANY_CURRENCY && otherCurrencies.length > 0) {
			return `'Expected Total' is one amount, but the rows are in several currencies: ${showSums(sums)}. Write one amount for each, as in EUR 1000.00, USD 50.00.`;
		}
		const checked = toMinorUnits(amount, unit, named || currency);
		if ('problem' in checked) {
			return `The option 'Expected Total' cannot be used. ${checked.problem}`;
		}
		expected.set(named || currency, BigInt(checked.minor));
	}
	const differences = listDifferences(expected, sums);
	if (differences.length === 0) return undefined;
	const missing =
		refusedCount > 0
			? ` ${countRows(refusedCount)} that ${refusedCount === 1 ? 'needs correcting is' : 'need correcting are'} not in this sum.`
			: '';
	return `'Expected Total' is ${showSums(expected)}, but the rows add up to ${showSums(sums)} (${differences.join(', ')}).${missing} ${COMPARE}`;
}

/** As in `EUR 1,000.00 too much`, for each currency whose sums differ. */
function listDifferences(
	expected: ReadonlyMap<string, bigint>,
	sums: ReadonlyMap<string, bigint>,
): string[] {
	const currencies = new Set([...expected.keys(), ...sums.keys()]);
	return [...currencies].flatMap((currency) => {
		const difference = (sums.get(currency) ?? 0n) - (expected.get(currency) ?? 0n);
		if (difference === 0n) return [];
		return difference < 0n
			? `${showMoney(-difference, currency)} too little`
			: `${showMoney(difference, currency)} too much`;
	});
}

/** The key of an amount for which no currency is named. */
const ANY_CURRENCY = '';

const AMOUNT = /^(?:([A-Z]{3})\s*)?(\d+(?:\.\d+)?)$|^(\d+(?:\.\d+)?)\s*([A-Z]{3})$/i;
/** The most currencies that a person writes down; it is far above any real run. */
const MAX_CURRENCIES = 200;

/**
 * Reads the option 'Expected Total': one amount, or one for each currency, separated by commas.
 *
 * @param written as in `1250.00` or `EUR 1000.00, USD 50.00`, in the unit of the amounts
 * @returns the amounts as they are written, by currency in upper case, which is empty where none is
 *   named; undefined for anything else
 */
export function readExpectedTotal(written: unknown): Map<string, string> | undefined {
	if (typeof written !== 'string' && typeof written !== 'number') return undefined;
	const parts = String(written).split(/[,;]/, MAX_CURRENCIES + 1);
	if (parts.length > MAX_CURRENCIES) return undefined;
	const amounts = new Map<string, string>();
	for (const part of parts) {
		const [, before = '', first, last = '', after = ''] = AMOUNT.exec(part.trim()) ?? [];
		const amount = first ?? last;
		const currency = toUpperAscii(before || after);
		const isAmount = Number(amount) > 0 && (currency === ANY_CURRENCY || isCurrency(currency));
		if (!isAmount || amounts.has(currency)) return undefined;
		amounts.set(currency, amount);
	}
	// An amount of no currency beside others would be an amount with a comma in it.
	return amounts.size > 1 && amounts.has(ANY_CURRENCY) ? undefined : amounts;
}
