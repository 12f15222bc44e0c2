import { showValue } from '../../payout/text/shownValue';
import { isMoney } from '../currencies';
import { nameColumn, valueOf } from '../sheet';
import type { SheetRow } from '../sheet';

/** What stands before the cents; `auto` finds it. */
export type DecimalSeparator = 'auto' | '.' | ',';

/** Digits, or groups (in India, 1,25,000) with one sign between them, and two decimal places or a dash. */
const AMOUNT =
	/^(\d+|\d{1,2}(?=(,)\d)(?:,\d\d)+,\d{3}|\d{1,3}(?:([.,'’ \u00a0\u2009\u202f])\d{3})(?:\3\d{3})*)(?:([.,])(?:(\d{1,2})|[-–—]{1,2}))?$/;
const WITH_SIGN = /^([^\d\s.,'’+-]{0,5})\.?[ \u00a0]?(\d.*?)[ \u00a0]?([^\d\s.,'’+–—-]{0,5})\.?$/u;

/** Splits an amount from the currency before or behind it; `sign` is empty where there is none. */
export function splitAmount(text: string): { sign: string; digits: string } {
	const [, before = '', digits = '', behind = ''] = WITH_SIGN.exec(text) ?? [];
	const sign = before + behind;
	return digits !== '' && isMoney(sign) ? { sign, digits } : { sign: '', digits: text };
}

/** Reads an amount; undefined where it has another form. */
function readAmount(text: string) {
	const [amount, whole = '', inIndia, elsewhere = '', separator, cents] =
		AMOUNT.exec(splitAmount(text).digits) ?? [];
	const thousands = inIndia ?? elsewhere;
	if (amount === undefined || separator === thousands) return undefined;
	const groups = thousands === '' ? [] : whole.split(thousands);
	const other = { '.': ',', ',': '.' }[thousands];
	// `1,250` can be a thousand or a fraction, `0,250` only a fraction, `1,250,000` only a million.
	if (other !== undefined && separator === undefined && whole.startsWith('0')) return undefined;
	return {
		separator: separator ?? (groups.length > 2 ? other : undefined),
		needs: separator === undefined ? other : undefined,
		plain: whole.replace(/\D/g, '') + (cents === undefined ? '' : `.${cents}`),
	};
}

/**
 * Finds the decimal separator of a column by all its amounts that are text; none where no amount shows
 * one, and a problem where they show two, or another one than is set.
 */
export async function findSeparator(
	column: number,
	rows: readonly SheetRow[],
	chosen: DecimalSeparator,
	giveTurn: () => Promise<void>,
): Promise<{ separator?: string; problem?: string }> {
	/** Each with an amount that shows it. */
	const found = new Map<string, string>();
	for (const { row, values } of rows) {
		await giveTurn();
		const value = valueOf(values[column]);
		const separator = typeof value === 'string' ? readAmount(value.trim())?.separator : undefined;
		if (separator === undefined || found.has(separator)) continue;
		found.set(separator, `'${showValue(String(value).trim())}' in ${nameColumn(column)}${row}`);
	}
	const [first, second] = [...found.keys()];
	const separator = chosen === 'auto' ? first : chosen;
	const [other] = [...found].flatMap(([each, amount]) => (each === separator ? [] : [amount]));
	if (other !== undefined && chosen !== 'auto') {
		const problem = `The decimal separator is set to '${chosen}', but the amount ${other} has another one. Correct the amount or the setting.`;
		return { problem };
	}
	if (second !== undefined) {
		const problem = `The amounts are written in two ways: ${[...found.values()].join(', and ')}. Write all of them in one way, such as 1250.00.`;
		return { problem };
	}
	return { separator };
}

/** Writes an amount with a decimal point and without thousands; as it stands where that is not certain. */
export function normalizeAmount(text: string, separator: string | undefined): string {
	const amount = readAmount(text);
	if (!amount || (amount.needs !== undefined && amount.needs !== separator)) return text;
	return amount.plain;
}
