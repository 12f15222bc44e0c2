import { showValue } from '../../payout/text/shownValue';
import { isMoney } from '../currencies';

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

/** The decimal separators of a column, each with an amount that shows it. */
export type Separators = Map<string, string>;

/** Notes the separator that an amount, as text, shows; `name` is its cell. */
export function noteSeparator(found: Separators, name: string, text: string): void {
	const separator = readAmount(text)?.separator;
	if (separator === undefined || found.has(separator)) return;
	found.set(separator, `'${showValue(text)}' in ${name}`);
}

/** Decides on the separator of a column, or says why it cannot; undefined where no amount shows one. */
export function chooseSeparator(
	found: Separators,
	chosen: DecimalSeparator,
): { separator?: string; problem?: string } {
	const [first, second] = found.values();
	const [separator = ''] = found.keys();
	const [other] = [...found].filter(([each]) => chosen !== 'auto' && each !== chosen);
	if (other) {
		const problem = `The decimal separator is set to '${chosen}', but the amount ${other[1]} has another one. Correct the amount or the setting.`;
		return { problem };
	}
	if (second !== undefined) {
		const problem = `The amounts are written in two ways: ${first}, and ${second}. Write all of them in one way, such as 1250.00.`;
		return { problem };
	}
	const known = chosen === 'auto' ? separator : chosen;
	return known === '' ? {} : { separator: known };
}

/** Writes an amount with a decimal point and without thousands; as it stands where that is not certain. */
export function normalizeAmount(text: string, separator: string | undefined): string {
	const amount = readAmount(text);
	if (!amount || (amount.needs !== undefined && amount.needs !== separator)) return text;
	return amount.plain;
}
