import { hasTwoMinorDigits } from '../formats/isoCodes';
import { showValue } from '../text/shownValue';
import { ROUND_AMOUNT } from '../text/spreadsheetAdvice';

export type AmountUnit = 'major' | 'minor';
export type CheckedAmount = { minor: number } | { problem: string };

/** Converts an amount to minor units exactly, digit by digit. The currency is in upper case. */
export function toMinorUnits(
	written: string | number,
	unit: AmountUnit,
	currency: string,
): CheckedAmount {
	const text = String(written).trim();
	let problem = findNotationProblem(text) ?? findFractionProblem(text, unit, currency);
	const [whole = '', fraction = ''] = text.split('.');
	const minor = Number(unit === 'minor' ? text : whole + fraction.padEnd(2, '0'));
	if (minor === 0) {
		problem ??= 'The amount is 0. Enter an amount above zero, or remove the row.';
	} else if (!Number.isSafeInteger(minor)) {
		problem ??= `The amount '${showValue(text)}' is too large to be sent exactly. Check the column, or split the payout.`;
	}
	return problem === undefined ? { minor } : { problem };
}

function findNotationProblem(text: string): string | undefined {
	if (text === '') return 'The amount is empty. Enter an amount above zero.';
	const amount = `The amount '${showValue(text)}'`;
	if (/^-\s*[\d.]/.test(text)) return `${amount} is below zero. Enter an amount above zero.`;
	if (/^\d[\d.,\s'’]*$/.test(text) && /[,\s'’]/.test(text)) {
		return `${amount} can be read in more than one way. Write it with a decimal point and without thousands separators, as in 1250.00.`;
	}
	if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(text)) {
		return `${amount} is in scientific notation, so its exact digits are lost. Format the column as text or as a plain number, as in 1250.00.`;
	}
	if (/^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return undefined;
	return `${amount} is not a plain number. Write only digits and a decimal point, without a currency sign, as in 1250.00.`;
}

function findFractionProblem(text: string, unit: AmountUnit, currency: string): string | undefined {
	const [, fraction = ''] = text.split('.');
	// As thousands are written in half of the world, or more decimal places than money has.
	if (/^[1-9]\d{0,2}\.\d{3}$/.test(text)) {
		const thousands = text.replace('.', '') + (unit === 'minor' ? '' : '.00');
		return `The amount '${text}' can be read in two ways: as ${thousands}, or with three decimal places. Write the one that is meant${unit === 'minor' ? ' without a point' : ' with two, as in 1250.00'}.`;
	}
	if (fraction.length > 2) {
		return `The amount '${showValue(text)}' has ${fraction.length} decimal places, but amounts have two at most. ${ROUND_AMOUNT}`;
	}
	if (unit === 'minor' && fraction !== '') {
		return `The amount '${showValue(text)}' is not a whole number, but 'Amount Is In' is set to minor units, where 100.50 is written 10050. Write it without a decimal point, or change the setting.`;
	}
	if (unit === 'major' && !hasTwoMinorDigits(currency)) {
		return `Smart Glocal does not say how amounts in ${currency} are scaled, so '${showValue(text)}' could be paid a hundred times too large or too small. Ask your account manager, then set 'Amount Is In' to minor units and write the amount the way they tell you.`;
	}
	return undefined;
}

/** Writes minor units, of which there are 100 in a major one, as a decimal: 10050 is `100.50`. */
export function toDecimalText(minor: number | bigint): string {
	const digits = String(minor).replace('-', '').padStart(3, '0');
	return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Writes minor units in major ones: 10050 is 100.5. Null where scale or digits would not be certain. */
export function toMajorNumber(minor: number, currency: string): number | null {
	if (!Number.isSafeInteger(minor) || !hasTwoMinorDigits(currency)) return null;
	const text = toDecimalText(minor);
	const major = Number(text);
	// As JSON and n8n write it: without zeros at the end.
	return String(major) === text.replace(/\.?0+$/, '') ? major : null;
}

/** Adds up amounts in minor units by currency. Those without a currency are left out. */
export function sumByCurrency(amounts: Iterable<{ amount: number; currency: string }>) {
	const sums = new Map<string, bigint>();
	for (const { amount, currency } of amounts) {
		if (currency !== '') sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
	}
	return sums;
}

/** Writes sums in minor units, by currency, for people: `EUR 12,345.00, GBP 3,000.00`. */
export function showSums(sums: ReadonlyMap<string, bigint>): string {
	return [...sums].map(([currency, sum]) => showMoney(sum, currency)).join(', ');
}

/** Writes minor units for people: `EUR 12,345.00`, or `JPY 5,000 (minor units)` of an uncertain scale. */
export function showMoney(minor: number | bigint, currency: string): string {
	const isCertain = hasTwoMinorDigits(currency);
	const text = isCertain ? toDecimalText(minor) : String(minor);
	const grouped = text.replace(/\B(?=(?:\d{3})+(?:\.|$))/g, ',');
	return `${currency} ${grouped}${isCertain ? '' : ' (minor units)'}`;
}
